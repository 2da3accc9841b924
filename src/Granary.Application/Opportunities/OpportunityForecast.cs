using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>What a forecast is grouped by.</summary>
public enum ForecastBy
{
    /// <summary>Month in which it is expected.</summary>
    Month,

    /// <summary>Owner.</summary>
    Owner,

    /// <summary>Product line.</summary>
    Product,

    /// <summary>Inquiry grade.</summary>
    Grade,
}

/// <summary>A group of the forecast.</summary>
/// <param name="Key">Month as yyyy-MM, id of the owner, product line or grade; null of what has none.</param>
/// <param name="Count">Opportunities that count.</param>
/// <param name="Amount">Their amounts.</param>
/// <param name="Weighted">Σ amount × rate; the groups add up to the total.</param>
public sealed record ForecastGroup(string? Key, int Count, decimal Amount, decimal Weighted);

/// <summary>A weighted forecast.</summary>
/// <param name="Groups">The groups.</param>
/// <param name="Total">All of them.</param>
/// <param name="Currency">The organisation's currency.</param>
public sealed record ForecastTable(IReadOnlyList<ForecastGroup> Groups, ForecastSum Total, string Currency);

/// <summary>The weighted forecast of opportunities within the viewer's reach (§13): Σ amount × rate, exact to the cent.</summary>
public sealed class OpportunityForecast(Store store, SettingCache settings)
{
    /// <summary>Makes it.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="by">What it is grouped by.</param>
    /// <param name="from">The first month, any day of it; null from the first.</param>
    /// <param name="to">The last month, any day of it; null to the last.</param>
    /// <param name="filter">Which opportunities.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<ForecastTable> Of(Viewer viewer, ForecastBy by, DateOnly? from, DateOnly? to, OpportunityFilter filter, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var all = filter.Over(db, viewer.Opportunities(db).AsNoTracking(), setting);
        if (from is { } first)
        {
            var start = new DateOnly(first.Year, first.Month, 1);
            all = all.Where(o => o.ExpectedOn >= start);
        }

        if (to is { } last)
        {
            var end = new DateOnly(last.Year, last.Month, 1).AddMonths(1);
            all = all.Where(o => o.ExpectedOn < end);
        }

        var rows = await all.Select(o => new { o.ExpectedOn, o.OwnerId, o.ProductLine, o.Inquiry, o.Amount }).ToListAsync(ct);
        // No key is a key of its own, kept apart from every name.
        var groups = rows.GroupBy(o => (by switch
        {
            ForecastBy.Month => o.ExpectedOn is { } on ? $"{on:yyyy-MM}" : null,
            ForecastBy.Owner => o.OwnerId.ToString(),
            ForecastBy.Product => o.ProductLine,
            _ => o.Inquiry.ToString(),
        }, 0)).ToDictionary(g => g.Key, g => (IReadOnlyList<ForecastLine>)[.. g.Select(o => new ForecastLine(o.Amount, o.Inquiry))]);
        var rates = setting.Opportunities.Rates;
        var weighted = Forecast.Apportion(groups, rates);
        return new ForecastTable(
            [
                .. groups.OrderBy(g => g.Key.Item1 is null).ThenBy(g => g.Key.Item1, StringComparer.Ordinal)
                    .Select(g => (g.Key.Item1, Sum: Forecast.Of(g.Value, rates), Weighted: weighted[g.Key]))
                    .Where(g => g.Sum.Count > 0)
                    .Select(g => new ForecastGroup(g.Item1, g.Sum.Count, g.Sum.Amount, g.Weighted)),
            ],
            Forecast.Of(groups.Values.SelectMany(g => g), rates),
            setting.Organisation.Currency);
    }
}
