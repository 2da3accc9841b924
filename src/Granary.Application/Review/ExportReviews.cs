using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>What of review is taken out as a file.</summary>
public enum ReviewFile
{
    /// <summary>The register 线索一览表.</summary>
    Register = 1,

    /// <summary>The review form of one lead 线索评审表.</summary>
    Form = 2,

    /// <summary>Its milestone tracking sheet 里程碑计划与跟踪表.</summary>
    Milestones = 3,
}

/// <summary>
/// Lets what belongs to reviews out as a file (§18 Exports): to who may export the leads, no more rows than need no approval, each noted
/// in the log.
/// </summary>
public sealed class ExportReviews(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>That a file was taken out.</summary>
    public const string Exported = "review.exported";

    private const int Chunk = 500;

    /// <summary>The rows of the register that may be taken out; null where they are more than need no approval.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="filter">Which.</param>
    /// <param name="list">The register.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<ListedReview>?> Register(Viewer viewer, ReviewFilter filter, ListReviews list, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        List<ListedReview> rows = [];
        for (Guid? after = null; ;)
        {
            var page = await list.Page(viewer, filter, after, Chunk, Permission.ExportLeads, ct);
            rows.AddRange(page.Take(Chunk));
            if (setting.Exports.Judge(rows.Count) != ExportVerdict.Free)
            {
                return null;
            }

            if (page.Count <= Chunk)
            {
                await Note(viewer, ReviewFile.Register, viewer.UserId, rows.Count, ct);
                return rows;
            }

            after = rows[^1].Review.Id;
        }
    }

    /// <summary>Whether a file about one lead may be taken out; noted where it may.</summary>
    public async Task<bool> Of(Viewer viewer, Guid leadId, ReviewFile file, int rows, CancellationToken ct = default)
    {
        await using (var db = store.Open())
        {
            if (!await viewer.Leads(db, Permission.ExportLeads).AnyAsync(l => l.Id == leadId, ct))
            {
                return false;
            }
        }

        await Note(viewer, file, leadId, rows, ct);
        return true;
    }

    private Task<int> Note(Viewer viewer, ReviewFile file, Guid subject, int rows, CancellationToken ct) => store.Write(
        async scope =>
        {
            scope.Db.Add(time.Event(viewer.UserId, subject, Exported, new { file, rows }));
            await scope.Db.SaveChangesAsync(ct);
            return rows;
        },
        ct);
}
