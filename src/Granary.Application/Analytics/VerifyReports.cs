using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics;

/// <summary>Something that differs between what reports know and what is the case.</summary>
/// <param name="What">What differs, in words for whoever looks into it.</param>
public sealed record ReportDifference(string What);

/// <summary>What a check of reports found.</summary>
/// <param name="Leads">Leads that were looked at.</param>
/// <param name="Facts">Facts of them.</param>
/// <param name="Cells">Cells of rollups that were compared.</param>
/// <param name="Waiting">Leads that the consumer has not come to yet; they are not compared.</param>
/// <param name="Differences">Everything that differs.</param>
public sealed record ReportCheck(int Leads, int Facts, int Cells, int Waiting, IReadOnlyList<ReportDifference> Differences);

/// <summary>
/// Recounts everything that reports know (§15): each fact from the tables and from the event log, and each cell of the rollups from the facts;
/// in one state of the database, to the last digit. What the log has and the consumer has not come to yet is not held against it.
/// </summary>
public sealed class VerifyReports(Store store, SettingCache settings)
{
    private const int Page = 1000;

    /// <summary>Checks.</summary>
    public async Task<ReportCheck> Run(CancellationToken ct = default)
    {
        var setting = await settings.Latest(ct);
        return await store.Look(scope => Run(scope.Db, setting, ct), ct);
    }

    private static async Task<ReportCheck> Run(GranaryDb db, Setting setting, CancellationToken ct)
    {
        List<ReportDifference> differences = [];
        var waiting = await Waiting(db, ct);
        Dictionary<SheetPlace, byte[]> recounted = [];
        var (leads, facts) = (0, 0);
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            var book = new CellBook();
            var ids = await db.Set<Lead>().Where(l => l.Id > after).OrderBy(l => l.Id).Select(l => l.Id).Take(Page).ToArrayAsync(ct);
            var stored = await db.Set<LeadFact>().AsNoTracking().Where(f => ids.Contains(f.LeadId)).ToDictionaryAsync(f => f.LeadId, ct);
            var input = await FactInput.Of(db, ids, NewLeads.None, ct);
            var right = (await FactSource.Of(db, setting.Calendar, input, ct)).ToDictionary(f => f.LeadId);
            var works = await db.Set<WorkFact>().AsNoTracking().Where(f => ids.Contains(f.LeadId)).ToDictionaryAsync(f => f.LeadId, ct);
            var worked = (await WorkSource.Of(db, setting, input, ct)).ToDictionary(f => f.LeadId);
            var logged = await FactLog.Of(db, setting.Calendar, ids, ct);
            foreach (var id in ids)
            {
                if (stored.TryGetValue(id, out var fact))
                {
                    book.Add(fact);
                }

                if (works.TryGetValue(id, out var work))
                {
                    book.Add(work);
                }

                if (!waiting.Contains(id))
                {
                    differences.AddRange(WorkFact.Agree(work, worked.GetValueOrDefault(id)) ? [] : [new($"lead {id}: work {work?.Parts}, tables {worked.GetValueOrDefault(id)?.Parts}")]);
                    differences.AddRange(Between(id, fact, right.GetValueOrDefault(id)));
                    differences.AddRange(fact is null ? [] : logged.Differences(fact).Select(what => new ReportDifference($"lead {id} {what}")));
                }
            }

            Gather(recounted, book);
            (leads, facts) = (leads + ids.Length, facts + stored.Count);
            last = ids.Length == Page ? ids[^1] : null;
        }

        foreach (var id in await db.Set<LeadFact>().Where(f => !db.Set<Lead>().Any(l => l.Id == f.LeadId)).Select(f => f.LeadId).ToListAsync(ct))
        {
            differences.Add(new($"lead {id}: has facts and is not there"));
        }

