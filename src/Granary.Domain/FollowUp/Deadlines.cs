using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.FollowUp;

/// <summary>
/// Says what the rules of time ask for at an instant (§10). Each moment is done once for each T, in the order in which moments
/// fall due, however often somebody looks: after a stop everything overdue comes at once and in order.
/// </summary>
public static class Deadlines
{
    /// <summary>Looks at a lead that somebody owns.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="since">
    /// Since when it is in force. What had run out before is not held against anybody: it runs anew from that instant, so that a
    /// new or stricter rule does not fall on everybody at once.
    /// </param>
    /// <param name="facts">The lead.</param>
    /// <param name="done">What was done already, by rule id.</param>
    /// <param name="calendar">Working time.</param>
    /// <param name="now">The present instant.</param>
    public static DeadlineLook Look(
        SlaPolicy policy,
        DateTimeOffset since,
        DeadlineFacts facts,
        IReadOnlyDictionary<string, DeadlineMark> done,
        WorkingCalendar calendar,
        DateTimeOffset now)
    {
        List<DeadlineMoment> due = [], later = [];
        DeadlineMoment? open = null;
        foreach (var rule in policy.Rules)
        {
            if (Deadline(rule, since, facts, calendar) is not { } deadline)
                continue;
            if (rule.Outcome != SlaOutcome.Reminder && (open is null || deadline.DeadlineAt < open.DeadlineAt))
                open = deadline;

            var mark = done.TryGetValue(rule.Id, out var known) && known.StartedAt == deadline.StartedAt ? known.Percent : 0;
            foreach (var moment in Moments(deadline, since, facts, calendar).Where(m => m.Percent > mark))
            {
                if (moment.DueAt <= now && (moment.Reminds || calendar.ResumesAt(now) == now))
                    due.Add(moment);
                else
                    later.Add(moment.DueAt <= now ? moment with { DueAt = calendar.ResumesAt(now) } : moment);
            }
        }

        // Sorting keeps the order of rules where moments coincide.
        List<DeadlineAction> actions = [];
        foreach (var moment in due.OrderBy(m => m.DueAt).ThenBy(m => m.Percent == 100 && Takes(m, facts)))
        {
            actions.Add(new DeadlineAction(moment, Takes(moment, facts)));
            if (actions[^1].Takes)
                return new DeadlineLook(actions, null, null, open);
        }

        var next = later.MinBy(m => m.DueAt);
        return new DeadlineLook(actions, next, next?.DueAt, open);
    }

    /// <summary>The deadline by which an owner must have followed up first; null when no rule says so.</summary>
    public static DeadlineMoment? FirstResponse(SlaPolicy policy, DateTimeOffset since, DeadlineFacts facts, WorkingCalendar calendar) => policy.Rules
        .Where(r => r is { From: SlaStart.Acquired, Goal: SlaGoal.FollowUp } && r.Outcome != SlaOutcome.Reminder)
        .Select(r => Deadline(r, since, facts with { FirstFollowUpAt = null }, calendar)).OfType<DeadlineMoment>().MinBy(d => d.DeadlineAt);

    /// <summary>Whether what a rule asks for has been done.</summary>
    public static bool IsMet(SlaRule rule, DeadlineFacts facts) => rule.Goal switch
    {
        SlaGoal.Decision => facts.DecidedAt is not null,
        // A converted lead has no owner who is under deadlines any more.
        SlaGoal.Conversion => false,
        _ => rule.From switch
        {
            SlaStart.Acquired => facts.FirstFollowUpAt is not null,
            SlaStart.NextStep => facts.LastFollowUpAt >= facts.NextAt,
            // Each follow-up is a new T.
            _ => false,
        },
    };

    private static bool Takes(DeadlineMoment moment, DeadlineFacts facts) =>
        moment is { Percent: 100, Rule.Outcome: SlaOutcome.Recycle or SlaOutcome.NextInLine } && !facts.Locked;

    /// <summary>The deadline of a rule as it stands; null when the rule does not apply, has no T, or is met.</summary>
    private static DeadlineMoment? Deadline(SlaRule rule, DateTimeOffset since, DeadlineFacts facts, WorkingCalendar calendar)
    {
        if (!rule.Enabled || !rule.When.AllHold(facts) || Start(rule, facts) is not { } start || IsMet(rule, facts))
            return null;
        var at = At(rule, 100, start, since, facts, calendar);
        return new DeadlineMoment(rule, 100, start, ActsAt(rule, at, calendar), at);
    }

    private static DateTimeOffset? Start(SlaRule rule, DeadlineFacts facts) => rule.From switch
    {
        SlaStart.LastFollowUp => facts.LastFollowUpAt ?? facts.From,
        SlaStart.NextStep => facts.NextAt,
        _ => facts.From,
    };

    /// <summary>The reminders in order, then the deadline. What takes no time has no half of it.</summary>
    private static IEnumerable<DeadlineMoment> Moments(DeadlineMoment deadline, DateTimeOffset since, DeadlineFacts facts, WorkingCalendar calendar)
    {
        var rule = deadline.Rule;
        foreach (var percent in rule.Minutes == 0 ? [] : rule.Reminders)
            yield return deadline with { Percent = percent, DueAt = At(rule, percent, deadline.StartedAt, since, facts, calendar) };
        yield return deadline;
    }

    /// <summary>When a share of N has run from T; from the beginning of the policy where all of N had run out before it.</summary>
    private static DateTimeOffset At(SlaRule rule, int percent, DateTimeOffset start, DateTimeOffset since, DeadlineFacts facts, WorkingCalendar calendar)
    {
        var whole = TimeSpan.FromMinutes(rule.Minutes);
        var from = start < since && Run(start, whole) < since ? since : start;
        return Run(from, TimeSpan.FromTicks(whole.Ticks / 100 * percent));

        DateTimeOffset Run(DateTimeOffset begin, TimeSpan time) => calendar.Add(rule.Clock, begin, time, facts.Owner, rule.PausesOnLeave);
    }

    // Wall time also runs out on a day off; then nothing is marked or taken before work resumes.
    private static DateTimeOffset ActsAt(SlaRule rule, DateTimeOffset at, WorkingCalendar calendar) =>
        rule.Outcome != SlaOutcome.Reminder && rule.Clock == DeadlineClock.Elapsed ? calendar.ResumesAt(at) : at;
}
