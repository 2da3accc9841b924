using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>Assigns leads (§8).</summary>
public static class Assigner
{
    /// <summary>
    /// Who gets a lead. Precedence: duplicates' owner, then named-account owner, then the rules in order, then the fallback
    /// pool. Nobody who is inactive, away or on leave gets anything and no cap is exceeded: an owner by precedence for whom
    /// that holds is passed over, and the rules decide; so is the named account's owner who had this lead and lost it. Working hours and specialities bind only where a rule asks for them.
    /// </summary>
    /// <param name="policy">A valid policy.</param>
    /// <param name="lead">The lead.</param>
    /// <param name="roster">The people.</param>
    /// <param name="board">What they have and whose turn it is; it is changed by the decision.</param>
    /// <param name="now">The instant.</param>
    /// <param name="calendar">The organisation's calendar.</param>
    public static AssignmentDecision Decide(
        AssignmentPolicy policy, AssignmentCase lead, Roster roster, AssignmentBoard board, DateTimeOffset now, WorkingCalendar calendar) =>
        new Deliberation(policy, lead, roster, board, now, calendar).Decide();

    /// <summary>Everything that deciding a set of leads can read or change on the board.</summary>
    public static AssignmentReach Reach(AssignmentPolicy policy, IEnumerable<AssignmentCase> leads, Roster roster)
    {
        var (users, rules) = (new SortedSet<Guid>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var lead in leads)
        {
            Add(users, lead.DuplicatesOwner);
            Add(users, lead.NamedAccountOwner);
            foreach (var rule in policy.Rules)
            {
                if (!rule.When.AllHold(lead.Facts))
                {
                    continue;
                }

                if (rule.Target.Pool is not null)
                {
                    break;
                }

                if (rules.Add(rule.Id))
                {
                    users.UnionWith(Users(rule, roster));
                }
            }
        }

        return new AssignmentReach([.. users], [.. rules]);
    }

    private static IEnumerable<Guid> Users(AssignmentRule rule, Roster roster) => rule.Method == AssignmentMethod.BySalesModel
        ? rule.SalesSteps.SelectMany(step => roster.Users(step.Target))
        : roster.Users(rule.Target);

    private static void Add(SortedSet<Guid> users, Guid? user)
    {
        if (user is { } id)
        {
            users.Add(id);
        }
    }
}

/// <summary>What a set of leads can reach: the rows to lock, always in this order, rules first.</summary>
/// <param name="Users">Users whose load may count or change, in the order of ids.</param>
/// <param name="Rules">Rules whose rotation may be read or changed, in ordinal order.</param>
public sealed record AssignmentReach(IReadOnlyList<Guid> Users, IReadOnlyList<string> Rules);
