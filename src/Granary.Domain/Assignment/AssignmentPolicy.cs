using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Assignment;

/// <summary>The ordered rules of assignment (§8). The first rule that finds a recipient wins.</summary>
public sealed partial record AssignmentPolicy
{
    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<AssignmentRule> Rules { get; init; } = [];

    /// <summary>Key of the pool that takes what no rule could give.</summary>
    public string FallbackPool { get; init; } = PoolKeys.Sdr;

    /// <summary>Minutes after which an unassigned lead is tried again, 1 to 1,440.</summary>
    public int RetryMinutes { get; init; } = 10;

    /// <summary>
    /// What a new organisation begins with: mature leads of high priority to the nearest senior representatives, first those
    /// at work; other mature leads to the nearest representatives by weight, or to SDR while there are none; the rest is
    /// nurtured (§6.3).
    /// </summary>
    public static AssignmentPolicy BuiltIn { get; } = new()
    {
        Rules =
        [
            new()
            {
                Id = "high_at_work",
                Name = "high_at_work",
                When = [Mature, HighPriority],
                Target = Representatives,
                Method = AssignmentMethod.ByTier,
                Require = new() { MatchRegion = true, NotEarlierOwner = true, WithinWorkingHours = true },
            },
            new()
            {
                Id = "high",
                Name = "high",
                When = [Mature, HighPriority],
                Target = Representatives,
                Method = AssignmentMethod.ByTier,
                Require = new() { MatchRegion = true, NotEarlierOwner = true },
            },
            new()
            {
                Id = "mature",
                Name = "mature",
                When = [Mature],
                Target = Representatives,
                Method = AssignmentMethod.Weighted,
                Require = new() { MatchRegion = true, NotEarlierOwner = true },
            },
            new()
            {
                Id = "mature_to_sdr",
                Name = "mature_to_sdr",
                When = [Mature],
                Target = AssignmentTarget.OfRole(BuiltInRoles.Sdr),
                Method = AssignmentMethod.RoundRobin,
                Require = new() { NotEarlierOwner = true },
            },
            new()
            {
                Id = "immature",
                Name = "immature",
                When = [new("mature", Comparison.AnyOf, ["no"])],
                Target = AssignmentTarget.OfPool(PoolKeys.Nurture),
            },
        ],
    };

    private static Condition Mature => new("mature", Comparison.AnyOf, ["yes"]);

    private static Condition HighPriority => new("priority", Comparison.AnyOf, ["high"]);

    private static AssignmentTarget Representatives => AssignmentTarget.OfRole(BuiltInRoles.SalesRepresentative);
}
