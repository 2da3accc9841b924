using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Capture;

/// <summary>What somebody says about a tracked link.</summary>
public sealed record LinkInput
{
    /// <summary>Name for those who manage it, 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Where it leads: a form of ours (<c>/f/…</c>), or an HTTPS address on a listed host, up to 2,000 characters.</summary>
    public string? Target { get; init; }

    /// <summary>The five UTM parameters, each up to 200 characters.</summary>
    public UtmTags Utm { get; init; } = UtmTags.None;

    /// <summary>Channel of leads that come by it; null leaves the form's.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Campaign of leads that come by it, up to 200 characters.</summary>
    public string? Campaign { get; init; }

    /// <summary>Content piece that it leads to, up to 200 characters.</summary>
    public string? Content { get; init; }

    /// <summary>The employee who shares it, and is credited.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The same with texts trimmed, and empty ones as missing.</summary>
    public LinkInput Trimmed() => this with
    {
        Name = Trim(Name),
        Target = Trim(Target),
        Utm = new UtmTags(Trim(Utm.Source), Trim(Utm.Medium), Trim(Utm.Campaign), Trim(Utm.Term), Trim(Utm.Content)),
        Campaign = Trim(Campaign),
        Content = Trim(Content),
    };

    /// <summary>What is wrong with it; none when it can be kept.</summary>
    public IReadOnlyList<FieldError> Validate(Setting setting)
    {
        List<FieldError> errors =
        [
            .. Text("name", Name, TrackedLink.LongestName, required: true), .. Text("target", Target, FieldLimits.Url, required: true),
            .. Text("utm.source", Utm.Source, FieldLimits.Source), .. Text("utm.medium", Utm.Medium, FieldLimits.Source), .. Text("utm.campaign", Utm.Campaign, FieldLimits.Source),
            .. Text("utm.term", Utm.Term, FieldLimits.Source), .. Text("utm.content", Utm.Content, FieldLimits.Source),
            .. Text("campaign", Campaign, FieldLimits.Source), .. Text("content", Content, FieldLimits.Source),
        ];
        if (Target is { Length: <= FieldLimits.Url } target && !setting.Tracking.AllowsTarget(target))
        {
            errors.Add(new FieldError("target", "not_allowed"));
        }

        if (ChannelId is { } channel && setting.Channels.Path(channel).Length == 0)
        {
            errors.Add(new FieldError("channelId", "unknown"));
        }

        if (UserId is { } user && (!setting.People.TryGetValue(user, out var person) || person.Status == PersonStatus.Departed))
        {
            errors.Add(new FieldError("userId", "not_a_user"));
        }

        return errors;
    }

    private static string? Trim(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static IEnumerable<FieldError> Text(string field, string? text, int longest, bool required = false) =>
        text is null ? required ? [new FieldError(field, "required")] : []
        : text.Length > longest ? [new FieldError(field, "too_long", $"{longest}")]
        : text.Any(char.IsControl) ? [new FieldError(field, "control_character")] : [];
}
