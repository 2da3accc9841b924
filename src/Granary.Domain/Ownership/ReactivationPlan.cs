using Granary.Domain.Assignment;
using Granary.Domain.Capture;

namespace Granary.Domain.Ownership;

/// <summary>A saved selection over pools and what is done with it 盘活 (§9): which leads, to whom, how many, when and with what words.</summary>
public sealed partial record ReactivationPlan
{
    /// <summary>Which leads.</summary>
    public ReactivationSelection Select { get; init; } = new();

    /// <summary>Where they go, and how many.</summary>
    public ReactivationPush Push { get; init; } = new();

    /// <summary>When it runs by itself.</summary>
    public ReactivationSchedule Schedule { get; init; } = new();

    /// <summary>The campaign it belongs to, up to 100 characters; null for none. What the lead says of its own campaign stays.</summary>
    public string? Campaign { get; init; }

    /// <summary>What the representative reads on the lead, up to 2,000 characters; null for none.</summary>
    public string? Script { get; init; }
}

/// <summary>Which leads of pools are selected: those that meet everything that is asked. What is left open is met.</summary>
public sealed record ReactivationSelection
{
    /// <summary>Keys of the pools, 1 to 50, the first searched first; a regional pool counts as the one it stands for.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];

    /// <summary>Industries, any of them, as the lead has them.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Regions, any of them, as <c>province</c> or <c>province/city</c> in short form; a province has its cities.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Products of interest, any of them.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Tags, any of them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the company has bought before, that is, the lead is linked to an account; null asks nothing.</summary>
    public bool? PastOrders { get; init; }

    /// <summary>Least score, 0 to 1,000.</summary>
    public int? ScoreAtLeast { get; init; }

    /// <summary>The score has changed within this many days, 1 to 3,650.</summary>
    public int? ScoreChangedWithinDays { get; init; }

    /// <summary>Kinds of touch, any of them, within <see cref="TouchedWithinDays"/>.</summary>
    public IReadOnlyList<TouchKind> Touches { get; init; } = [];

    /// <summary>A touch (of <see cref="Touches"/>, else of any kind) within this many days, 1 to 3,650.</summary>
    public int? TouchedWithinDays { get; init; }

    /// <summary>It has lain in its pool, and nobody has followed it up, for at least this many days, 0 to 3,650.</summary>
    public int IdleDays { get; init; } = 30;

    /// <summary>Fewest earlier ownerships, 0 to 1,000.</summary>
    public int? OwnershipsAtLeast { get; init; }

    /// <summary>Most earlier ownerships, 0 to 1,000.</summary>
    public int? OwnershipsAtMost { get; init; }

    /// <summary>Days for which a lead that any reactivation pushed is left alone, 0 to 3,650.</summary>
    public int RestDays { get; init; } = 30;
}

/// <summary>Where selected leads go.</summary>
public sealed record ReactivationPush
{
    /// <summary>Whether the assignment rules choose; where they name a pool or a tray the lead stays where it is.</summary>
    public bool ByRules { get; init; }

    /// <summary>Otherwise: users, a team, or a pool. Representatives get them in turn.</summary>
    public AssignmentTarget Target { get; init; } = new();

    /// <summary>Whether only representatives who serve the lead's region get it, the nearest first. Without meaning by rules and for pools.</summary>
    public bool MatchRegion { get; init; } = true;

    /// <summary>Most leads of a run, 1 to 1,000.</summary>
    public int PerRun { get; init; } = 100;

    /// <summary>Most leads that one representative gets of a run, 1 to 1,000; null leaves it to their own caps.</summary>
    public int? PerRecipient { get; init; }
}
