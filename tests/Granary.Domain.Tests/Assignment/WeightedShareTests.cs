using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class WeightedShareTests
{
    private static readonly AssignmentRule ByWeight = Rule(AssignmentMethod.Weighted);

    private static readonly Arbitrary<int[]> Weights = (
        from count in Gen.Choose(1, 30)
        from weights in Gen.OneOf(Gen.Choose(1, 10), Gen.Choose(1, 1_000)).ArrayOf(count)
        select weights).ToArbitrary();

    [Fact]
    public void Weights_5_3_2_over_10_leads_give_5_3_2_and_no_prefix_deviates_by_one()
    {
        var office = new Office(ByWeight, Zhang with { Weight = 5 }, Li with { Weight = 3 }, Wang with { Weight = 2 });

        var names = office.Names(10);

        Assert.Equal((5, 3, 2), (names.Count(c => c == '张'), names.Count(c => c == '李'), names.Count(c => c == '王')));
        Assert.Equal("张李张王张李张王张李", names);
        AssertFair([5, 3, 2], [.. names.Select(c => "张李王".IndexOf(c))]);
    }

    [Fact]
    public void Everybody_is_less_than_one_lead_from_the_exact_share_at_every_prefix() => Prop.ForAll(Weights, weights =>
        AssertFair(weights, Sequence(weights, Math.Min(2 * weights.Sum(), 400)))).Check(Run.Property);

    [Fact]
    public void Where_the_greatest_current_weight_would_deviate_by_more_than_one_the_law_still_holds()
    {
        int[] weights = [10, 10, 10, .. Enumerable.Repeat(1, 20)];

        AssertFair(weights, Sequence(weights, 1_000));
    }

    [Fact]
    public void Law_still_holds_after_a_hundred_thousand_leads()
    {
        int[] weights = [7, 3, 11, 13, 1, 64];

        AssertFair(weights, Sequence(weights, 100_000));
    }

    [Fact]
    public void Who_comes_and_goes_neither_loses_nor_gains() => Prop.ForAll(Gen.Choose(0, 7).ArrayOf(300).ToArbitrary(), presence =>
    {
        int[] weights = [5, 3, 2, 1];
        var rotation = new Rotation("rule", new Dictionary<Guid, Turn>());
        var (served, due) = (new double[4], new double[4]);
        foreach (var present in presence)
        {
            int[] here = [0, .. Enumerable.Range(1, 3).Where(n => (present & (1 << (n - 1))) != 0)];
            var total = here.Sum(n => weights[n]);
            foreach (var n in here)
            {
                due[n] += (double)weights[n] / total;
            }

            served[here[rotation.TakeShare([.. here.Select(Id)], [.. here.Select(n => weights[n])])]]++;
            Assert.All(Enumerable.Range(0, 4), n => Assert.InRange(served[n] - due[n], -2, 2));
        }
    }).Check(Run.Property);

    [Fact]
    public void Weights_of_the_rule_stand_in_for_those_of_the_profiles()
    {
        var office = new Office(ByWeight with { Weights = new Dictionary<Guid, int> { [Li.Id] = 3 } }, Zhang, Li);

        Assert.Equal(6, office.Names(8).Count(c => c == '李'));
    }

    [Fact]
    public void Weight_zero_gets_nothing()
    {
        var office = new Office(ByWeight, Zhang with { Weight = 0 }, Li);

        Assert.Equal("李李李", office.Names(3));
        Assert.Equal(Ineligible.NoShare, office.VerdictOn(Zhang));
    }

    [Fact]
    public void Shares_go_on_where_they_were_stored()
    {
        Representative[] people = [Zhang with { Weight = 5 }, Li with { Weight = 3 }, Wang with { Weight = 2 }];
        var names = "";
        var board = new AssignmentBoard();
        for (var i = 0; i < 10; i++)
        {
            names += new Office(ByWeight, people) { Board = board }.Names(1);
            var stored = Assert.Single(board.ChangedRotations);
            board = new AssignmentBoard();
            board.Load(new Rotation(stored.RuleId, stored.Turns));
        }

        Assert.Equal(new Office(ByWeight, people).Names(10), names);
    }

    private static int[] Sequence(int[] weights, int leads)
    {
        var rotation = new Rotation("rule", new Dictionary<Guid, Turn>());
        Guid[] everybody = [.. Enumerable.Range(0, weights.Length).Select(Id)];
        return [.. Enumerable.Range(0, leads).Select(_ => rotation.TakeShare(everybody, weights))];
    }

    /// <summary>In whole numbers: |served × total − weight × leads| &lt; total for everybody after every lead.</summary>
    private static void AssertFair(int[] weights, int[] sequence)
    {
        var (total, served) = ((long)weights.Sum(), new long[weights.Length]);
        for (var lead = 1; lead <= sequence.Length; lead++)
        {
            served[sequence[lead - 1]]++;
            for (var i = 0; i < weights.Length; i++)
            {
                var deviation = Math.Abs((served[i] * total) - (weights[i] * (long)lead));
                if (deviation >= total)
                {
                    Assert.Fail($"After {lead} leads number {i} of [{string.Join(':', weights)}] has {served[i]}.");
                }
            }
        }
    }
}
