using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>
/// What the database adds up of facts itself: steps of a cohort, where no product is filtered, as it does not look into lists of products; told apart by them it adds up
/// what has the same list. It says what the cube of the question says.
/// </summary>
internal static class FactSums
{
    /// <summary>Whether it can answer.</summary>
    public static bool Can(CellQuestion q) => q is { Measure: CubeMeasure.Steps, Basis: FunnelBasis.Cohort, Only: null, Filter.Products.Count: 0 };

    /// <summary>Answers.</summary>
    public static async IAsyncEnumerable<CellAnswer> Of(GranaryDb db, CellQuestion q)
    {
        var facts = q.Filter.Of(db.Set<LeadFact>().AsNoTracking()).Where(f => f.ReceivedOn >= q.From && f.ReceivedOn <= q.To);
        var (byOwner, over) = (q.ByOwner, q.Over != CubeGrain.None);
        var keyed = Keyed(facts, q.By);
        var sums = keyed.GroupBy(k => new { OwnerId = byOwner ? k.Fact.OwnerId : (Guid?)null, Day = over ? k.Fact.ReceivedOn : (DateOnly?)null, k.Channel, k.Text }).Select(g => new
        {
            g.Key.OwnerId,
            g.Key.Day,
            g.Key.Channel,
            g.Key.Text,
            N1 = g.LongCount(),
            N2 = g.Sum(k => k.Fact.MqlOn != null ? 1L : 0L),
            N3 = g.Sum(k => k.Fact.SqlOn != null ? 1L : 0L),
            N4 = g.Sum(k => k.Fact.OpportunityOn != null ? 1L : 0L),
            N5 = g.Sum(k => k.Fact.WonOn != null ? 1L : 0L),
            N6 = g.Sum(k => k.Fact.PaidOn != null ? 1L : 0L),
            M1 = g.Sum(k => (long)(object)k.Fact.Amount),
            M2 = g.Sum(k => (long)(object)k.Fact.WonAmount),
            M3 = g.Sum(k => (long)(object)k.Fact.PaidAmount),
        });
        await foreach (var s in sums.AsAsyncEnumerable())
        {
            var (owner, period) = (s.OwnerId ?? ReportSheet.Everybody, s.Day is { } day ? ReadCells.Bucket(q, day) : 0);
            foreach (var key in Keys(q.By, s.Channel, s.Text))
            {
                yield return new CellAnswer(owner, period, key, new(s.N1, s.N2, s.N3, s.N4, s.N5, s.N6, s.M1, s.M2, s.M3));
            }
        }
    }

    // A lead with several products counts with each.
    private static IEnumerable<string> Keys(Dimension by, Guid? channel, string? text) => by != Dimension.Product ? [new LeadKey(by, channel ?? default, text ?? "").Key]
        : Json.Read<List<string>>(text!) is { Count: > 0 } products ? products.Distinct(StringComparer.Ordinal) : [""];

    private static IQueryable<KeyedFact> Keyed(IQueryable<LeadFact> facts, Dimension by) => by switch
    {
        Dimension.Channel => facts.Select(f => new KeyedFact { Fact = f, Channel = f.ChannelId, Text = null }),
        Dimension.Campaign => facts.Select(f => new KeyedFact { Fact = f, Channel = null, Text = f.Campaign }),
        Dimension.Keyword => facts.Select(f => new KeyedFact { Fact = f, Channel = f.ChannelId, Text = f.Keyword }),
        Dimension.Content => facts.Select(f => new KeyedFact { Fact = f, Channel = f.ChannelId, Text = f.Content }),
        Dimension.Industry => facts.Select(f => new KeyedFact { Fact = f, Channel = null, Text = f.Industry }),
        Dimension.Region => facts.Select(f => new KeyedFact { Fact = f, Channel = null, Text = f.Region }),
        Dimension.Product => facts.Select(f => new KeyedFact { Fact = f, Channel = null, Text = (string)(object)f.Products }),
        _ => facts.Select(f => new KeyedFact { Fact = f, Channel = null, Text = null }),
    };

    private sealed class KeyedFact
    {
        public required LeadFact Fact { get; init; }

        public required Guid? Channel { get; init; }

        public required string? Text { get; init; }
    }
}
