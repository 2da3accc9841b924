using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Which costs are asked for.</summary>
/// <param name="Channel">Of one channel; null of all.</param>
/// <param name="From">From this day on.</param>
/// <param name="To">Up to this day.</param>
/// <param name="Campaign">Of one campaign.</param>
public sealed record CostFilter(Guid? Channel = null, DateOnly? From = null, DateOnly? To = null, string? Campaign = null);

/// <summary>Sums of costs.</summary>
/// <param name="Amount">Amount.</param>
/// <param name="Impressions">Impressions, as far as they are known.</param>
/// <param name="Clicks">Clicks, as far as they are known.</param>
/// <param name="Rows">How many rows.</param>
public sealed record CostSum(decimal Amount, long Impressions, long Clicks, int Rows);

/// <summary>Lists and sums what channels cost.</summary>
public sealed class ListCosts(Store store)
{
    /// <summary>A page of costs, the latest day first, and the place of the next.</summary>
    public async Task<(IReadOnlyList<ChannelCost> Items, CostPlace? Next)> List(CostFilter filter, CostPlace? after, int size, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var costs = Filtered(db, filter);
        if (after is { } place)
        {
            costs = costs.Where(c => c.Day < place.Day || (c.Day == place.Day && c.Id.CompareTo(place.Id) < 0));
        }

        var read = await costs.OrderByDescending(c => c.Day).ThenByDescending(c => c.Id).Take(size + 1).ToListAsync(ct);
        return read.Count > size ? (read[..size], new CostPlace(read[size - 1].Day, read[size - 1].Id)) : (read, null);
    }

    /// <summary>A cost of a channel; null when there is none.</summary>
    public async Task<ChannelCost?> Find(Guid channel, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<ChannelCost>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.ChannelId == channel, ct);
    }

    /// <summary>The sums of what fits.</summary>
    public async Task<CostSum> Sum(CostFilter filter, CancellationToken ct = default)
    {
        await using var db = store.Open();
        // Amounts are stored in hundredths, which both databases add up as they are.
        var sums = await Filtered(db, filter).GroupBy(_ => 1).Select(g => new { Rows = g.Count(), Impressions = g.Sum(c => c.Impressions ?? 0), Clicks = g.Sum(c => c.Clicks ?? 0) }).FirstOrDefaultAsync(ct);
        var amounts = await Filtered(db, filter).Select(c => c.Amount).ToListAsync(ct);
        return new CostSum(amounts.Sum(), sums?.Impressions ?? 0, sums?.Clicks ?? 0, sums?.Rows ?? 0);
    }

    private static IQueryable<ChannelCost> Filtered(GranaryDb db, CostFilter filter)
    {
        var costs = db.Set<ChannelCost>().AsNoTracking();
        costs = filter.Channel is { } channel ? costs.Where(c => c.ChannelId == channel) : costs;
        costs = filter.From is { } from ? costs.Where(c => c.Day >= from) : costs;
        costs = filter.To is { } to ? costs.Where(c => c.Day <= to) : costs;
        return filter.Campaign is { Length: > 0 } campaign ? costs.Where(c => c.Campaign == campaign) : costs;
    }
}

/// <summary>Where a page of costs ended.</summary>
public sealed record CostPlace(DateOnly Day, Guid Id);
