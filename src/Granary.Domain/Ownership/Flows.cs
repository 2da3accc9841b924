using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Ownership;

/// <summary>Says which way a lead takes from pool to pool, or from its owner to a pool, and when (§9 Flow rules).</summary>
public static class Flows
{
    /// <summary>Looks at a lead that lies in a pool or is held.</summary>
    /// <param name="policy">The policy in force.</param>
    /// <param name="inForce">Since when it is in force: days that had run out before run anew from then, see the rules of time.</param>
    /// <param name="facts">The lead.</param>
    /// <param name="calendar">Working time.</param>
    /// <param name="now">The present instant.</param>
    public static FlowLook Look(PoolPolicy policy, DateTimeOffset inForce, FlowFacts facts, WorkingCalendar calendar, DateTimeOffset now)
    {
        (DateTimeOffset At, FlowRule Rule)? next = null;
        foreach (var rule in policy.Flows.Where(rule => Applies(rule, policy, facts)))
        {
            var at = DueAt(rule, inForce, facts, calendar, now);
            if (at <= now)
            {
                return new FlowLook(rule, null, null);
            }

            if (next is null || at < next.Value.At)
            {
                next = (at, rule);
            }
        }

        return new FlowLook(null, next?.At, next?.Rule);
    }

    private static bool Applies(FlowRule rule, PoolPolicy policy, FlowFacts facts)
    {
        var from = facts.Pool is { } pool
            // Whatever was put there stays until a person takes it out.
            ? rule.From == FlowSource.Pool && pool is not (PoolKeys.Invalid or PoolKeys.Blacklist) && rule.Pool is { } named
                && (named == pool || named == policy.GeneralOf(pool)) && (rule.To != pool || rule.NextInLine)
            : rule.From == FlowSource.Sales && !facts.Locked && facts.Owner is { } owner && Sells(owner);
        return from && facts.Ownerships >= rule.Ownerships && rule.When.AllHold(facts.Lead);
    }

    // Those who only clean leads hold none to sell; their time is ruled by deadlines.
    private static bool Sells(Representative owner) =>
        owner.Roles.Any(role => role.StartsWith("sales_", StringComparison.Ordinal)) || !owner.Roles.Contains(BuiltInRoles.Sdr);

    private static DateTimeOffset DueAt(FlowRule rule, DateTimeOffset inForce, FlowFacts facts, WorkingCalendar calendar, DateTimeOffset now)
    {
        var days = TimeSpan.FromDays(rule.AfterDays);
        var at = calendar.Add(rule.Clock, facts.Since, days, facts.Owner);
        if (facts.Since < inForce && at < inForce)
        {
            at = calendar.Add(rule.Clock, inForce, days, facts.Owner);
        }

        if (rule.WaitsForProtection && facts.ProtectedUntil > at)
        {
            at = facts.ProtectedUntil.Value;
        }

        // From pool to pool nobody loses anything; from an owner nothing is taken on a day off.
        var acts = at > now ? at : now;
        return facts.Pool is not null || calendar.ResumesAt(acts) == acts ? at : calendar.ResumesAt(acts);
    }
}
