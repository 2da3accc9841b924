using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Whose a lead is and what became of it, without where it came from and what it is. It alone says what a lead contributes to cubes, behind the keys that these tell apart
/// by; most leads of a day have the same, so that it is asked once for all of them.
/// </summary>
/// <param name="OwnerId">Whose it counts as.</param>
/// <param name="Invalid">Whether it is invalid.</param>
/// <param name="InvalidReason">Why.</param>
/// <param name="ReceivedOn">The day it was received.</param>
/// <param name="AssignedOn">The day of the first ownership.</param>
/// <param name="FollowedOn">The day of the first counted follow-up.</param>
/// <param name="MqlOn">The day it counts as MQL.</param>
/// <param name="SqlOn">The day it counts as SQL.</param>
/// <param name="OpportunityOn">The day an opportunity began with it.</param>
/// <param name="WonOn">The day its opportunity was won.</param>
/// <param name="PaidOn">The day of the first payment.</param>
/// <param name="Amount">Amount of what began with it.</param>
/// <param name="WonAmount">Amount of what of it was won.</param>
/// <param name="PaidAmount">Payments received less given back.</param>
/// <param name="Payments">Payments by day, as JSON.</param>
public sealed record LeadCourse(
    Guid OwnerId, bool Invalid, string? InvalidReason, DateOnly ReceivedOn, DateOnly? AssignedOn, DateOnly? FollowedOn, DateOnly? MqlOn, DateOnly? SqlOn, DateOnly? OpportunityOn,
    DateOnly? WonOn, DateOnly? PaidOn, decimal Amount, decimal WonAmount, decimal PaidAmount, string Payments)
{
    /// <summary>The days on which it reached milestones.</summary>
    internal DateOnly?[] Milestones => MilestoneDays.Reached(ReceivedOn, AssignedOn, FollowedOn, MqlOn, SqlOn, OpportunityOn, WonOn, PaidOn);

    /// <summary>The day of a step; null while it has not taken it.</summary>
    public DateOnly? DayOf(FunnelStep step) => step switch
    {
        FunnelStep.Lead => ReceivedOn,
        FunnelStep.Mql => MqlOn,
        FunnelStep.Sql => SqlOn,
        FunnelStep.Opportunity => OpportunityOn,
        FunnelStep.Order => WonOn,
        _ => PaidOn,
    };
}
