using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of tracked links and touches as its editor posts it: lists with a line for each entry.</summary>
public sealed class TrackingForm : PolicyForm
{
    public string? RedirectHosts { get; set; }

    public string? Origins { get; set; }

    public bool AsksConsent { get; set; }

    public int? TouchesPerMinute { get; set; }

    public string? Programs { get; set; }

    /// <summary>The form of a policy.</summary>
    public static TrackingForm Of(TrackingPolicy policy) => new()
    {
        RedirectHosts = string.Join('\n', policy.RedirectHosts),
        Origins = string.Join('\n', policy.Origins),
        AsksConsent = policy.AsksConsent,
        TouchesPerMinute = policy.TouchesPerMinute,
        Programs = string.Join('\n', policy.Programs),
    };

    /// <summary>The policy, and which fields were left empty.</summary>
    public (TrackingPolicy Policy, IReadOnlyList<FieldError> Errors) Read(TrackingPolicy stored) => (stored with
    {
        RedirectHosts = Lines(RedirectHosts),
        Origins = [.. Lines(Origins).Select(o => o.TrimEnd('/'))],
        AsksConsent = AsksConsent,
        TouchesPerMinute = TouchesPerMinute ?? stored.TouchesPerMinute,
        Programs = Lines(Programs),
    }, TouchesPerMinute is null ? [new FieldError("touchesPerMinute", "required")] : []);

    private static string[] Lines(string? text) => text?.Split(['\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
