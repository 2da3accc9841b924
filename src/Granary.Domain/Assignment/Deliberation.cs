using System.Globalization;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>The way of one lead through the order of precedence and the rules, keeping the ledger.</summary>
internal sealed class Deliberation(
    AssignmentPolicy policy, AssignmentCase lead, Roster roster, AssignmentBoard board, DateTimeOffset now, WorkingCalendar calendar)
{
    private const string Step = "assign";

    private readonly Eligibility _eligibility = new(lead, board, now, calendar);
    private readonly List<CandidateVerdict> _ledger = [];
    private readonly List<Reason> _reasons = [];

    public AssignmentDecision Decide()
    {
        // Whoever was passed over as the duplicates' owner has been asked.
        var named = lead.NamedAccountOwner == lead.DuplicatesOwner ? null : lead.NamedAccountOwner;
        if ((ToOwner(lead.DuplicatesOwner, "duplicates_owner") ?? ToOwner(named, "named_account_owner", once: true)) is { } byPrecedence)
        {
            return byPrecedence;
        }

        foreach (var rule in policy.Rules)
        {
            if (rule.When.AllHold(lead.Facts) && By(rule) is { } byRule)
            {
                return byRule;
            }
        }

        _reasons.Add(Reason.Of(Step, "fallback", null, ("pool", policy.FallbackPool)));
        return Decision() with { PoolKey = policy.FallbackPool, RetryAt = RetryAt() };
    }

    // Once: whoever had this very lead and lost it does not get it back.
    private AssignmentDecision? ToOwner(Guid? owner, string code, bool once = false)
    {
        if (owner is not { } id)
        {
            return null;
        }

        var user = roster.Find(id);
        var verdict = once && lead.EarlierOwners.Contains(id) ? Ineligible.EarlierOwner : _eligibility.Standing(user);
        _ledger.Add(new CandidateVerdict(null, id, verdict));
        if (verdict != Ineligible.No)
        {
            _reasons.Add(Reason.Of(Step, $"{code}_passed_over", null, ("owner", user?.Name ?? "—"), ("ineligible", verdict.Code())));
            return null;
        }

        board.Take(id);
        _reasons.Add(Reason.Of(Step, code, null, ("owner", user!.Name)));
        return Decision() with { OwnerId = id };
    }

    private AssignmentDecision? By(AssignmentRule rule)
    {
        if (rule.Method == AssignmentMethod.BySalesModel)
        {
            return BySalesModel(rule);
        }

        if (rule.Target.Pool is { } pool)
        {
            _reasons.Add(Reason.Of(Step, "pool", rule.Name, ("pool", pool)));
            return Decision() with { PoolKey = pool, RuleId = rule.Id, RuleName = rule.Name };
        }

        return Among(rule, rule.Target);
    }

    private AssignmentDecision? BySalesModel(AssignmentRule rule)
    {
        foreach (var step in rule.SalesSteps)
        {
            if (step.When.AllHold(lead.Facts) && Among(rule, step.Target, ("model", WireName.Of(step.Model))) is { } decision)
            {
                return decision;
            }
        }

        return null;
    }

    private AssignmentDecision? Among(AssignmentRule rule, AssignmentTarget target, params ReadOnlySpan<(string, string)> facts)
    {
        var selection = new Selection(rule, lead, roster.CircleOf(target), _eligibility);
        var considered = _ledger.Count;
        selection.Record(_ledger);
        considered = _ledger.Count - considered;
        if (selection.Choose(board) is not { } chosen)
        {
            _reasons.Add(Reason.Of(Step, "nobody_eligible", rule.Name, ("considered", Text(considered))));
            return null;
        }

        _reasons.Add(Reason.Of(Step, Code(rule.Method), rule.Name, [("owner", chosen.Profile.Name), ("considered", Text(considered)), .. facts]));
        if (rule.Require.MatchRegion && lead.Facts.Region is { } region)
        {
            _reasons.Add(Reason.Of(Step, "nearest", rule.Name, ("owner", chosen.Profile.Name), ("region", region.ToString())));
        }

        var decision = Decision() with { RuleId = rule.Id, RuleName = rule.Name, Method = rule.Method };
        if (rule.Method == AssignmentMethod.Manual)
        {
            return decision with { TrayUserId = chosen.Id };
        }

        board.Take(chosen.Id);
        return decision with { OwnerId = chosen.Id };
    }

    private AssignmentDecision Decision() => new() { Candidates = _ledger, Reasons = _reasons };

    /// <summary>Every so many minutes, and sooner when somebody who is only outside their hours begins to work.</summary>
    private DateTimeOffset RetryAt()
    {
        var retry = now.AddMinutes(policy.RetryMinutes);
        foreach (var verdict in _ledger)
        {
            if (verdict.Ineligible == Ineligible.OutsideHours
                && calendar.NextStart(roster.Find(verdict.UserId)!, now) is { } start
                && start < retry)
            {
                retry = start;
            }
        }

        return retry;
    }

    private static string Code(AssignmentMethod method) => method switch
    {
        AssignmentMethod.Designated => "designated",
        AssignmentMethod.RoundRobin => "round_robin",
        AssignmentMethod.Weighted => "weighted",
        AssignmentMethod.ByTier => "by_tier",
        AssignmentMethod.ByPerformance => "by_performance",
        AssignmentMethod.BySalesModel => "by_sales_model",
        AssignmentMethod.Manual => "manual",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
