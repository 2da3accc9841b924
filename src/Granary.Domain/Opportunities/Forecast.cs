using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>Rates of the weighted forecast by inquiry grade, in percent (§13).</summary>
public sealed record ForecastRates
{
    /// <summary>The built-in rates: S 100, A 80, B 60, C 30, D 10, F 0; E is not counted.</summary>
    public static ForecastRates BuiltIn { get; } = new();

    /// <summary>A, 0 to 100.</summary>
    public decimal A { get; init; } = 80;

    /// <summary>B, 0 to 100.</summary>
    public decimal B { get; init; } = 60;

    /// <summary>C, 0 to 100.</summary>
    public decimal C { get; init; } = 30;

    /// <summary>D, 0 to 100.</summary>
    public decimal D { get; init; } = 10;

    /// <summary>The rate of a grade; null for E, which is not counted.</summary>
    public decimal? Of(InquiryGrade grade) => grade switch
    {
        InquiryGrade.S => 100,
        InquiryGrade.A => A,
        InquiryGrade.B => B,
        InquiryGrade.C => C,
        InquiryGrade.D => D,
        InquiryGrade.F => 0,
        _ => null,
    };

    /// <summary><c>out_of_range</c> for a rate outside 0 to 100, <c>not_descending</c> where a lower grade counts more, <c>too_precise</c> beyond two decimals.</summary>
    public IReadOnlyList<FieldError> Validate(string path = "rates")
    {
        (string Name, decimal Rate)[] rates = [("a", A), ("b", B), ("c", C), ("d", D)];
        return
        [
            .. rates.Where(r => r.Rate is < 0 or > 100).Select(r => new FieldError($"{path}.{r.Name}", "out_of_range", "0–100")),
            .. rates.Where(r => decimal.Round(r.Rate, 2) != r.Rate).Select(r => new FieldError($"{path}.{r.Name}", "too_precise", "2")),
            .. rates.Skip(1).Where((r, i) => r.Rate > rates[i].Rate).Select(r => new FieldError($"{path}.{r.Name}", "not_descending")),
        ];
    }
}

/// <summary>One opportunity as the forecast sees it.</summary>
/// <param name="Amount">Amount in the organisation's currency.</param>
/// <param name="Grade">Inquiry grade.</param>
public readonly record struct ForecastLine(decimal Amount, InquiryGrade Grade);

/// <summary>The sums of a group of opportunities.</summary>
/// <param name="Count">Opportunities that count.</param>
/// <param name="Amount">Their amounts.</param>
/// <param name="Weighted">Σ amount × rate, to the cent.</param>
public readonly record struct ForecastSum(int Count, decimal Amount, decimal Weighted);

/// <summary>The weighted forecast (§13): Σ amount × rate.</summary>
public static class Forecast
{
    /// <summary>
    /// Sums a group. Products are added unrounded and the sum is rounded once, half away from zero, so that it is exact to the cent
    /// whatever the order. Grade E does not count.
    /// </summary>
    public static ForecastSum Of(IEnumerable<ForecastLine> lines, ForecastRates rates)
    {
        var (count, amount, weighted) = (0, 0m, 0m);
        foreach (var line in lines)
        {
            if (rates.Of(line.Grade) is { } rate)
            {
                count++;
                amount += line.Amount;
                weighted += line.Amount * rate;
            }
        }

        return new ForecastSum(count, amount, Cents(weighted / 100));
    }

    /// <summary>
    /// Sums groups so that they add up: each is rounded down to the cent, and the cents that are missing to the rounded sum of all go to
    /// the groups that lost most. Columns of a table and its total then agree.
    /// </summary>
    /// <param name="amounts">Amount by group and grade.</param>
    /// <param name="rates">The rates.</param>
    public static IReadOnlyDictionary<T, decimal> Apportion<T>(IReadOnlyDictionary<T, IReadOnlyList<ForecastLine>> amounts, ForecastRates rates)
        where T : notnull
    {
        var exact = amounts.ToDictionary(g => g.Key, g => g.Value.Sum(l => l.Amount * (rates.Of(l.Grade) ?? 0)) / 100);
        var shown = exact.ToDictionary(g => g.Key, g => decimal.Floor(g.Value * 100) / 100);
        var missing = (int)((Cents(exact.Values.Sum()) - shown.Values.Sum()) * 100);
        foreach (var key in exact.OrderByDescending(g => g.Value - shown[g.Key]).Take(missing).Select(g => g.Key).ToList())
        {
            shown[key] += 0.01m;
        }

        return shown;
    }

    private static decimal Cents(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero);
}
