using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>What of some leads both their facts and those of the work on them are made of, read once.</summary>
internal sealed class FactInput
{
    private readonly Dictionary<Guid, List<FactOwnership>> _held;

    private FactInput(Guid[] ids, NewLeads fresh, List<FactLead> leads, Dictionary<Guid, List<FactOwnership>> held) =>
        (Fresh, Worked, Leads, _held) = (fresh, [.. ids.Where(id => !fresh.Untouched(id))], leads, held);

    /// <summary>What the log tells of those that just came.</summary>
    public NewLeads Fresh { get; }

    /// <summary>Those on which somebody may have worked; other tables are asked for these alone.</summary>
    public Guid[] Worked { get; }

    /// <summary>Those that are there.</summary>
    public IReadOnlyList<FactLead> Leads { get; }

    /// <summary>Every ownership of them.</summary>
    public IEnumerable<FactOwnership> Held => _held.Values.SelectMany(h => h);

    /// <summary>The ownerships of one of them, the earliest first.</summary>
    public IReadOnlyList<FactOwnership> HeldOf(Guid lead) => _held.TryGetValue(lead, out var held) ? held : [];

    /// <summary>Reads it.</summary>
    public static async Task<FactInput> Of(GranaryDb db, Guid[] ids, NewLeads fresh, CancellationToken ct)
    {
        var leads = await db.Set<Lead>().Where(l => ids.Contains(l.Id)).Select(l => new FactLead(
            l.Id, l.OwnerId ?? l.RecorderId ?? LeadFact.Nobody, l.ChannelId, l.Campaign, l.Keyword, l.Content, l.Industry, l.Province ?? l.Region, l.Products, l.Status, l.InvalidReason,
            l.ReceivedAt, l.RecordedAt, l.History, l.MergedIntoId, l.PoolId, l.PlacedAt, l.AccountId)).ToListAsync(ct);
        var held = await db.Set<OwnershipRecord>().Where(o => ids.Contains(o.LeadId))
            .Select(o => new FactOwnership(o.Id, o.LeadId, o.OwnerId, o.Acquired, o.From, o.Ended, o.FromPoolId, o.FollowUps, o.FirstFollowUpAt)).ToListAsync(ct);
        return new(ids, fresh, leads, held.OrderBy(o => o.From).ThenBy(o => o.Id).GroupBy(o => o.LeadId).ToDictionary(g => g.Key, g => g.ToList()));
    }

    /// <summary>What a table knows of those on which somebody may have worked.</summary>
    public Task<List<T>> Known<T>(IQueryable<T> rows, CancellationToken ct) => Worked.Length == 0 ? Task.FromResult<List<T>>([]) : rows.ToListAsync(ct);
}

/// <summary>What of a lead facts are made of; whose it counts as, and its province, else where nearness was found.</summary>
internal sealed record FactLead(
    Guid Id, Guid CountsFor, Guid ChannelId, string? Campaign, string? Keyword, string? Content, string? Industry, string? Region, List<string> Products, LeadStatus Status, string? InvalidReason,
    DateTimeOffset ReceivedAt, DateTimeOffset RecordedAt, string? History, Guid? MergedIntoId, Guid? PoolId, DateTimeOffset PlacedAt, Guid? AccountId);

/// <summary>What of an ownership facts are made of.</summary>
internal sealed record FactOwnership(
    Guid Id, Guid LeadId, Guid OwnerId, Acquired Acquired, DateTimeOffset From, Ended? Ended, Guid? FromPoolId, int FollowUps, DateTimeOffset? FirstFollowUpAt);
