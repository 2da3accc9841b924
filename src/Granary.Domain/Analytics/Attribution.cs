using Granary.Domain.Policies;

namespace Granary.Domain.Analytics;

/// <summary>How an amount is shared among the touches that led to it (§15.3).</summary>
public enum AttributionModel
{
    /// <summary>All to the first.</summary>
    First = 1,

    /// <summary>All to the last.</summary>
    Last = 2,

    /// <summary>The same to each.</summary>
    Linear = 3,

    /// <summary>A share to the first, one to the last, the rest to those between.</summary>
    U = 4,
}

/// <summary>The shares of a U in percent, at most two decimals each; they add up to 100.</summary>
/// <param name="First">Of the first touch, 0 to 100.</param>
/// <param name="Middle">Of all touches between, together, 0 to 100.</param>
/// <param name="Last">Of the last touch, 0 to 100.</param>
public sealed record PositionShares(decimal First, decimal Middle, decimal Last)
{
    /// <summary>40 / 20 / 40 (§15.3).</summary>
    public static PositionShares BuiltIn { get; } = new(40, 20, 40);

    /// <summary>What is wrong with them: <c>out_of_range</c> of one, or <c>shares_not_100</c> of all.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        (string Field, decimal Value)[] all = [("shares[0]", First), ("shares[1]", Middle), ("shares[2]", Last)];
        FieldError[] errors = [.. all.Where(s => s.Value is < 0 or > 100 || decimal.Round(s.Value, 2) != s.Value).Select(s => new FieldError(s.Field, "out_of_range", "100"))];
        return errors.Length > 0 ? errors : First + Middle + Last == 100 ? [] : [new FieldError("shares", "shares_not_100")];
    }
}

/// <summary>Shares amounts among touches, to the cent (§15.3).</summary>
public static class Attribution
{
    /// <summary>Longest window in days.</summary>
    public const int MostDays = 3650;

    /// <summary>The window where none is asked for, in days.</summary>
    public const int UsualDays = 90;

    /// <summary>Whether a touch lies in the window: not after the instant that counts, and at most so many days of 24 hours before it.</summary>
    /// <param name="touch">When the touch was.</param>
    /// <param name="counted">When the opportunity was made, or won.</param>
    /// <param name="days">The window in days.</param>
    public static bool InWindow(DateTimeOffset touch, DateTimeOffset counted, int days) => touch <= counted && counted - touch <= TimeSpan.FromDays(days);

    /// <summary>
    /// What each touch gets, the earliest first. The parts add up to the amount exactly: what rounding leaves goes to the largest
    /// remainders, among equals to the earlier touch. A negative amount, as a refund, is the mirror of the positive one, so that both
    /// cancel to nothing in every cell.
    /// </summary>
    /// <param name="amount">The amount, at most two decimals.</param>
    /// <param name="touches">How many touches, from 1.</param>
    /// <param name="model">The model.</param>
    /// <param name="shares">Shares of a U; 40/20/40 when left out. One touch gets all; two share by first to last, equally where both are 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">No touch, more than two decimals, or shares that do not add up.</exception>
    public static decimal[] Split(decimal amount, int touches, AttributionModel model, PositionShares? shares = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(touches, 1);
        var cents = amount * 100;
        if (cents != decimal.Truncate(cents))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, "Money has at most two decimals.");
        }

        var weights = Weights(touches, model, shares ?? PositionShares.BuiltIn);
        var whole = LargestRemainder((long)Math.Abs(cents), weights);
        return [.. whole.Select(c => (amount < 0 ? -c : c) / 100m)];
    }

    /// <summary>Whole weights in proportion to what each touch gets.</summary>
    private static long[] Weights(int touches, AttributionModel model, PositionShares shares)
    {
        if (shares.Validate().Count > 0)
        {
            throw new ArgumentOutOfRangeException(nameof(shares), shares, "Shares add up to 100.");
        }

        var weights = new long[touches];
        switch (model)
        {
            case AttributionModel.First:
                weights[0] = 1;
                break;
            case AttributionModel.Last:
                weights[^1] = 1;
                break;
            case AttributionModel.U when touches == 2 && shares.First + shares.Last > 0:
                (weights[0], weights[1]) = (Hundredths(shares.First), Hundredths(shares.Last));
                break;
            case AttributionModel.U when touches > 2:
                Array.Fill(weights, Hundredths(shares.Middle));
                (weights[0], weights[^1]) = (Hundredths(shares.First) * (touches - 2), Hundredths(shares.Last) * (touches - 2));
                break;
            default:
                Array.Fill(weights, 1);
                break;
        }

        return weights;
    }

    private static long Hundredths(decimal percent) => (long)(percent * 100);

    /// <summary>Shares whole units by weights: first what divides, then one each to the largest remainders, the earlier first.</summary>
    private static long[] LargestRemainder(long units, long[] weights)
    {
        Int128 total = weights.Aggregate(Int128.Zero, (sum, w) => sum + w);
        var parts = new long[weights.Length];
        var rests = new Int128[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var (quotient, rest) = Int128.DivRem((Int128)units * weights[i], total);
            (parts[i], rests[i]) = ((long)quotient, rest);
        }

        var left = (int)(units - parts.Sum());
        for (; left > 0; left--)
        {
            var largest = 0;
            for (var i = 1; i < rests.Length; i++)
            {
                largest = rests[i] > rests[largest] ? i : largest;
            }

            (parts[largest], rests[largest]) = (parts[largest] + 1, -1);
        }

        return parts;
    }
}
