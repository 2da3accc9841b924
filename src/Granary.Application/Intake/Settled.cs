using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Application.Intake;

/// <summary>What became of an item, and why.</summary>
/// <param name="Outcome">How it ended up.</param>
/// <param name="Matched">What matching says.</param>
/// <param name="Assigned">What assignment says.</param>
internal readonly record struct Settled(LandingOutcome Outcome, IReadOnlyList<Reason> Matched, IReadOnlyList<Reason> Assigned)
{
    /// <summary>All reasons in the order of the steps.</summary>
    public IReadOnlyList<Reason> Reasons(Prepared item) => [.. item.Clean.Reasons, .. Matched, .. item.ScoreReasons, .. Assigned];

    /// <summary>The same as it is stored.</summary>
    public Decision Explain(Prepared item, Setting setting, DateTimeOffset now) => new()
    {
        Id = Clock.NewId(now),
        LeadId = item.Lead.Id,
        At = now,
        Kind = "intake",
        Trace = Trace.Join(setting.VersionsWritten, item.Written.Clean, Trace.Write(Matched), item.Written.Score, Trace.Write(Assigned)),
    };
}
