using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

public sealed partial record SlaPolicy
{
    private const int Hour = 60, Day = 24 * Hour;

    /// <summary>The rules a new organisation begins with (§10 Rules).</summary>
    public static SlaPolicy BuiltIn { get; } = new()
    {
        Rules =
        [
            new() { Id = "first_contact", Name = "first_contact", Minutes = Day },
            new() { Id = "response_high", Name = "response_high", When = [Priority("high")], Minutes = 2 * Hour, Clock = DeadlineClock.WorkingHours },
            new() { Id = "response_medium", Name = "response_medium", When = [Priority("medium")], Minutes = 4 * Hour, Clock = DeadlineClock.WorkingHours },
            new() { Id = "response_low", Name = "response_low", When = [Priority("low")], Minutes = Day },
            new() { Id = "sdr_decision", Name = "sdr_decision", When = [Owner(BuiltInRoles.Sdr)], Goal = SlaGoal.Decision, Minutes = 3 * Day },
            new() { Id = "sales_decision", Name = "sales_decision", When = [Owner(BuiltInRoles.SalesRepresentative)], Goal = SlaGoal.Conversion, Minutes = 7 * Day },
            new() { Id = "idle", Name = "idle", From = SlaStart.LastFollowUp, Minutes = 3 * Day, Reminders = [], Outcome = SlaOutcome.Reminder },
            new() { Id = "consumer_idle", Name = "consumer_idle", When = [For("consumer")], Minutes = Hour, Clock = DeadlineClock.WorkingHours, Outcome = SlaOutcome.NextInLine },
            new() { Id = "consumer_unconverted", Name = "consumer_unconverted", When = [For("consumer")], Goal = SlaGoal.Conversion, Minutes = 2 * Day, Outcome = SlaOutcome.Recycle },
            new() { Id = "business_idle", Name = "business_idle", When = [For("business")], From = SlaStart.LastFollowUp, Minutes = 3 * Day, Outcome = SlaOutcome.Recycle },
            new() { Id = "business_unconverted", Name = "business_unconverted", When = [For("business")], Goal = SlaGoal.Conversion, Minutes = 14 * Day, Outcome = SlaOutcome.Recycle },
            new() { Id = "next_step", Name = "next_step", From = SlaStart.NextStep, Minutes = 0, Clock = DeadlineClock.Elapsed, Reminders = [], Outcome = SlaOutcome.Reminder },
        ],
    };

    private static Condition Priority(string value) => new("priority", Comparison.AnyOf, [value]);

    private static Condition Owner(string role) => new("owner.role", Comparison.AnyOf, [role]);

    private static Condition For(string value) => new("audience", Comparison.AnyOf, [value]);
}
