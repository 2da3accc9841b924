using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>Says what is the case with opportunities, from the tables and the facts of their leads.</summary>
internal static class DealSource
{
    /// <summary>The facts of some opportunities; their leads' facts are up to date by then.</summary>
    public static async Task<List<DealFact>> Of(GranaryDb db, Setting setting, Guid[] ids, CancellationToken ct)
    {
        var deals = await db.Set<Opportunity>().AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(ct);
        if (deals.Count == 0)
        {
            return [];
        }

        var contracts = await db.Set<OpportunityContract>().AsNoTracking().Where(c => ids.Contains(c.OpportunityId)).ToDictionaryAsync(c => c.OpportunityId, ct);
        var joined = await db.Set<LeadConversion>().Where(c => ids.Contains(c.OpportunityId) && c.UndoneAt == null).Select(c => new { c.OpportunityId, c.LeadId }).ToListAsync(ct);
        var led = deals.Where(o => o.LeadId is not null).Select(o => (Deal: o.Id, Lead: o.LeadId!.Value)).Concat(joined.Select(j => (j.OpportunityId, j.LeadId))).Distinct().ToLookup(l => l.Item1, l => l.Item2);
        var family = await Family(db, [.. led.SelectMany(l => l).Distinct()], ct);
        Guid[] all = [.. family.Values.SelectMany(f => f).Distinct()];
        var facts = await db.Set<LeadFact>().AsNoTracking().Where(f => all.Contains(f.LeadId)).ToDictionaryAsync(f => f.LeadId, ct);
        var touches = await Touches(db, setting, all, ct);
        var entries = await Entries(db, setting, [.. deals.Select(o => o.AccountId).Distinct()], ct);
        return deals.ConvertAll(o =>
        {
            var lead = o.LeadId is { } begun ? family[begun].Select(facts.GetValueOrDefault).FirstOrDefault(f => f is not null) : null;
            DateOnly Day(DateTimeOffset at) => setting.Calendar.DateOf(at) is var day && lead is not null && day < lead.ReceivedOn ? lead.ReceivedOn : day;
            var won = FactSource.Won(o);
            var credit = SourceCredit.Of(entries[o.AccountId], o.CreatedAt, setting.Calendar.DateOf(o.CreatedAt));
            return new DealFact
            {
                OpportunityId = o.Id,
                LeadId = lead?.LeadId,
                OwnerId = lead?.OwnerId ?? o.OwnerId,
                SellerId = o.OwnerId,
                ChannelId = lead?.ChannelId ?? Guid.Empty,
                Campaign = lead?.Campaign,
                Industry = lead?.Industry,
                Region = lead?.Region,
                Products = lead?.Products ?? [],
                CreatedAt = o.CreatedAt,
                CreatedOn = Day(o.CreatedAt),
                WonAt = won ? o.ClosedAt : null,
                WonOn = won ? Day(o.ClosedAt!.Value) : null,
                Amount = o.Amount,
                WonAmount = !won ? 0 : contracts.TryGetValue(o.Id, out var contract) && contract.Currency == o.Currency ? contract.Amount : o.Amount,
                Path = TouchPath.Write(led[o.Id].SelectMany(l => family[l]).Distinct().SelectMany(l => touches[l]).Where(t => !won || t.At <= o.ClosedAt)),
                CreditLeadId = credit?.Source.Id,
                CreditChannelId = credit?.Source.ChannelId,
                CreditCampaign = credit?.Source.Campaign,
            };
        });
    }

    /// <summary>Each lead with the one it was merged into and those that were merged into either: together they are one history.</summary>
    private static async Task<Dictionary<Guid, HashSet<Guid>>> Family(GranaryDb db, Guid[] leads, CancellationToken ct)
    {
        var into = await db.Set<Lead>().Where(l => leads.Contains(l.Id) && l.MergedIntoId != null).ToDictionaryAsync(l => l.Id, l => l.MergedIntoId!.Value, ct);
        Guid[] heads = [.. leads.Select(l => into.GetValueOrDefault(l, l)).Distinct()];
        var below = (await db.Set<Lead>().Where(l => l.MergedIntoId != null && heads.Contains(l.MergedIntoId.Value)).Select(l => new { l.Id, Head = l.MergedIntoId!.Value }).ToListAsync(ct)).ToLookup(l => l.Head, l => l.Id);
        return leads.ToDictionary(l => l, l => into.GetValueOrDefault(l, l) is var head ? new HashSet<Guid>([head, .. below[head]]) : []);
    }

    /// <summary>What happened to leads by a channel or campaign: how they came in, came in again, and were touched.</summary>
    private static async Task<ILookup<Guid, PathTouch>> Touches(GranaryDb db, Setting setting, Guid[] leads, CancellationToken ct)
    {
        var came = await db.Set<Lead>().Where(l => leads.Contains(l.Id)).Select(l => new { l.Id, l.ReceivedAt, l.ChannelId, l.Campaign }).ToListAsync(ct);
        var again = await db.Set<EventRecord>().AsNoTracking().Where(e => leads.Contains(e.SubjectId) && e.Kind == LeadEvent.Reentered).Select(e => new { e.SubjectId, e.At, e.Data }).ToListAsync(ct);
        var touched = await db.Set<Touch>().Where(t => leads.Contains(t.LeadId) && (t.ChannelId != null || t.Campaign != null)).Select(t => new { t.LeadId, t.At, t.ChannelId, t.Campaign, t.Kind }).ToListAsync(ct);
        return came.Select(l => (l.Id, Touch: new PathTouch(l.ReceivedAt, l.ChannelId, l.Campaign, TouchPath.Entry)))
            .Concat(again.Select(e => (e.SubjectId, e.At, Channel: Json.Read<CameAgain>(e.Data).Channel is { } path ? setting.Channels.Find(path)?.Id : null))
                .Where(e => e.Channel is not null).Select(e => (e.SubjectId, new PathTouch(e.At, e.Channel, null, TouchPath.Entry))))
            .Concat(touched.Select(t => (t.LeadId, new PathTouch(t.At, t.ChannelId, t.Campaign, (int)t.Kind))))
            .ToLookup(t => t.Item1, t => t.Item2);
    }

    private static async Task<ILookup<Guid, ChannelEntry<(Guid Id, Guid ChannelId, string? Campaign)>>> Entries(GranaryDb db, Setting setting, Guid[] accounts, CancellationToken ct)
    {
        var leads = await db.Set<Lead>().Where(l => l.AccountId != null && accounts.Contains(l.AccountId.Value) && l.MergedIntoId == null && l.Status != LeadStatus.Voided)
            .Select(l => new { l.Id, AccountId = l.AccountId!.Value, l.ReceivedAt, l.ChannelId, l.Campaign }).ToListAsync(ct);
        // Of one instant the earlier id.
        return leads.OrderBy(l => l.ReceivedAt).ThenBy(l => l.Id, IdOrder.Instance)
            .ToLookup(l => l.AccountId, l => new ChannelEntry<(Guid, Guid, string?)>(l.ReceivedAt, setting.Calendar.DateOf(l.ReceivedAt), (l.Id, l.ChannelId, l.Campaign)));
    }

    private sealed record CameAgain(string? Channel);
}
