using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Granary.Application.Desk.Exports;

/// <summary>The right of one node to make an export for a while; its expiry is the token, renewed with every page.</summary>
internal sealed class ExportLease(Store store, Vault vault, SettingCache settings, TimeProvider time, TimeSpan duration, ExportRequest export)
{
    private DateTimeOffset _until = export.LeaseUntil!.Value;
    private int _pieces, _pages;

    /// <summary>The export.</summary>
    public ExportRequest Export => export;

    /// <summary>Keeps pieces of the file, whose leads they hold, and how far it is.</summary>
    /// <exception cref="ExportLostException">It was taken back, or another node has it.</exception>
    public async Task Move(int rows, int revealed, IReadOnlyList<Guid> leads, IReadOnlyList<byte[]> pieces, CancellationToken ct)
    {
        var later = time.Now + duration;
        // Never the instant it has: a renewed lease must be told from the one before.
        var until = later > _until ? later : _until.AddMilliseconds(1);
        await store.Write(
            async scope =>
            {
                Require(await Mine(scope.Db).ExecuteUpdateAsync(
                    e => e.SetProperty(x => x.LeaseUntil, until).SetProperty(x => x.RowsDone, rows).SetProperty(x => x.Revealed, revealed), ct));
                scope.Db.AddRange(pieces.Select((p, i) => new ExportPiece { ExportId = export.Id, Number = _pieces + i, Content = vault.SealBytes(p) }));
                if (leads.Count > 0)
                {
                    scope.Db.Add(new ExportPage { ExportId = export.Id, Number = _pages++, Leads = [.. leads] });
                }

                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
        (_until, _pieces) = (until, _pieces + pieces.Count);
    }

    /// <summary>Ends it, well or not, and tells whoever asked.</summary>
    public Task End(Action<UpdateSettersBuilder<ExportRequest>> set, string kind, object data, int revealed, IReadOnlyList<Guid> looks, CancellationToken ct)
    {
        var now = time.Now;
        return store.Write(
            async scope =>
            {
                Require(await Mine(scope.Db).ExecuteUpdateAsync(
                    e =>
                    {
                        set(e);
                        e.SetProperty(x => x.EndedAt, now).SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null);
                    },
                    ct));
                if (kind == ExportEvent.Failed)
                {
                    await ExportFiles.Drop(scope.Db, export.Id, ct);
                }

                scope.Db.Add(time.Event(export.AskedById, export.Id, kind, data));
                if (revealed > 0)
                {
                    await Count(scope, looks, now, ct);
                    scope.Db.Add(time.Event(export.AskedById, export.Id, ExportEvent.Revealed, new { count = revealed }));
                }

                scope.Db.Add(new Notice { Id = time.NewId(), UserId = export.AskedById, Kind = NoticeKind.ExportEnded, SubjectId = export.Id, At = now });
                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
    }

    // What was looked at one by one meanwhile is counted already.
    private async Task Count(WriteScope scope, IReadOnlyList<Guid> looks, DateTimeOffset now, CancellationToken ct)
    {
        var day = (await settings.Get(ct)).Calendar.DateOf(now);
        var known = await scope.Db.Set<ContactLook>().Where(l => l.UserId == export.AskedById && l.Day == day).Select(l => l.LeadId).ToHashSetAsync(ct);
        scope.Db.AddRange(looks.Where(l => !known.Contains(l)).Select(l => new ContactLook { UserId = export.AskedById, Day = day, LeadId = l }));
    }

    private IQueryable<ExportRequest> Mine(GranaryDb db) =>
        db.Set<ExportRequest>().Where(e => e.Id == export.Id && e.State == ExportState.Running && e.LeaseUntil == _until);

    private static void Require(int rows)
    {
        if (rows == 0)
        {
            throw new ExportLostException();
        }
    }
}

/// <summary>An export was taken back, or another node makes it; what this one was about to commit is rolled back.</summary>
internal sealed class ExportLostException() : Exception("This export is not made here any more.");
