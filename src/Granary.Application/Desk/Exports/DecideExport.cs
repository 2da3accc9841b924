using Granary.Application.Capture;
using Granary.Application.Desk.Exports.Records;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>
/// Approves or refuses an export that waits, and takes one back (§18). Nobody decides about their own; an approval has to reach
/// every record of it; a decision has a reason.
/// </summary>
public sealed class DecideExport(Store store, Vault vault, SettingCache settings, TimeProvider time, IEnumerable<RecordExport>? kinds = null)
{
    /// <summary>Decides.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The export.</param>
    /// <param name="approved">Whether it is approved.</param>
    /// <param name="comment">Why.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<ExportResult> Decide(Viewer viewer, Guid id, bool approved, string? comment, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using (var db = store.Open())
        {
            if (await viewer.Exports(db).AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, ct) is not { } export)
            {
                return new ExportResult.NotFound();
            }

            if (export.AskedById == viewer.UserId || !viewer.ApprovesFor(export.AskedById))
            {
                return new ExportResult.Forbidden(Own: export.AskedById == viewer.UserId);
            }

            if (string.IsNullOrWhiteSpace(comment) || comment.Trim().Length > VerbReason.Most)
            {
                return new ExportResult.Invalid([string.IsNullOrWhiteSpace(comment) ? new FieldError("comment", "required") : new FieldError("comment", "too_long", $"{VerbReason.Most}")]);
            }

            if (approved && export.State == ExportState.Waiting && !await Covers(db, setting, viewer, export, ct))
            {
                return new ExportResult.Forbidden(Own: false);
            }
        }

        return await store.Write(scope => Write(scope, viewer, id, approved, VerbReason.Kept(comment), ct), ct);
    }

    /// <summary>Takes an own export back while it waits or is made.</summary>
    public Task<ExportResult> Cancel(Viewer viewer, Guid id, CancellationToken ct = default) => store.Write<ExportResult>(
        async scope =>
        {
            var (now, own) = (time.Now, scope.Db.Set<ExportRequest>().Where(e => e.Id == id && e.AskedById == viewer.UserId));
            if (!await own.AnyAsync(ct))
            {
                return new ExportResult.NotFound();
            }

            if (await own.Where(e => e.State == ExportState.Waiting || e.State == ExportState.Running).ExecuteUpdateAsync(
                e => e.SetProperty(x => x.State, ExportState.Cancelled).SetProperty(x => x.EndedAt, now).SetProperty(x => x.ExpiresAt, (DateTimeOffset?)null), ct) == 0)
            {
                return new ExportResult.Refused(ExportRefusal.ExportEnded);
            }

            await ExportFiles.Drop(scope.Db, id, ct);
            scope.Db.Add(time.Event(viewer.UserId, id, ExportEvent.Cancelled, new { }));
            await scope.Db.SaveChangesAsync(ct);
            return new ExportResult.Done(await own.AsNoTracking().SingleAsync(ct));
        },
        ct);

    private async Task<ExportResult> Write(WriteScope scope, Viewer viewer, Guid id, bool approved, string? comment, CancellationToken ct)
    {
        var (now, exports) = (time.Now, scope.Db.Set<ExportRequest>());
        var (state, ended) = approved ? (ExportState.Running, (DateTimeOffset?)null) : (ExportState.Refused, now);
        if (await exports.Where(e => e.Id == id && e.State == ExportState.Waiting).ExecuteUpdateAsync(
            e => e.SetProperty(x => x.State, state).SetProperty(x => x.DecidedById, viewer.UserId).SetProperty(x => x.DecidedAt, now)
                .SetProperty(x => x.Comment, comment).SetProperty(x => x.EndedAt, ended).SetProperty(x => x.ExpiresAt, (DateTimeOffset?)null),
            ct) == 0)
        {
            return new ExportResult.Refused(ExportRefusal.ExportDecided);
        }

        var decided = await exports.AsNoTracking().SingleAsync(e => e.Id == id, ct);
        scope.Db.Add(time.Event(viewer.UserId, id, approved ? ExportEvent.Approved : ExportEvent.Refused, new { decided.Rows, askedBy = decided.AskedById, comment }));
        scope.Db.Add(new Notice { Id = time.NewId(), UserId = decided.AskedById, Kind = NoticeKind.ExportDecided, SubjectId = id, At = now });
        await scope.Db.SaveChangesAsync(ct);
        return new ExportResult.Done(decided);
    }

    private async Task<bool> Covers(GranaryDb db, Setting setting, Viewer viewer, ExportRequest export, CancellationToken ct)
    {
        if (viewer.Owners(Permission.ApproveExports) is null || setting.ViewerOf(export.AskedById) is not { } asker)
        {
            return true;
        }

        if (export.Kind != ExportKind.Leads)
        {
            return await kinds!.Single(k => k.Kind == export.Kind).Covers(viewer, asker, vault.Open(export.Query), ct);
        }

        var leads = await ExportReach.Leads(db, vault, setting, asker, LeadFilter.Parse(vault.Open(export.Query)), ct);
        var reached = viewer.Leads(db, Permission.ApproveExports);
        return !await leads.AnyAsync(l => !reached.Any(r => r.Id == l.Id), ct);
    }
}
