using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>Says what the work on leads contributes, from the tables and of their ways through pools from the log: a fixed number of questions for as many leads as one likes.</summary>
internal static class WorkSource
{
    /// <summary>The facts of those of the leads that are there and contribute anything.</summary>
    public static async Task<List<WorkFact>> Of(GranaryDb db, Setting setting, FactInput input, CancellationToken ct)
    {
        var parts = input.Leads.ToDictionary(l => l.Id, _ => new List<WorkPart>(8));
        foreach (var lead in input.Leads.Where(l => l is { PoolId: not null, MergedIntoId: null }))
        {
            parts[lead.Id].Add(new(WorkCube.Stock, ReportSheet.Everybody, setting.Calendar.DateOf(lead.PlacedAt), lead.PoolId!.Value.ToString("N"), new(1)));
        }

        Held(setting, input, parts);
        await Responses(db, setting, [.. input.Held.Select(o => o.Id)], parts, ct);
        await Worked(db, setting, input, parts, ct);
        await PoolMoves(db, setting, input, parts, ct);
        await Reviewed(db, setting, input, parts, ct);
        return [.. parts.Where(p => p.Value.Count > 0).Select(p => WorkFact.Of(p.Key, p.Value))];
    }

    private static void Held(Setting setting, FactInput input, Dictionary<Guid, List<WorkPart>> parts)
    {
        foreach (var o in input.Held)
        {
            var day = setting.Calendar.DateOf(o.From);
            parts[o.LeadId].Add(new(WorkCube.Held, o.OwnerId, day, new HeldKey(o.Acquired, o.Ended).Text, new(1, o.FollowUps > 0 ? 1 : 0, o.Ended == Ended.Converted ? 1 : 0)));
            parts[o.LeadId].Add(new(WorkCube.HeldFrom, o.OwnerId, day, new HeldFromKey(o.FromPoolId, o.Ended).Text, new(1)));
            if (o.FromPoolId is { } pool)
            {
                parts[o.LeadId].Add(new(WorkCube.PoolMoves, o.OwnerId, day, PoolMove.Key(pool, PoolMove.Owners), new(1)));
            }
        }
    }

    private static async Task Responses(GranaryDb db, Setting setting, Guid[] ids, Dictionary<Guid, List<WorkPart>> parts, CancellationToken ct)
    {
        var responses = await db.Set<LeadResponse>().Where(r => ids.Contains(r.OwnershipId)).Select(r => new { r.LeadId, r.OwnerId, r.From, r.RespondBy, r.RespondedAt, r.To }).ToListAsync(ct);
        foreach (var r in responses)
        {
            if (r.RespondBy is { } by && (r.RespondedAt is not null || r.To is null || r.To >= by))
            {
                parts[r.LeadId].Add(new(WorkCube.Due, r.OwnerId, setting.Calendar.DateOf(by), "", new(1, r.RespondedAt <= by ? 1 : 0)));
            }

            if (r.RespondedAt is { } at)
            {
                var minutes = WaitScale.Of(setting.Calendar.Elapsed(DeadlineClock.WorkingHours, r.From, at, setting.Roster.Find(r.OwnerId)).TotalMinutes);
                parts[r.LeadId].Add(new(WorkCube.Waits, r.OwnerId, setting.Calendar.DateOf(at), minutes.ToString(CultureInfo.InvariantCulture), new(1)));
            }
        }
    }

    private static async Task Worked(GranaryDb db, Setting setting, FactInput input, Dictionary<Guid, List<WorkPart>> parts, CancellationToken ct)
    {
        var ids = input.Worked;
        foreach (var f in await input.Known(db.Set<FollowUpRecord>().Where(f => ids.Contains(f.LeadId) && f.Counted).Select(f => new { f.LeadId, f.AuthorId, f.RecordedAt, f.Method }), ct))
        {
            parts[f.LeadId].Add(new(
                WorkCube.FollowUps, f.AuthorId, setting.Calendar.DateOf(f.RecordedAt), "", new(1, f.Method == FollowUpMethod.Call ? 1 : 0, f.Method == FollowUpMethod.Visit ? 1 : 0)));
        }

        foreach (var v in await input.Known(ResponseFigures.Open(db, ids).Select(v => new { v.LeadId, v.OwnerId, v.At }), ct))
        {
            parts[v.LeadId].Add(new(WorkCube.Violations, v.OwnerId, setting.Calendar.DateOf(v.At), "", new(1)));
        }
    }

    // Into pools, as the log tells it; out of them to owners ownerships tell.
    private static async Task PoolMoves(GranaryDb db, Setting setting, FactInput input, Dictionary<Guid, List<WorkPart>> parts, CancellationToken ct)
    {
        foreach (var e in await input.Fresh.Pooled(db, [.. parts.Keys], ct))
        {
            var told = Json.Read<Told>(e.Data!);
            if (told.PoolId is not { } pool)
            {
                continue;
            }

            var moved = e.Kind == LeadEvent.Moved;
            var owner = moved ? null : told.From;
            parts[e.SubjectId].Add(new(
                WorkCube.PoolMoves, owner ?? LeadFact.Nobody, setting.Calendar.DateOf(e.At),
                moved && told.From is { } from ? PoolMove.Key(from, pool) : PoolMove.Key(owner is null ? PoolMove.Fresh : PoolMove.Owners, pool), new(1)));
        }
    }

