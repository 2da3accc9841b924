using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

/// <summary>One rule: within T + N something must have happened (§10 Rules).</summary>
public sealed record SlaRule
{
    /// <summary>Stable id, unique within the policy. 1 to 60 of a–z, 0–9, <c>_</c>, <c>-</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, 1 to 100 characters; names of built-in rules are keys that the interface translates.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is in force.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Conditions over the lead's facts and its owner's, all of which must hold.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];

    /// <summary>T: the event the time runs from.</summary>
    public SlaStart From { get; init; } = SlaStart.Acquired;

    /// <summary>What must have happened by the deadline.</summary>
    public SlaGoal Goal { get; init; } = SlaGoal.FollowUp;

    /// <summary>N in minutes, 0 to 5,256,000 (ten years).</summary>
    public int Minutes { get; init; }

    /// <summary>The clock N runs on.</summary>
    public DeadlineClock Clock { get; init; } = DeadlineClock.WorkingDays;

    /// <summary>Whether the owner's approved leave pauses the clock.</summary>
    public bool PausesOnLeave { get; init; }

    /// <summary>Shares of N in percent at which the owner is reminded before the deadline, each 1 to 99.</summary>
    public IReadOnlyList<int> Reminders { get; init; } = [50, 80];

    /// <summary>What happens at the deadline.</summary>
    public SlaOutcome Outcome { get; init; } = SlaOutcome.Violation;

    /// <summary>Key of the pool that a recycled lead goes to; null leaves it to the pool policy.</summary>
    public string? Pool { get; init; }
}

/// <summary>T of a rule.</summary>
public enum SlaStart
{
    /// <summary>The moment the owner got the lead.</summary>
    Acquired = 1,

    /// <summary>The last counted follow-up of this owner; a lead never followed up counts from the moment it was acquired.</summary>
    LastFollowUp = 2,

    /// <summary>The date named as the next step.</summary>
    NextStep = 3,
}

/// <summary>What must have happened.</summary>
public enum SlaGoal
{
    /// <summary>A counted follow-up after T.</summary>
    FollowUp = 1,

    /// <summary>A decision: promoted to sales (MQL), converted, found invalid, or given away.</summary>
    Decision = 2,

    /// <summary>Conversion, or back to nurture.</summary>
    Conversion = 3,
}

/// <summary>What happens at a deadline.</summary>
public enum SlaOutcome
{
    /// <summary>The owner is reminded, nothing else.</summary>
    Reminder = 1,

    /// <summary>A violation is recorded.</summary>
    Violation = 2,

    /// <summary>A violation is recorded and the lead is recycled to a pool.</summary>
    Recycle = 3,

    /// <summary>A violation is recorded and the lead goes to the next in line by the assignment rules; to a pool when there is none.</summary>
    NextInLine = 4,
}
