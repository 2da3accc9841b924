using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Desk.Exports.Records;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk.Exports;

/// <summary>
/// Makes the file of an export, page by page, with the rights that whoever asked has now: what a pool hides stays hidden, contact
/// data is masked but where it was asked for in plain and may be revealed. A lost node's work is begun anew by another.
/// </summary>
public sealed class RunExport(Store store, Vault vault, SettingCache settings, LeadList list, ExportWordings wordings, TimeProvider time, IEnumerable<RecordExport>? kinds = null)
{
    private const int PageSize = 500;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Makes an export that waits for it.</summary>
    /// <returns>Whether it was taken.</returns>
    public async Task<bool> Execute(Guid id, CancellationToken ct = default)
    {
        if (await Take(id, ct) is not { } lease)
        {
            return false;
        }

        try
        {
            // The words are those of whoever asked; a method gives back the language of its caller.
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(lease.Export.Language);
            if (await Make(lease, ct) is { } error)
            {
                await lease.End(e => e.SetProperty(x => x.State, ExportState.Failed).SetProperty(x => x.Error, error), ExportEvent.Failed, new { error }, 0, [], ct);
            }
        }
        catch (ExportLostException)
        {
            // Taken back, or another node makes it: what this one wrote goes with its transaction.
        }

        return true;
    }

    private async Task<ExportLease?> Take(Guid id, CancellationToken ct)
    {
        var (now, until) = (time.Now, time.Now + Lease);
        return await store.Write(
            async scope =>
            {
                var free = scope.Db.Set<ExportRequest>().Where(e => e.Id == id && e.State == ExportState.Running && (e.LeaseUntil == null || e.LeaseUntil <= now));
                if (await free.ExecuteUpdateAsync(e => e.SetProperty(x => x.LeaseUntil, until).SetProperty(x => x.RowsDone, 0).SetProperty(x => x.Revealed, 0), ct) == 0)
                {
                    return null;
                }

                await ExportFiles.Drop(scope.Db, id, ct);
                return new ExportLease(store, vault, settings, time, Lease, await scope.Db.Set<ExportRequest>().AsNoTracking().SingleAsync(e => e.Id == id, ct));
            },
            ct);
    }

