using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>Who can have a lead at a moment (§8 Eligible).</summary>
internal sealed class Eligibility(AssignmentCase lead, AssignmentBoard board, DateTimeOffset now, WorkingCalendar calendar)
{
    private readonly DateOnly _today = calendar.DateOf(now);

    /// <summary>What holds for everybody who gets a lead, owners by precedence included: active, present, below both caps.</summary>
    public Ineligible Standing(Representative? user) => Presence(user) is var absent and not Ineligible.No ? absent : Capacity(user!);

    /// <summary>What a rule asks of one of its circle; the nearness is found besides.</summary>
    public Ineligible ForRule(AssignmentRule rule, Circle circle, Candidate candidate)
    {
        var user = candidate.Profile;
        // A tray is no ownership: caps do not stand in a director's way.
        var standing = rule.Method == AssignmentMethod.Manual ? Presence(user) : Standing(user);
        return standing != Ineligible.No ? standing
            : Speciality(rule.Require, candidate) is var speciality and not Ineligible.No ? speciality
            : rule.Method == AssignmentMethod.Weighted && Weight(rule, user) <= 0 ? Ineligible.NoShare
            : rule.Method == AssignmentMethod.ByPerformance && !IsAmongBest(rule, circle, candidate) ? Ineligible.NotAmongBest
            : rule.Require.WithinWorkingHours && !calendar.IsWithin(user, now) ? Ineligible.OutsideHours
            : Ineligible.No;
    }

    /// <summary>The weight of a user in a weighted rule.</summary>
    public static int Weight(AssignmentRule rule, Representative user) => rule.Weights.TryGetValue(user.Id, out var own) ? own : user.Weight;

    private Ineligible Presence(Representative? user)
    {
        switch (user?.Status)
        {
            case null or PersonStatus.Departed: return Ineligible.Inactive;
            case PersonStatus.Away: return Ineligible.Away;
        }

        for (var i = 0; i < user.Leave.Count; i++)
        {
            if (_today >= user.Leave[i].From && _today <= user.Leave[i].To)
            {
                return Ineligible.OnLeave;
            }
        }

        return Ineligible.No;
    }

    private Ineligible Capacity(Representative user)
    {
        var load = board.LoadOf(user.Id);
        return load.TakenToday >= user.DailyIntakeCap ? Ineligible.DailyCap
            : load.Holding >= user.HoldingCap ? Ineligible.HoldingCap
            : Ineligible.No;
    }

    private Ineligible Speciality(EligibilitySwitches require, Candidate candidate)
    {
        var (user, facts) = (candidate.Profile, lead.Facts);
        return require.NotEarlierOwner && lead.EarlierOwners.Contains(user.Id) ? Ineligible.EarlierOwner
            : require.MatchIndustry && facts.Company.Industry is { Length: > 0 } industry && !Knows(user.Industries, industry) ? Ineligible.Industry
            : require.MatchRegion && candidate.Nearness(facts.Region) == 0 ? Ineligible.Region
            : require.MatchProduct && facts.Products.Count > 0 && !KnowsAny(user.Products, facts.Products) ? Ineligible.Product
            : require.MatchSize && facts.Company.Size is { } size && user.Sizes.Count > 0 && !user.Sizes.Contains(size) ? Ineligible.Size
            : Ineligible.No;
    }

    private static bool KnowsAny(IReadOnlyList<string> known, IReadOnlyList<string> asked)
    {
        for (var i = 0; i < asked.Count; i++)
        {
            if (Knows(known, asked[i]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Knows(IReadOnlyList<string> known, string asked)
    {
        for (var i = 0; i < known.Count; i++)
        {
            if (Condition.Names(known[i], asked))
            {
                return true;
            }
        }

        return known.Count == 0;
    }

    private static bool IsAmongBest(AssignmentRule rule, Circle circle, Candidate candidate) =>
        rule.Performance.BestOnly is not { } most || Array.IndexOf(circle.ByConversion, candidate) < most;
}