        await Deals(db, setting, waiting, recounted, differences, ct);
        return new(leads, facts, await Cells(db, recounted, differences, ct), waiting.Count, differences);
    }

    /// <summary>Leads that something happened to behind the position of the consumer; all of them while it walks.</summary>
    private static async Task<HashSet<Guid>> Waiting(GranaryDb db, CancellationToken ct)
    {
        if (await FactConsumer.IsWalking(db, ct) || await db.Set<LogPosition>().SingleOrDefaultAsync(p => p.Consumer == FactConsumer.Name, ct) is not { } position)
        {
            return [.. await db.Set<Lead>().Select(l => l.Id).ToListAsync(ct)];
        }

        var behind = await db.Set<EventRecord>().Where(e => e.Position > position.Position).Select(e => e.SubjectId).Distinct().ToArrayAsync(ct);
        HashSet<Guid> answered = [.. await db.Set<ResponseChange>().Select(c => c.LeadId).ToListAsync(ct)];
        return behind.Length == 0 ? answered : [.. answered, .. await FactConsumer.Leads(db, behind, ct)];
    }

    private static IEnumerable<ReportDifference> Between(Guid id, LeadFact? stored, LeadFact? right)
    {
        if (stored is null || right is null)
        {
            return stored is null == right is null ? [] : [new($"lead {id}: {(stored is null ? "has no facts" : "has facts and does not count")}")];
        }

        return stored.Same(right) ? [] : [new($"lead {id}: facts {Json.Write(stored)}, tables {Json.Write(right)}")];
    }

    private static async Task Deals(GranaryDb db, Setting setting, HashSet<Guid> waiting, Dictionary<SheetPlace, byte[]> recounted, List<ReportDifference> differences, CancellationToken ct)
    {
        var late = waiting.Count == 0 ? [] : await DealWork.Of(db, waiting, [], ct);
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            var ids = await db.Set<Opportunity>().Where(o => o.Id > after).OrderBy(o => o.Id).Select(o => o.Id).Take(Page).ToArrayAsync(ct);
            var stored = await db.Set<DealFact>().AsNoTracking().Where(f => ids.Contains(f.OpportunityId)).ToDictionaryAsync(f => f.OpportunityId, ct);
            var book = new CellBook();
            foreach (var fact in stored.Values)
            {
                book.Add(fact);
            }

            Gather(recounted, book);

            foreach (var right in await DealSource.Of(db, setting, ids, ct))
            {
                if (!late.Contains(right.OpportunityId) && (!stored.TryGetValue(right.OpportunityId, out var known) || !known.Same(right)))
                {
                    differences.Add(new($"opportunity {right.OpportunityId}: facts {(stored.TryGetValue(right.OpportunityId, out known) ? Json.Write(known) : "none")}, tables {Json.Write(right)}"));
                }
            }

            last = ids.Length == Page ? ids[^1] : null;
        }

        foreach (var id in await db.Set<DealFact>().Where(f => !db.Set<Opportunity>().Any(o => o.Id == f.OpportunityId)).Select(f => f.OpportunityId).ToListAsync(ct))
        {
            differences.Add(new($"opportunity {id}: has facts and is not there"));
        }
    }

    // Packed at once: all cells of a million leads side by side would fill gigabytes.
    private static void Gather(Dictionary<SheetPlace, byte[]> recounted, CellBook book)
    {
        foreach (var (place, cells) in book.Sheets())
        {
            recounted[place] = SheetCells.Change(recounted.GetValueOrDefault(place) ?? [], cells);
        }
    }

    // What is packed is the same where what it holds is the same, but for numbers of keys: their cells are compared by their texts.
    private static async Task<int> Cells(GranaryDb db, Dictionary<SheetPlace, byte[]> recounted, List<ReportDifference> differences, CancellationToken ct)
    {
        HashSet<SheetPlace> seen = [];
        var names = await db.Set<ReportSheet>().AsNoTracking().Where(s => s.Period == NumberedSheets.Names).ToDictionaryAsync(s => s.Cube, s => NumberedSheets.Keys(s.Cells), ct);
        differences.AddRange(from cube in names from number in cube.Value where number.Count() > 1 select new ReportDifference($"cube {cube.Key}: number {number.Key} stands for {string.Join(" and ", number)}"));
        await foreach (var sheet in db.Set<ReportSheet>().AsNoTracking().Where(s => s.Period != NumberedSheets.Names).AsAsyncEnumerable().WithCancellation(ct))
        {
            var place = new SheetPlace(sheet.Cube, sheet.OwnerId, sheet.Period);
            var stored = NumberedSheets.Are(sheet.Cube) ? SheetCells.Pack(NumberedSheets.Unpack(sheet.Cells, names.GetValueOrDefault(sheet.Cube))) : sheet.Cells;
            seen.Add(place);
            differences.AddRange(Between(place, stored, recounted.GetValueOrDefault(place) ?? []));
        }

        differences.AddRange(recounted.Where(s => !seen.Contains(s.Key)).SelectMany(s => Between(s.Key, [], s.Value)));
        return recounted.Values.Sum(Count);
    }

    private static IEnumerable<ReportDifference> Between(SheetPlace place, byte[] stored, byte[] right)
    {
        if (stored.AsSpan().SequenceEqual(right))
        {
            return [];
        }

        var (kept, wanted) = (SheetCells.Unpack(stored), SheetCells.Unpack(right));
        return kept.Keys.Union(wanted.Keys).Where(k => kept.GetValueOrDefault(k) != wanted.GetValueOrDefault(k))
            .Select(k => new ReportDifference($"{place} {k}: rollup {kept.GetValueOrDefault(k)}, facts {wanted.GetValueOrDefault(k)}"));
    }

    private static int Count(byte[] cells)
    {
        var count = 0;
        for (var reader = SheetCells.Read(cells); reader.Next();)
        {
            count++;
        }

        return count;
    }
}
