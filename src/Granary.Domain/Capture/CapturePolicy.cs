using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>What a lead must bring with it, by channel and by who enters it (§3).</summary>
public sealed record CapturePolicy
{
    /// <summary>The defaults of the specification.</summary>
    public static CapturePolicy BuiltIn { get; } = new();

    /// <summary>Required where the channel has no set of its own.</summary>
    public RequiredFields Default { get; init; } = RequiredFields.BuiltIn;

    /// <summary>Required besides of leads that staff enter by hand.</summary>
    public RequiredFields Staff { get; init; } = new(["company.name", "company.industry", "company.size", "requirement"]);

    /// <summary>Sets of single channels, by <c>level 1</c> or <c>level 1/level 2</c>; the more exact name counts.</summary>
    public IReadOnlyDictionary<string, RequiredFields> Channels { get; init; } = new Dictionary<string, RequiredFields>();

    /// <summary>The set that a submission of a channel must fill.</summary>
    /// <param name="channel">The channel as submitted; null falls back to the default.</param>
    /// <param name="isEnteredByStaff">Whether an employee typed it in.</param>
    public RequiredFields For(string? channel, bool isEnteredByStaff)
    {
        var required = OfChannel(channel?.Trim() ?? string.Empty);
        return isEnteredByStaff ? required.And(Staff) : required;
    }

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Default.Validate("default"),
        .. Staff.Validate("staff"),
        .. Channels.SelectMany(static channel => channel.Value.Validate($"channels.{channel.Key}")),
        .. Channels.Keys.Where(string.IsNullOrWhiteSpace).Select(static _ => new FieldError("channels", "required")),
    ];

    private RequiredFields OfChannel(string channel)
    {
        if (Channels.TryGetValue(channel, out var exact))
            return exact;
        var slash = channel.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && Channels.TryGetValue(channel[..slash].TrimEnd(), out var level1) ? level1 : Default;
    }
}
