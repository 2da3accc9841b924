using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>
/// How well leads are looked after (§10 Supervision), by person, for a period and the one before: four grouped queries over
/// indexes, whatever the number of people.
/// </summary>
public sealed class Supervision(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Longest period.</summary>
    public const int MostDays = 366;

    /// <summary>Counts for everybody whose reports the viewer may read.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="from">The first day in organisation time.</param>
    /// <param name="to">The last day, included.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SupervisionReport> Read(Viewer viewer, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var people = setting.Seen(viewer);
        var ids = people.Select(p => p.Id).ToArray();
        var span = SupervisionSpan.Of(from, to, setting.Calendar);
        var counts = people.ToDictionary(p => p.Id, _ => new SupervisionCounts());
        await using var db = store.Open();
        await Responses(db, ids, span, setting, counts, ct);
        var followUps = await db.Set<FollowUpRecord>()
            .Where(f => ids.Contains(f.AuthorId) && f.Counted && f.RecordedAt >= span.Before && f.RecordedAt < span.End)
            .GroupBy(f => new { f.AuthorId, Now = f.RecordedAt >= span.Start })
            .Select(g => new { g.Key.AuthorId, g.Key.Now, Count = g.Count() }).ToListAsync(ct);
        followUps.ForEach(f => counts[f.AuthorId].FollowedUp(f.Now, f.Count));
        var violations = await ResponseFigures.Open(db, ids, span.Start, span.End).GroupBy(v => v.OwnerId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        violations.ForEach(v => counts[v.Key].OpenViolations = v.Count);
        var held = await db.Set<Lead>()
            .Where(l => l.OwnerId != null && ids.Contains(l.OwnerId.Value) && (l.Status == LeadStatus.Pending || l.Status == LeadStatus.Working))
            .GroupBy(l => l.OwnerId!.Value)
            .Select(g => new { g.Key, Count = g.Count(), Unplanned = g.Sum(l => l.NextAt == null ? 1 : 0) }).ToListAsync(ct);
        held.ForEach(h => (counts[h.Key].Held, counts[h.Key].Unplanned) = (h.Count, h.Unplanned));

        SupervisionLine[] lines = [.. people.Where(p => p.Status == PersonStatus.Active || counts[p.Id].Any).Select(p => counts[p.Id].Line(p.Id, p.DepartmentId))];
        return new(
            from,
            to,
            [.. lines.OrderByDescending(l => l.Due).ThenBy(l => l.Id)],
            [
                .. people.Where(p => p.DepartmentId is not null).GroupBy(p => p.DepartmentId!.Value)
                    .Select(g => SupervisionCounts.Sum(g.Select(p => counts[p.Id])).Line(g.Key, g.Key)).OrderByDescending(l => l.Due).ThenBy(l => l.Id),
            ],
            SupervisionCounts.Sum(counts.Values).Line(Guid.Empty, null));
    }

    /// <summary>The responses of one person behind a figure.</summary>
    internal static IQueryable<LeadResponse> Responses(GranaryDb db, Guid person, SupervisionFigure figure, SupervisionSpan span, DateTimeOffset now) => figure switch
    {
        SupervisionFigure.Late => ResponseFigures.Due(db, [person], span.Start, span.End, now).Where(r => r.RespondedAt == null || r.RespondedAt > r.RespondBy),
        SupervisionFigure.Responses => ResponseFigures.Answered(db, [person], span.Start, span.End),
        _ => ResponseFigures.Due(db, [person], span.Start, span.End, now),
    };

    // Medians and working hours need the rows themselves; they are streamed and never held but for their lengths.
    private async Task Responses(GranaryDb db, Guid[] ids, SupervisionSpan span, Setting setting, Dictionary<Guid, SupervisionCounts> counts, CancellationToken ct)
    {
        var now = time.Now;
        await foreach (var due in ResponseFigures.Due(db, ids, span.Before, span.End, now).Select(r => new { r.OwnerId, r.RespondBy, r.RespondedAt }).AsAsyncEnumerable().WithCancellation(ct))
        {
            counts[due.OwnerId].WasDue(due.RespondBy >= span.Start, due.RespondedAt <= due.RespondBy);
        }

        var answered = ResponseFigures.Answered(db, ids, span.Before, span.End).Select(r => new { r.OwnerId, r.From, r.RespondedAt });
        await foreach (var response in answered.AsAsyncEnumerable().WithCancellation(ct))
        {
            var minutes = setting.Calendar.Elapsed(DeadlineClock.WorkingHours, response.From, response.RespondedAt!.Value, setting.Roster.Find(response.OwnerId)).TotalMinutes;
            counts[response.OwnerId].Responded(response.RespondedAt >= span.Start, minutes);
        }
    }
}
