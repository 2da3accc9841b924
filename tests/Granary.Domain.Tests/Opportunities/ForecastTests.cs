using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class ForecastTests
{
    private static readonly Arbitrary<ForecastLine[]> Lines =
        (from cents in Gen.Choose(0, 2_000_000_000)
         from grade in Gen.Elements(Enum.GetValues<InquiryGrade>())
         select new ForecastLine(cents / 100m, grade)).ArrayOf().ToArbitrary();

    [Fact]
    public void Each_grade_counts_at_its_rate()
    {
        var sum = Forecast.Of(Enum.GetValues<InquiryGrade>().Select(g => new ForecastLine(1_000_000m, g)), ForecastRates.BuiltIn);

        Assert.Equal(new ForecastSum(6, 6_000_000m, 2_800_000m), sum);
    }

    [Fact]
    public void Cents_are_rounded_once_at_the_end()
    {
        // Three times 0.003 would be nothing when each were rounded by itself.
        var sum = Forecast.Of(Enumerable.Repeat(new ForecastLine(0.01m, InquiryGrade.C), 3), ForecastRates.BuiltIn);

        Assert.Equal(0.01m, sum.Weighted);
    }

    [Fact]
    public void The_sum_does_not_depend_on_the_order() => Prop.ForAll(Lines, lines =>
        Forecast.Of(lines, ForecastRates.BuiltIn) == Forecast.Of(lines.Reverse(), ForecastRates.BuiltIn)).Check(Run.Property);

    [Fact]
    public void Groups_add_up_to_the_total_to_the_cent() => Prop.ForAll(Lines, Gen.Choose(1, 7).ToArbitrary(), (lines, groups) =>
    {
        var byGroup = lines.Select((line, i) => (line, i)).GroupBy(x => x.i % groups).ToDictionary(g => g.Key, g => (IReadOnlyList<ForecastLine>)[.. g.Select(x => x.line)]);
        var shown = Forecast.Apportion(byGroup, ForecastRates.BuiltIn);

        return shown.Values.Sum() == Forecast.Of(lines, ForecastRates.BuiltIn).Weighted
            && byGroup.All(g => Math.Abs(shown[g.Key] - Forecast.Of(g.Value, ForecastRates.BuiltIn).Weighted) <= 0.01m);
    }).Check(Run.Property);

    [Fact]
    public void Rates_out_of_range_or_rising_are_refused()
    {
        var errors = new ForecastRates { A = 101, B = 60.001m, C = 70, D = -1 }.Validate();

        Assert.Equal([("rates.a", "out_of_range"), ("rates.d", "out_of_range"), ("rates.b", "too_precise"), ("rates.c", "not_descending")], errors.Select(e => (e.Field, e.Code)));
    }
}
