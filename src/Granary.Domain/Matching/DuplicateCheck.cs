using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Matching;

/// <summary>Decides what becomes of a submission that may be a duplicate (§5.1).</summary>
public static class DuplicateCheck
{
    private const string Step = "match";

    /// <summary>
    /// The decision of the first rule that matches; a new lead when none does. The order of the candidates means nothing.
    /// <list type="bullet">
    /// <item>Invalid and voided leads (<see cref="MatchCandidate.Closed"/>) match no rule; a reason tells that they were there.</item>
    /// <item>The window counts back from <paramref name="receivedAt"/>, its first instant included. A lead received later,
    /// because this one comes late, is inside.</item>
    /// <item>Refresh takes the most recent match; linking the earliest, and where that is linked itself, its source.</item>
    /// <item>Conversion takes the closest match, the earliest of equals. When names that are only strongly equal lead to
    /// accounts of different owners, nobody's claim is clear: the rule is passed over and the reason says so.</item>
    /// </list>
    /// </summary>
    /// <param name="policy">A valid policy.</param>
    /// <param name="candidates">Whatever the look-up keys found.</param>
    /// <param name="receivedAt">When the submission was received.</param>
    public static MatchDecision Decide(DuplicatePolicy policy, IReadOnlyList<MatchCandidate> candidates, DateTimeOffset receivedAt)
    {
        var reasons = new List<Reason>();
        if (candidates.Count > 0 && Apply(policy, candidates, receivedAt, reasons) is { } decided)
        {
            return decided;
        }

        reasons.Add(Reason.Of(Step, "no_match"));
        return new MatchDecision { Outcome = MatchOutcome.New, Label = LeadLabel.NewLead, Reasons = reasons };
    }

    private static MatchDecision? Apply(DuplicatePolicy policy, IReadOnlyList<MatchCandidate> candidates, DateTimeOffset receivedAt, List<Reason> reasons)
    {
        var closed = candidates.Where(c => c.Closed).Select(c => c.Id).Distinct().Count();
        if (closed > 0)
        {
            reasons.Add(Reason.Of(Step, "closed_left_out", null, ("count", Text(closed))));
        }

        foreach (var rule in policy.Rules)
        {
            var matches = candidates.Where(c => Matches(rule, c, receivedAt)).ToList();
            if (matches.Count > 0 && Apply(rule, matches, receivedAt, reasons) is { } decision)
            {
                return decision;
            }
        }

        return null;
    }

    private static bool Matches(DuplicateRule rule, MatchCandidate c, DateTimeOffset receivedAt) =>
        !c.Closed
        && c.Target == rule.Target
        && rule.Keys.Contains(c.Key)
        && (c.Key != MatchKeyKind.Company || c.Level >= rule.CompanyLevel)
        && (rule.LookBackDays is not { } days || receivedAt - c.ReceivedAt <= TimeSpan.FromDays(days));

    private static MatchDecision? Apply(DuplicateRule rule, List<MatchCandidate> matches, DateTimeOffset receivedAt, List<Reason> reasons) =>
        rule.Action switch
        {
            DuplicateAction.Refresh => Refresh(rule, matches, receivedAt, reasons),
            DuplicateAction.LinkToSource => Link(rule, matches, receivedAt, reasons),
            DuplicateAction.ConvertToExisting => Convert(rule, matches, reasons),
            DuplicateAction.TagPossibleDuplicate => Tag(rule, matches, reasons),
            _ => throw new InvalidOperationException($"Unknown action {rule.Action}."),
        };

    private static MatchDecision Refresh(DuplicateRule rule, List<MatchCandidate> matches, DateTimeOffset receivedAt, List<Reason> reasons)
    {
        var latest = matches.OrderByDescending(c => c.ReceivedAt).ThenBy(c => c.Id).First();
        reasons.Add(Reason.Of(Step, "refreshed", rule.Name, Key(latest), Lead(latest.Id), Age(latest, receivedAt)));
        return new MatchDecision
        {
            Outcome = MatchOutcome.Refreshed,
            Label = LeadLabel.Reentered,
            TargetLeadId = latest.Id,
            OwnerId = latest.OwnerId,
            Rule = rule.Name,
            Reasons = reasons,
        };
    }

