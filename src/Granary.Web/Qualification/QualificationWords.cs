using Granary.Domain.Capture;
using Granary.Domain.Qualification;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Qualification;

/// <summary>Says what checklists and tiers are called: built-in ones in the reader's language, the organisation's own in its words.</summary>
public sealed class QualificationWords(IStringLocalizer<QualificationTexts> texts)
{
    /// <summary>A line of a checklist.</summary>
    public string Check(QualificationCheck check) => Known($"check.{check.Name}", check.Name);

    /// <summary>A line by its id; one that the list no longer has by the id itself.</summary>
    public string Check(QualificationPolicy policy, QualificationStage stage, string id) =>
        policy.Of(stage).FirstOrDefault(c => c.Id == id) is { } check ? Check(check) : Known($"check.{id}", id);

    /// <summary>Which accounts are of a tier.</summary>
    public string? Rule(AccountTier tier) => tier.Rule is { } rule ? Known($"tier.rule.{rule}", rule) : null;

    /// <summary>How accounts of a tier are looked after.</summary>
    public string? Coverage(AccountTier tier) => tier.Coverage is { } coverage ? Known($"tier.coverage.{coverage}", coverage) : null;

    /// <summary>What is stored of what an editor shows: the key where it is the words of a built-in one.</summary>
    public string? Stored(string prefix, string? shown, IEnumerable<string> keys) =>
        string.IsNullOrWhiteSpace(shown) ? null : keys.FirstOrDefault(k => Known($"{prefix}.{k}", k) == shown.Trim()) ?? shown.Trim();

    private string Known(string key, string otherwise) => texts[key] is { ResourceNotFound: false } text ? text.Value : otherwise;
}
