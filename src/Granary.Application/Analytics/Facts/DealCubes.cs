using Granary.Domain.Analytics;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which touches of an opportunity count, and how a U shares (§15.3).</summary>
/// <param name="Days">How many days back.</param>
/// <param name="Kinds">Which kinds; null counts all.</param>
/// <param name="Shares">Shares of a U.</param>
public sealed record TouchRule(int Days, IReadOnlyList<string>? Kinds, PositionShares Shares)
{
    /// <summary>Stands as a kind for the entry of a lead.</summary>
    public const string Entry = "entry";

    /// <summary>What holds where nothing is chosen, and what rollups keep.</summary>
    public static TouchRule Usual { get; } = new(Attribution.UsualDays, null, PositionShares.BuiltIn);

    /// <summary>The touches that count of an opportunity, the earliest first.</summary>
    public List<PathTouch> Touches(DealFact deal, bool won)
    {
        var counted = won ? deal.WonAt!.Value : deal.CreatedAt;
        return TouchPath.Read(deal.Path).FindAll(t => Attribution.InWindow(t.At, counted, Days) && Kinds?.Contains(t.Kind == TouchPath.Entry ? Entry : WireName.Of((TouchKind)t.Kind)) != false);
    }
}

/// <summary>A rollup of opportunities, as <see cref="LeadCube"/> is one of leads.</summary>
/// <param name="Number">Its number in the table; never reused.</param>
/// <param name="Of">What an opportunity contributes.</param>
public sealed record DealCube(int Number, Func<DealFact, IEnumerable<Contribution>> Of);

/// <summary>Cubes of opportunities: what is credited to which source, and what is attributed to which touches, of what was won or made.</summary>
public static class DealCubes
{
    /// <summary>Key of all opportunities, and of those without a touch; keys of sources begin with <see cref="Source"/>.</summary>
    public const string Whole = "*", Unattributed = "-";

    /// <summary>Stands before the channel or campaign in a key.</summary>
    public const char Source = '=';

    private static readonly AttributionModel[] Models = [AttributionModel.First, AttributionModel.Last, AttributionModel.Linear, AttributionModel.U];

    /// <summary>All cubes.</summary>
    public static IReadOnlyList<DealCube> All { get; } =
    [
        .. from won in new[] { true, false }
           from dimension in new[] { Dimension.Channel, Dimension.Campaign }
           from attributed in new[] { true, false }
           select new DealCube(
               Number(attributed, won, dimension), attributed ? d => Attributed(d, won, dimension, TouchRule.Usual) : d => Credited(d, won, dimension)),
    ];

    /// <summary>The number of a cube.</summary>
    public static int Number(bool attributed, bool won, Dimension dimension) => (attributed ? 700 : 750) + (won ? 10 : 20) + (int)dimension;

    /// <summary>The money that counts of an opportunity.</summary>
    public static decimal Money(DealFact deal, bool won) => won ? deal.WonAmount : deal.Amount;

    /// <summary>The channel or campaign of a touch as it stands in a key.</summary>
    public static string KeyOf(PathTouch touch, Dimension dimension) => dimension == Dimension.Channel ? touch.ChannelId?.ToString("N") ?? "" : touch.Campaign ?? "";

    /// <summary>The channel or campaign to which an opportunity is credited.</summary>
    public static string KeyOf(DealFact deal, Dimension dimension) => dimension == Dimension.Channel ? deal.CreditChannelId?.ToString("N") ?? "" : deal.CreditCampaign ?? "";

    /// <summary>What a model gave to a key.</summary>
    public static decimal Amount(CellValues values, AttributionModel model) => model switch { AttributionModel.First => values.N3, AttributionModel.Last => values.N4, AttributionModel.Linear => values.N5, _ => values.N6 } / 100m;

    /// <summary>What an opportunity contributes to where it is credited: one, and its money.</summary>
    public static IEnumerable<Contribution> Credited(DealFact deal, bool won, Dimension dimension)
    {
        if ((won ? deal.WonOn : deal.CreatedOn) is { } day)
        {
            yield return new(day, KeyOf(deal, dimension), new(1, M1: Cents(Money(deal, won))));
        }
    }

    /// <summary>
    /// What it contributes to its touches: to each channel or campaign one opportunity, how many touches, and what each model gives; to the whole, and to what is
    /// without a touch, one, its touches and its money.
    /// </summary>
    public static IEnumerable<Contribution> Attributed(DealFact deal, bool won, Dimension dimension, TouchRule rule)
    {
        if ((won ? deal.WonOn : deal.CreatedOn) is not { } day)
        {
            yield break;
        }

        var (touches, money) = (rule.Touches(deal, won), Money(deal, won));
        yield return new(day, Whole, new(1, touches.Count, M1: Cents(money)));
        if (touches.Count == 0)
        {
            yield return new(day, Unattributed, new(1, M1: Cents(money)));
            yield break;
        }

        var parts = Array.ConvertAll(Models, m => Attribution.Split(money, touches.Count, m, rule.Shares));
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (var i = 0; i < touches.Count; i++)
        {
            var key = KeyOf(touches[i], dimension);
            yield return new(day, Source + key, new(seen.Add(key) ? 1 : 0, 1, Cents(parts[0][i]), Cents(parts[1][i]), Cents(parts[2][i]), Cents(parts[3][i])));
        }
    }

    private static long Cents(decimal money) => (long)(money * 100);
}
