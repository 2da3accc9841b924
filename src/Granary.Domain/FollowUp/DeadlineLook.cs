namespace Granary.Domain.FollowUp;

/// <summary>What has been done about one rule: the highest percent for the T it was done for.</summary>
/// <param name="StartedAt">T.</param>
/// <param name="Percent">The last reminder in percent of N; 100 when the deadline was acted upon.</param>
public readonly record struct DeadlineMark(DateTimeOffset StartedAt, int Percent);

/// <summary>A moment of a rule: a reminder or the deadline itself.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Percent">Percent of N: below 100 a reminder.</param>
/// <param name="StartedAt">T.</param>
/// <param name="DueAt">When it is to be done.</param>
/// <param name="DeadlineAt">When N has run.</param>
public sealed record DeadlineMoment(SlaRule Rule, int Percent, DateTimeOffset StartedAt, DateTimeOffset DueAt, DateTimeOffset DeadlineAt)
{
    /// <summary>Whether it only reminds.</summary>
    public bool Reminds => Percent < 100 || Rule.Outcome == SlaOutcome.Reminder;
}

/// <summary>Something that is due now.</summary>
/// <param name="Moment">The moment.</param>
/// <param name="Takes">Whether the lead leaves its owner; nothing follows it.</param>
public sealed record DeadlineAction(DeadlineMoment Moment, bool Takes);

/// <summary>What looking at a lead's deadlines found.</summary>
/// <param name="Due">What is due now, in the order in which it fell due.</param>
/// <param name="Next">The next moment after those; null when there is none, or the lead leaves its owner.</param>
/// <param name="NextAt">When to look again; null for never.</param>
/// <param name="Open">The earliest deadline that is still to be met, also when it has passed; reminders are none.</param>
public sealed record DeadlineLook(IReadOnlyList<DeadlineAction> Due, DeadlineMoment? Next, DateTimeOffset? NextAt, DeadlineMoment? Open);
