using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Assignment;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class RoundRobinTests
{
    private static readonly AssignmentRule EachInTurn = Rule(AssignmentMethod.RoundRobin);

    [Fact]
    public void Each_gets_a_lead_in_turn() => Assert.Equal("张李王张李王张", new Office(EachInTurn, Zhang, Li, Wang).Names(7));

    [Fact]
    public void Who_is_full_is_passed_over() =>
        Assert.Equal("张李王张王张王", new Office(EachInTurn, Zhang, Li with { DailyIntakeCap = 1 }, Wang).Names(7));

    [Fact]
    public void Rotation_goes_on_where_it_was_stored()
    {
        var office = new Office(EachInTurn, Zhang, Li, Wang);
        Assert.Equal("张李", office.Names(2));

        var stored = Assert.Single(office.Board.ChangedRotations);
        office.Board = new AssignmentBoard();
        office.Board.Load(new Rotation(stored.RuleId, stored.Turns));

        Assert.Equal("王张李", office.Names(3));
    }

    [Fact]
    public void Who_was_away_is_served_once_and_gets_no_arrears()
    {
        var office = new Office(EachInTurn, Zhang, Li, Wang);
        office.Names(3);
        var without = new Office(EachInTurn, Zhang, Li) { Board = office.Board };
        without.Names(10);

        Assert.Equal("王张李王张李", office.Names(6));
    }

    [Fact]
    public void Leads_of_two_regions_in_alternation_starve_nobody()
    {
        var rule = EachInTurn with { Require = new() { MatchRegion = true } };
        var office = new Office(rule, Zhang with { Regions = ["江苏/苏州"] }, Li with { Regions = ["江苏/苏州"] }, Wang with { Regions = ["江苏/南京"] });

        var names = string.Concat(Enumerable.Range(0, 4).Select(_ => office.Names(1, From("苏州")) + office.Names(1, From("南京"))));

        Assert.Equal("张王李王张王李王", names);
    }

    [Fact]
    public void Those_eligible_for_the_same_leads_never_differ_by_more_than_one() => Prop.ForAll(Patterns, pattern =>
    {
        var rotation = new Rotation("rule", new Dictionary<Guid, Turn>());
        var served = new int[6];
        foreach (var others in pattern)
        {
            // 1 and 2 can always; 3 and 4 come and go together; 5 on its own.
            Guid[] eligible = [Id(1), Id(2), .. (others & 1) != 0 ? [Id(3), Id(4)] : Array.Empty<Guid>(), .. (others & 2) != 0 ? [Id(5)] : Array.Empty<Guid>()];
            var chosen = eligible[rotation.TakeTurn(eligible)];
            served[Array.FindIndex(Enumerable.Range(0, 6).ToArray(), n => Id(n) == chosen)]++;

            Assert.InRange(served[1] - served[2], -1, 1);
            Assert.InRange(served[3] - served[4], -1, 1);
        }
    }).Check(Run.Property);

    private static Arbitrary<int[]> Patterns => Gen.Choose(0, 3).ArrayOf(200).ToArbitrary();
}
