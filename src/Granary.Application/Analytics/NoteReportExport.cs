using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Storage;

namespace Granary.Application.Analytics;

/// <summary>Notes in the log that the figures of a report were taken out.</summary>
public sealed class NoteReportExport(Store store, TimeProvider time)
{
    /// <summary>Kind of the event; its subject is the number in the file's mark.</summary>
    public const string Exported = "report.exported";

    /// <summary>Notes it. Filters are names of channels and the like, and of nobody.</summary>
    public Task Of(Viewer viewer, BuiltReport built, ExportFormat format, Guid number, int rows, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            scope.Db.Add(time.Event(viewer.UserId, number, Exported, new { report = built.Report.Name, built.Query.From, built.Query.To, rows, format }));
            await scope.Db.SaveChangesAsync(ct);
        },
        ct);
}
