namespace Granary.Application.Desk;

/// <summary>
/// The line behind which a page of a desk begins. Every page is laid by the instant of the first: what becomes due meanwhile
/// would else go to a place that was passed already, and be seen on no page.
/// </summary>
/// <param name="Moment">When the first page was laid.</param>
/// <param name="Place">Where the line stands; a decision that is overdue stands with what else is.</param>
/// <param name="Task">What is to be done.</param>
/// <param name="Id">The lead; with <see cref="DeskTask.Reentered"/> the notice, with <see cref="DeskTask.Decide"/> the request.</param>
/// <param name="At">Since when the owner has it; with leads that wait to be assigned or checked, when they were received.</param>
/// <param name="Due">The deadline of an own lead.</param>
/// <param name="Step">When its planned step is due.</param>
/// <param name="Priority">Its priority.</param>
public sealed record DeskCursor(
    DateTimeOffset Moment, DeskTask Place, DeskTask Task, Guid Id, DateTimeOffset At = default, DateTimeOffset Due = default, DateTimeOffset Step = default, int Priority = 0)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>Whether a list may still go on behind it; what is older begins anew, since its order is no longer true.</summary>
    internal bool Holds(DateTimeOffset now) => Moment <= now && Moment > now - Kept;
}
