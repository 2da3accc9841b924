using System.Globalization;

namespace Granary.Web.Localisation;

/// <summary>Numbers as people of the current language read them.</summary>
public static class Figures
{
    /// <summary>Lists are counted exactly up to here.</summary>
    public const int CountedUpTo = 10_000;

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>Thousands separated, without decimals.</summary>
    public static string Count(long n) => n.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>The exact count up to 10,000, then "10,000+".</summary>
    public static string Total(long n) => n > CountedUpTo ? Count(CountedUpTo) + "+" : Count(n);

    /// <summary>A share between 0 and 1 as a percentage with one decimal at most.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.CurrentCulture) + "%";

    /// <summary>A day, short.</summary>
    public static string Day(DateOnly day) => day.ToString("d", CultureInfo.CurrentCulture);

    /// <summary>Money in full: two decimals only where there are any.</summary>
    public static string Money(decimal amount, string currency = "CNY") =>
        Sign(amount) + Symbol(currency) + Math.Abs(amount).ToString(amount == decimal.Truncate(amount) ? "N0" : "N2", CultureInfo.CurrentCulture);

    /// <summary>Large money in short: 万 and 亿 in Chinese, K, M and B in English; two decimals at most.</summary>
    public static string ShortMoney(decimal amount, string currency = "CNY") => Sign(amount) + Symbol(currency) + Short(Math.Abs(amount));

    /// <summary>A large number in short, without a currency.</summary>
    public static string Short(decimal n)
    {
        ReadOnlySpan<(decimal From, string Unit)> units = Chinese
            ? [(100_000_000m, " 亿"), (10_000m, " 万")]
            : [(1_000_000_000m, "B"), (1_000_000m, "M"), (10_000m, "K")];
        foreach (var (from, unit) in units)
        {
            if (Math.Abs(n) >= from)
            {
                return (n / (unit == "K" ? 1_000m : from)).ToString("#,0.##", CultureInfo.CurrentCulture) + unit;
            }
        }

        return n.ToString("#,0.##", CultureInfo.CurrentCulture);
    }

    private static string Sign(decimal amount) => amount < 0 ? "−" : "";

    private static string Symbol(string currency) => currency switch
    {
        "CNY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "HKD" => "HK$",
        _ => currency + " ",
    };
}
