using System.Globalization;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;

namespace Granary.Application.Desk.Exports.Records;

/// <summary>Writes the file of an export of records other than leads, page by page, with the rights that whoever asked has now.</summary>
internal sealed class RunRecordExport(Vault vault, RecordExport records, TimeProvider time)
{
    /// <summary>Makes the file; why it cannot be made.</summary>
    public async Task<string?> Make(ExportLease lease, Viewer viewer, Setting setting, int most, CancellationToken ct)
    {
        if (!viewer.May(records.Permission))
        {
            return "not_permitted";
        }

        var export = lease.Export;
        var query = vault.Open(export.Query);
        var (head, watermark) = records.Words(setting);
        using var buffer = new PieceStream();
        var rows = 0;
        using (var writer = ExportWriter.Of(export.Format, buffer))
        {
            writer.Row([.. head.Select(ExportCell.Of)]);
            Guid? after = null;
            do
            {
                var page = await records.Page(viewer, setting, query, after, ct);
                if ((rows += page.Rows.Count) > most)
                {
                    return "grown";
                }

                foreach (var row in page.Rows)
                {
                    writer.Row(row);
                }

                writer.Flush();
                await lease.Move(rows, 0, page.Leads, buffer.Take(end: false), ct);
                after = page.Next;
            }
            while (after is not null);
            var now = TimeZoneInfo.ConvertTime(time.Now, setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            writer.Row([ExportCell.Of(watermark(viewer.Name, now, export.Id, rows))]);
        }

        await lease.Move(rows, 0, [], buffer.Take(end: true), ct);
        var (size, expires) = (buffer.Written, time.Now.AddDays(setting.Exports.DaysKept));
        await lease.End(
            e => e.SetProperty(x => x.State, ExportState.Ready).SetProperty(x => x.Size, size).SetProperty(x => x.ExpiresAt, expires),
            ExportEvent.Made, new { kind = export.Kind, rows, size, export.Format, approvedBy = export.DecidedById }, 0, [], ct);
        return null;
    }
}
