using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Analytics;

namespace Granary.Domain.Tests.Analytics;

public sealed class RetrospectiveTests
{
    [Fact]
    public void Of_320_valid_leads_24_won_is_a_conversion_of_7_5_per_cent() => Assert.Equal(0.075m, new Retrospective(500, 320, 60, 8, 24, 0, 0, []).Conversion);

    [Fact]
    public void Without_valid_leads_there_is_no_conversion_and_without_signed_ones_no_cycle()
    {
        var nothing = new Retrospective(3, 0, 0, 0, 0, 0, 0, []);

        Assert.Equal((null, null), (nothing.Conversion, nothing.AverageCycleDays));
    }

    [Fact]
    public void The_cycle_is_the_mean_of_the_days() => Assert.Equal(31.5, new Retrospective(0, 0, 0, 0, 2, 2, 63, []).AverageCycleDays);

    [Fact]
    public void Three_reasons_alike_share_as_33_4_33_3_33_3() =>
        Assert.Equal([("noBudget", 334), ("price", 333), ("timing", 333)], Retrospective.Shares(new Dictionary<string, long> { ["timing"] = 1, ["price"] = 1, ["noBudget"] = 1, ["other"] = 0 }).Select(s => (s.Reason, s.Permille)));

    [Fact]
    public void Shares_are_one_thousand_together_and_none_strays_by_one() => Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<uint>>(), counts =>
    {
        long[] all = [.. counts.Get.Select(c => (long)c)];
        var shares = WholeShares.Permille(all);
        var whole = all.Sum();
        return whole == 0 ? shares.Sum() == 0 : shares.Sum() == 1000 && all.Index().All(c => Math.Abs(shares[c.Index] - (c.Item * 1000d / whole)) < 1);
    }).Check(Run.Property);
}