    private static async Task Reviewed(GranaryDb db, Setting setting, FactInput input, Dictionary<Guid, List<WorkPart>> parts, CancellationToken ct)
    {
        var ids = input.Worked;
        var passed = (await input.Known(db.Set<LeadReview>().Where(r => ids.Contains(r.LeadId) && r.PassedAt != null).GroupBy(r => r.LeadId).Select(g => new { g.Key, At = g.Min(r => r.PassedAt) }), ct))
            .ToDictionary(g => g.Key, g => g.At!.Value);
        Guid[] valid = [.. passed.Keys];
        var turned = (valid.Length == 0 ? [] : await db.Set<LeadConversion>().Where(c => valid.Contains(c.LeadId) && c.UndoneAt == null).Select(c => new { c.LeadId, c.At }).ToListAsync(ct))
            .GroupBy(c => c.LeadId).ToDictionary(g => g.Key, g => g.Min(c => c.At));
        var leads = input.Leads.Where(l => l.MergedIntoId is null).ToList();
        foreach (var lead in leads)
        {
            var (owner, recorded) = (lead.CountsFor, setting.Calendar.DateOf(lead.RecordedAt));
            var (at, became) = (passed.TryGetValue(lead.Id, out var p) ? p : (DateTimeOffset?)null, turned.TryGetValue(lead.Id, out var t) ? t : (DateTimeOffset?)null);
            parts[lead.Id].Add(new(WorkCube.ReviewCohort, owner, recorded, "", new(1, at is null ? 0 : 1, became is null ? 0 : 1)));
            parts[lead.Id].Add(new(WorkCube.ReviewActivity, owner, recorded, "", new(1)));
            if (at is { } day)
            {
                parts[lead.Id].Add(new(WorkCube.ReviewActivity, owner, setting.Calendar.DateOf(day), "", new(0, 1)));
            }

            if (became is { } then)
            {
                parts[lead.Id].Add(new(WorkCube.ReviewActivity, owner, setting.Calendar.DateOf(then), "", new(0, 0, 1)));
            }
        }

        await Deals(db, setting, leads.Where(l => passed.ContainsKey(l.Id)).ToDictionary(l => l.Id), parts, ct);
    }

    private static async Task Deals(GranaryDb db, Setting setting, Dictionary<Guid, FactLead> valid, Dictionary<Guid, List<WorkPart>> parts, CancellationToken ct)
    {
        Guid?[] ids = [.. valid.Keys.Select(id => (Guid?)id)];
        var deals = ids.Length == 0 ? [] : await db.Set<Opportunity>().AsNoTracking().Where(o => ids.Contains(o.LeadId)).Select(o => new { o.Id, o.LeadId, o.Grade, o.CreatedAt, o.ClosedAt, o.Inquiry }).ToListAsync(ct);
        if (deals.Count == 0)
        {
            return;
        }

        Guid[] won = [.. deals.Where(d => d is { ClosedAt: not null, Inquiry: InquiryGrade.S }).Select(d => d.Id)], lost = [.. deals.Where(d => d is { ClosedAt: not null, Inquiry: InquiryGrade.F }).Select(d => d.Id)];
        var signed = await db.Set<OpportunityContract>().Where(c => won.Contains(c.OpportunityId) && c.SignedOn != null).ToDictionaryAsync(c => c.OpportunityId, c => c.SignedOn!.Value, ct);
        // The report in force is the last one.
        var reasons = (await db.Set<OpportunityPaper>().AsNoTracking().Where(p => p.Kind == PaperKind.LossReport && lost.Contains(p.OpportunityId)).ToListAsync(ct))
            .GroupBy(p => p.OpportunityId).ToDictionary(g => g.Key, g => WireName.Of(g.MaxBy(p => p.Id)!.Read<LossReport>().Reason));
        HashSet<Guid> counted = [];
        foreach (var deal in deals.OrderBy(d => d.ClosedAt).ThenBy(d => d.Id))
        {
            var lead = valid[deal.LeadId!.Value];
            void Add(DateTimeOffset at, string key, CellValues values)
            {
                parts[lead.Id].Add(new(WorkCube.RetroCohort, lead.CountsFor, setting.Calendar.DateOf(lead.RecordedAt), key, values));
                parts[lead.Id].Add(new(WorkCube.RetroActivity, lead.CountsFor, setting.Calendar.DateOf(at), key, values));
            }

            if (deal.Grade == OpportunityGrade.A)
            {
                Add(deal.CreatedAt, "", new(1));
            }

            if (deal is { ClosedAt: { } closed, Inquiry: InquiryGrade.S })
            {
                // Of a lead with several the first one that was won won the lead.
                var days = signed.TryGetValue(deal.Id, out var on) ? Math.Max(0, on.DayNumber - setting.Calendar.DateOf(deal.CreatedAt).DayNumber) : (int?)null;
                Add(closed, "", new(0, counted.Add(lead.Id) ? 1 : 0, days is null ? 0 : 1, days ?? 0));
            }
            else if (deal.ClosedAt is { } gone && reasons.TryGetValue(deal.Id, out var reason))
            {
                Add(gone, reason, new(1));
            }
        }
    }

    private sealed record Told(Guid? From, Guid? PoolId);
}