    private async Task<string?> Make(ExportLease lease, CancellationToken ct)
    {
        var (export, setting) = (lease.Export, await settings.Get(ct));
        if (setting.ViewerOf(export.AskedById) is not { } viewer || !viewer.May(Permission.ExportLeads))
        {
            return "not_permitted";
        }

        if (export.Kind != ExportKind.Leads)
        {
            return await new RunRecordExport(vault, kinds!.Single(k => k.Kind == export.Kind), time).Make(lease, viewer, setting, Most(export, setting), ct);
        }

        var (filter, words) = (LeadFilter.Parse(vault.Open(export.Query)), wordings(export.Language, setting));
        var looks = await Looks.Of(store, setting, viewer, time.Now, ct);
        using var buffer = new PieceStream();
        var rows = 0;
        var revealed = 0;
        using (var writer = ExportWriter.Of(export.Format, buffer))
        {
            writer.Row([.. export.Columns.Select(c => ExportCell.Of(words.Heading(c)))]);
            LeadCursor? after = null;
            do
            {
                var page = await list.ReadWhole(viewer, filter, after, PageSize, Permission.ExportLeads, ct);
                if ((rows += page.Items.Count) > Most(export, setting))
                {
                    return "grown";
                }

                revealed += await Write(writer, viewer, setting, export, words, looks, page.Items, ct);
                writer.Flush();
                await lease.Move(rows, revealed, [.. page.Items.Select(l => l.Id)], buffer.Take(end: false), ct);
                after = page.Next;
            }
            while (after is not null);
            var now = TimeZoneInfo.ConvertTime(time.Now, setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            writer.Row([ExportCell.Of(words.Watermark(viewer.Name, now, export.Id, rows))]);
        }

        await lease.Move(rows, revealed, [], buffer.Take(end: true), ct);
        var (size, expires) = (buffer.Written, time.Now.AddDays(setting.Exports.DaysKept));
        await lease.End(
            e => e.SetProperty(x => x.State, ExportState.Ready).SetProperty(x => x.Size, size).SetProperty(x => x.ExpiresAt, expires),
            ExportEvent.Made, new { rows, size, export.Format, revealed, approvedBy = export.DecidedById }, revealed, looks.Counted, ct);
        return null;
    }

    // What was approved, or needs no approval, may have changed since; a file never holds more than that.
    private static int Most(ExportRequest export, Setting setting) =>
        export.DecidedById is null ? Math.Max(export.Rows, setting.Exports.ApprovalAbove) : export.Rows;

    private async Task<int> Write(
        ExportWriter writer, Viewer viewer, Setting setting, ExportRequest export, ExportWording words, Looks looks, IReadOnlyList<Lead> leads, CancellationToken ct)
    {
        var masks = setting.Masking.At(MaskPlace.Export);
        var (contacts, plain) = await Contacts(viewer, setting, export, leads, ct);
        var revealed = 0;
        foreach (var lead in leads)
        {
            var points = viewer.Veil(setting, lead).Shows("contacts") ? contacts[lead.Id] : [];
            var holds = points.Any(p => export.Columns.Any(c => LeadExportColumns.Contacts.GetValueOrDefault(c) == p.Kind));
            var whole = holds && plain.Contains(lead.Id) && looks.At(lead.Id);
            revealed += whole ? 1 : 0;
            writer.Row([.. export.Columns.Select(column => LeadExportColumns.Contacts.TryGetValue(column, out var kind)
                ? ExportCell.Of(string.Join("; ", points.Where(p => p.Kind == kind).Select(p => whole ? vault.Plain(p) : vault.Masked(p, masks))))
                : LeadExportColumns.Cell(column, lead, words, setting))]);
        }

        return revealed;
    }

    private async Task<(ILookup<Guid, ContactPoint> Points, HashSet<Guid> Plain)> Contacts(Viewer viewer, Setting setting, ExportRequest export, IReadOnlyList<Lead> leads, CancellationToken ct)
    {
        if (!export.Columns.Any(LeadExportColumns.Contacts.ContainsKey))
        {
            return (Array.Empty<ContactPoint>().ToLookup(p => p.LeadId), []);
        }

        await using var db = store.Open();
        Guid[] ids = [.. leads.Select(l => l.Id)];
        var points = await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.LeadId)).OrderBy(c => c.Ordinal).ToListAsync(ct);
        if (!export.Plain || !setting.Exports.PlainContacts || !viewer.May(Permission.RevealContacts))
        {
            return (points.ToLookup(p => p.LeadId), []);
        }

        // What lies in a pool is shown one by one and counted (§9); a file would go round that.
        var everything = viewer.Scope(Permission.RevealContacts).HasFlag(DataScope.All);
        var plain = await viewer.Leads(db, Permission.RevealContacts).Where(l => ids.Contains(l.Id) && (everything || l.OwnerId != null)).Select(l => l.Id).ToListAsync(ct);
        return (points.ToLookup(p => p.LeadId), [.. plain]);
    }

    /// <summary>The looks at contact data that somebody has left today (§18): a file takes no more than that.</summary>
    private sealed class Looks(int? left, HashSet<Guid> known)
    {
        private readonly List<Guid> _counted = [];

        public IReadOnlyList<Guid> Counted => _counted;

        public static async Task<Looks> Of(Store store, Setting setting, Viewer viewer, DateTimeOffset now, CancellationToken ct)
        {
            await using var db = store.Open();
            var (quota, today) = (await ContactLooks.Quota(db, setting, viewer, now, ct), setting.Calendar.DateOf(now));
            return new Looks(quota.Left, await db.Set<ContactLook>().Where(l => l.UserId == viewer.UserId && l.Day == today).Select(l => l.LeadId).ToHashSetAsync(ct));
        }

        public bool At(Guid lead)
        {
            if (left is null || known.Contains(lead))
            {
                return true;
            }

            if (_counted.Count >= left)
            {
                return false;
            }

            _counted.Add(lead);
            return true;
        }
    }
}
