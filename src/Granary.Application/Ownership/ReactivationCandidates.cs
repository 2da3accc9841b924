using System.Diagnostics.CodeAnalysis;
using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Where a search through the pools of a plan stands: the pool, and the last lead seen in it.</summary>
internal readonly record struct ReactivationPlace(int Pool, DateTimeOffset? ReceivedAt, Guid Id);

/// <summary>
/// Finds what a plan selects: pool after pool through their index, the newest leads first, never more than is asked for.
/// </summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, byte by byte.")]
[SuppressMessage("Globalization", "CA1310", Justification = "The database compares, byte by byte.")]
internal sealed class ReactivationCandidates(GranaryDb db, Setting setting, ReactivationPlan plan, DateTimeOffset now)
{
    private readonly Guid[] _pools =
    [
        .. plan.Select.Pools
            .SelectMany(key => setting.Pools.All.Where(p => p.Key == key).Concat(setting.Pools.All.Where(p => p.Key != key && setting.PoolRules.GeneralOf(p.Key) == key)))
            .Select(p => p.Id).Distinct(),
    ];

    /// <summary>The next candidates behind a place, and where the search stands then; null when nothing is left.</summary>
    public async Task<(IReadOnlyList<Guid> Leads, ReactivationPlace? Next)> Next(ReactivationPlace from, int take, CancellationToken ct)
    {
        var rested = await Rested(ct);
        for (var (pool, at, id) = (from.Pool, from.ReceivedAt, from.Id); pool < _pools.Length; (pool, at) = (pool + 1, null))
        {
            var leads = await Behind(Within(_pools[pool], rested), at, id)
                .OrderByDescending(l => l.ReceivedAt).ThenByDescending(l => l.Id)
                .Select(l => new { l.Id, l.ReceivedAt }).Take(take).ToListAsync(ct);
            if (leads.Count > 0)
            {
                return (leads.ConvertAll(l => l.Id), new ReactivationPlace(pool, leads[^1].ReceivedAt, leads[^1].Id));
            }
        }

        return ([], null);
    }

    /// <summary>How many there are, up to a number.</summary>
    public async Task<int> Count(int most, CancellationToken ct)
    {
        var rested = await Rested(ct);
        var count = 0;
        foreach (var pool in _pools)
        {
            count += await Within(pool, rested).Select(l => l.Id).Take(most - count).CountAsync(ct);
        }

        return count;
    }

    // Runs are few, and what one pushed is found by the lead.
    private async Task<Guid[]> Rested(CancellationToken ct)
    {
        var since = now.AddDays(-plan.Select.RestDays);
        return plan.Select.RestDays == 0 ? [] : await db.Set<ReactivationRun>().Where(r => r.At > since && r.Pushed > 0).Select(r => r.Id).ToArrayAsync(ct);
    }

    private IQueryable<Lead> Within(Guid pool, Guid[] rested)
    {
        var (select, idle) = (plan.Select, now.AddDays(-plan.Select.IdleDays));
        var leads = db.Set<Lead>().Where(l => l.PoolId == pool && l.Status == LeadStatus.Unassigned && l.AnonymisedAt == null && (l.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) == 0 && l.PlacedAt <= idle && (l.FollowedAt == null || l.FollowedAt <= idle));
        if (rested.Length > 0)
        {
            leads = leads.Where(l => !db.Set<ReactivatedLead>().Any(r => r.LeadId == l.Id && rested.Contains(r.RunId)));
        }

        return Lived(Described(leads, select), select);
    }

    private static IQueryable<Lead> Described(IQueryable<Lead> leads, ReactivationSelection select)
    {
        if (select.Industries.Count > 0)
        {
            var industries = select.Industries.ToArray();
            leads = leads.Where(l => industries.Contains(l.Industry));
        }

        if (select.Regions.Count > 0)
        {
            string[] regions = [.. select.Regions.Select(Region)];
            string[] within = [.. regions.Where(r => !r.Contains('/')).Select(r => r + "/")];
            leads = leads.Where(l => regions.Contains(l.Region) || within.Any(w => l.Region!.StartsWith(w)));
        }

        // Both are JSON arrays in one column of text; an entry stands between quotes.
        if (select.Products.Count > 0)
        {
            var products = Quoted(select.Products);
            leads = leads.Where(l => products.Any(p => ((string)(object)l.Products).Contains(p)));
        }

        if (select.Tags.Count > 0)
        {
            var tags = Quoted(select.Tags);
            leads = leads.Where(l => tags.Any(t => ((string)(object)l.Tags).Contains(t)));
        }

        leads = select.PastOrders switch
        {
            true => leads.Where(l => l.AccountId != null),
            false => leads.Where(l => l.AccountId == null),
            null => leads,
        };
        return select.ScoreAtLeast is { } least ? leads.Where(l => l.Score >= least) : leads;
    }

    private IQueryable<Lead> Lived(IQueryable<Lead> leads, ReactivationSelection select)
    {
        if (select.ScoreChangedWithinDays is { } scored)
        {
            var since = now.AddDays(-scored);
            leads = leads.Where(l => db.Set<EventRecord>().Any(e => e.SubjectId == l.Id && e.At >= since && e.Kind == LeadEvent.Scored));
        }

        if (select.TouchedWithinDays is { } touched)
        {
            var since = now.AddDays(-touched);
            var kinds = select.Touches.ToArray();
            leads = kinds.Length == 0
                ? leads.Where(l => db.Set<Touch>().Any(t => t.LeadId == l.Id && t.At >= since))
                : leads.Where(l => db.Set<Touch>().Any(t => t.LeadId == l.Id && t.At >= since && kinds.Contains(t.Kind)));
        }

        if (select.OwnershipsAtLeast is { } fewest)
        {
            leads = leads.Where(l => db.Set<OwnershipRecord>().Count(o => o.LeadId == l.Id) >= fewest);
        }

        return select.OwnershipsAtMost is { } most ? leads.Where(l => db.Set<OwnershipRecord>().Count(o => o.LeadId == l.Id) <= most) : leads;
    }

    // Written so that the index is entered at the place itself, and the id decides among equals.
    private static IQueryable<Lead> Behind(IQueryable<Lead> leads, DateTimeOffset? at, Guid id) =>
        at is { } place ? leads.Where(l => l.ReceivedAt <= place && (l.ReceivedAt < place || l.Id < id)) : leads;

    private static string Region(string name) => Regions.TryFind(name, out var region) ? region.ToString() : name;

    private static string[] Quoted(IEnumerable<string> texts) => [.. texts.Select(Json.Write)];
}