    private static MatchDecision Link(DuplicateRule rule, List<MatchCandidate> matches, DateTimeOffset receivedAt, List<Reason> reasons)
    {
        var earliest = matches.OrderBy(c => c.ReceivedAt).ThenBy(c => c.Id).First();
        var source = earliest.SourceLeadId ?? earliest.Id;
        reasons.Add(earliest.SourceLeadId is null
            ? Reason.Of(Step, "linked_to_source", rule.Name, Key(earliest), Lead(source), Age(earliest, receivedAt))
            : Reason.Of(Step, "linked_through", rule.Name, Key(earliest), Lead(source), ("throughLeadId", Text(earliest.Id)), Age(earliest, receivedAt)));
        return new MatchDecision
        {
            Outcome = MatchOutcome.Linked,
            Label = LeadLabel.Linked,
            SourceLeadId = source,
            OwnerId = earliest.OwnerId,
            Rule = rule.Name,
            Reasons = reasons,
        };
    }

    private static MatchDecision? Convert(DuplicateRule rule, List<MatchCandidate> matches, List<Reason> reasons)
    {
        var closest = matches.OrderByDescending(Closeness).ThenBy(c => c.ReceivedAt).ThenBy(c => c.Id).First();
        var equals = matches.Where(c => Closeness(c) == Closeness(closest)).ToList();
        if (Closeness(closest) < MatchLevel.Exact && equals.Select(c => c.OwnerId).Distinct().Count() > 1)
        {
            var accounts = equals.Select(c => c.Id).Distinct().Count();
            reasons.Add(Reason.Of(Step, "ambiguous_account", rule.Name, Key(closest), Level(closest), ("count", Text(accounts))));
            return null;
        }

        reasons.Add(Reason.Of(Step, "known_account", rule.Name, Key(closest), Level(closest), ("accountId", Text(closest.Id))));
        return new MatchDecision
        {
            Outcome = MatchOutcome.ConvertedToExisting,
            Label = LeadLabel.KnownAccountContact,
            AccountId = closest.Id,
            OwnerId = closest.OwnerId,
            Rule = rule.Name,
            Reasons = reasons,
        };
    }

    private static MatchDecision Tag(DuplicateRule rule, List<MatchCandidate> matches, List<Reason> reasons)
    {
        var closest = matches.OrderByDescending(Closeness).ThenBy(c => c.ReceivedAt).First();
        var leads = matches.OrderBy(c => c.ReceivedAt).ThenBy(c => c.Id).Select(c => c.Id).Distinct().ToList();
        reasons.Add(Reason.Of(Step, "possible_duplicate", rule.Name, Key(closest), Level(closest), ("count", Text(leads.Count))));
        return new MatchDecision
        {
            Outcome = MatchOutcome.New,
            Label = LeadLabel.NewLead,
            PossibleDuplicates = leads,
            Rule = rule.Name,
            Reasons = reasons,
        };
    }

    private static MatchLevel Closeness(MatchCandidate c) => c.Key == MatchKeyKind.Company ? c.Level : MatchLevel.Exact;

    private static (string, string) Key(MatchCandidate c) => ("key", CamelCase(c.Key));

    private static (string, string) Level(MatchCandidate c) => ("level", CamelCase(Closeness(c)));

    private static (string, string) Lead(Guid id) => ("leadId", Text(id));

    private static (string, string) Age(MatchCandidate c, DateTimeOffset receivedAt) =>
        ("days", Text(Math.Max(0, (int)(receivedAt - c.ReceivedAt).TotalDays)));

    private static string CamelCase<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
