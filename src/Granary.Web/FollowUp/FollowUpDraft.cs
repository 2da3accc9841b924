using System.Globalization;
using Granary.Application.FollowUp;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Localisation;

namespace Granary.Web.FollowUp;

/// <summary>A follow-up as a form posts it: texts as typed, so that nothing is lost when something is wrong.</summary>
public sealed class FollowUpDraft
{
    public string? Method { get; set; }

    public string? Content { get; set; }

    public string? Feedback { get; set; }

    public string? NextStep { get; set; }

    /// <summary>One of the usual times; empty for none.</summary>
    public string? Next { get; set; }

    /// <summary>Another time, which goes before the usual one.</summary>
    public string? NextAt { get; set; }

    public string? At { get; set; }

    public bool Answered { get; set; }

    public string? BudgetMin { get; set; }

    public string? BudgetMax { get; set; }

    public string? BudgetMatch { get; set; }

    public string? Role { get; set; }

    public string? Requirement { get; set; }

    public string? PurchaseBy { get; set; }

    /// <summary>The page it leads back to.</summary>
    public string? Back { get; set; }

    /// <summary>Whether anything is typed where it is folded away.</summary>
    public bool HasMore =>
        Answered || ((string?[])[Feedback, At, BudgetMin, BudgetMax, BudgetMatch, Role, Requirement, PurchaseBy]).Any(text => !string.IsNullOrEmpty(text));

    /// <summary>What was typed.</summary>
    /// <param name="org">The organisation's clock, in whose zone times are typed.</param>
    /// <param name="errors">What could not be read.</param>
    public FollowUpInput Read(OrgTime org, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        var bant = new KeyFields
        {
            BudgetMin = Number("bant.budget.min", BudgetMin, wrong),
            BudgetMax = Number("bant.budget.max", BudgetMax, wrong),
            BudgetMatch = Member<BudgetMatch>(BudgetMatch),
            Role = Member<BuyingRole>(Role),
            Requirement = string.IsNullOrWhiteSpace(Requirement) ? null : Requirement.Trim(),
            PurchaseBy = Day("bant.purchaseBy", PurchaseBy, wrong),
        };
        var input = new FollowUpInput
        {
            Method = Member<FollowUpMethod>(Method),
            Content = Content,
            Feedback = Feedback,
            NextStep = NextStep,
            NextAt = Instant("nextAt", NextAt, org, wrong) ?? (DateTimeOffset.TryParse(Next, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var usual) ? usual : null),
            At = Instant("at", At, org, wrong),
            Answered = Answered,
            Changes = bant == new KeyFields() ? null : bant,
        };
        errors = wrong;
        return input;
    }

    /// <summary>An instant as a field for local times shows it.</summary>
    public static string Local(DateTimeOffset at, OrgTime org) => org.Local(at).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The member of a wire name; null for none.</summary>
    public static T? Member<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(m => WireName.Of(m) == name).Select(m => (T?)m).FirstOrDefault();

    private static decimal? Number(string field, string? text, List<FieldError> wrong) =>
        string.IsNullOrWhiteSpace(text) ? null
        : decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number
        : Wrong<decimal>(field, "not_a_number", wrong);

    private static DateOnly? Day(string field, string? text, List<FieldError> wrong) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : Wrong<DateOnly>(field, "invalid_format", wrong);

    private static DateTimeOffset? Instant(string field, string? text, OrgTime org, List<FieldError> wrong) =>
        string.IsNullOrWhiteSpace(text) ? null
        : DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, org.Zone.GetUtcOffset(local))
        : Wrong<DateTimeOffset>(field, "invalid_format", wrong);

    private static T? Wrong<T>(string field, string code, List<FieldError> wrong)
        where T : struct
    {
        wrong.Add(new FieldError(field, code));
        return null;
    }
}
