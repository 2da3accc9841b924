using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Scheduled;

/// <summary>What somebody says about a saved report.</summary>
/// <param name="Name">Name, 1 to 60 characters, unique among one's own.</param>
/// <param name="Report">Name of a report.</param>
/// <param name="Query">Its filters, as in its address, at most 2,000 characters; never contact data.</param>
/// <param name="Shared">Whether others see it.</param>
public sealed record SavedReportInput(string? Name, string? Report, string? Query, bool Shared = false);

/// <summary>What became of saving.</summary>
public abstract record SavedReportResult
{
    private SavedReportResult()
    {
    }

    /// <summary>It is saved.</summary>
    public sealed record Done(Guid Id) : SavedReportResult;

    /// <summary>There is no such report or schedule of theirs.</summary>
    public sealed record Missing : SavedReportResult;

    /// <summary>Something is wrong with it.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : SavedReportResult;
}

/// <summary>The names of reports that there are.</summary>
public sealed record ReportNames(IReadOnlySet<string> All);

/// <summary>Reports with their filters under names: one's own, and those that others share. Whoever opens one sees what they may see.</summary>
public sealed class SavedReports(Store store, ReportNames names, TimeProvider time)
{
    /// <summary>Longest name.</summary>
    public const int NameLength = 60;

    /// <summary>Longest filters.</summary>
    public const int QueryLength = 2000;

    /// <summary>Most saved reports of one person.</summary>
    public const int Most = 50;

    /// <summary>Those somebody has: their own first, each by name.</summary>
    public async Task<IReadOnlyList<SavedReport>> Of(Viewer viewer, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ViewReports))
        {
            return [];
        }

        await using var db = store.Open();
        var reports = await db.Set<SavedReport>().AsNoTracking().Where(r => r.UserId == viewer.UserId || r.Shared).ToListAsync(ct);
        return [.. reports.OrderBy(r => r.UserId != viewer.UserId).ThenBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.Id)];
    }

    /// <summary>One that somebody has; null else.</summary>
    public async Task<SavedReport?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return viewer.May(Permission.ViewReports) ? await db.Set<SavedReport>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && (r.UserId == viewer.UserId || r.Shared), ct) : null;
    }

    /// <summary>Saves a report under a name; a name one has already gets the new filters.</summary>
    public Task<SavedReportResult> Save(Viewer viewer, SavedReportInput input, CancellationToken ct = default) => Write(viewer, input, null, ct);

    /// <summary>Changes one of one's own.</summary>
    public Task<SavedReportResult> Change(Viewer viewer, Guid id, SavedReportInput input, CancellationToken ct = default) => Write(viewer, input, id, ct);

    /// <summary>Kinds of events about what is saved; the subject is the saved report.</summary>
    public const string Saved = "report.saved", Deleted = "report.deleted";

    /// <summary>Deletes one's own with what sends it; false when it is not one's own.</summary>
    public Task<bool> Delete(Viewer viewer, Guid id, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            var db = scope.Db;
            if (await db.Set<SavedReport>().SingleOrDefaultAsync(r => r.Id == id && r.UserId == viewer.UserId, ct) is not { } report)
            {
                return false;
            }

            db.Remove(report);
            db.Add(time.Event(viewer.UserId, id, Deleted, new { report = report.Report, report.Name }));
            await db.SaveChangesAsync(ct);

            await db.Set<ReportDelivery>().Where(d => db.Set<ReportSchedule>().Any(s => s.ReportId == id && s.Id == d.ScheduleId)).ExecuteDeleteAsync(ct);
            await db.Set<ReportRecipient>().Where(r => db.Set<ReportSchedule>().Any(s => s.ReportId == id && s.Id == r.ScheduleId)).ExecuteDeleteAsync(ct);
            await db.Set<ReportSchedule>().Where(s => s.ReportId == id).ExecuteDeleteAsync(ct);
            return true;
        },
        ct);

    /// <summary>Of who departs: what others use goes to somebody who stays, the rest is gone.</summary>
    internal static async Task Leave(GranaryDb db, Guid userId, Guid heir, CancellationToken ct)
    {
        var taken = await db.Set<SavedReport>().Where(r => r.UserId == heir).Select(r => r.Name).ToHashSetAsync(ct);
        foreach (var report in await db.Set<SavedReport>().Where(r => r.UserId == userId).OrderBy(r => r.Id).ToListAsync(ct))
        {
            var used = report.Shared || await db.Set<ReportSchedule>().AnyAsync(s => s.ReportId == report.Id, ct);
            if (!used || heir == userId)
            {
                await db.Set<ReportSchedule>().Where(s => s.ReportId == report.Id).ExecuteDeleteAsync(ct);
                db.Remove(report);
                continue;
            }

            var name = report.Name;
            for (var n = 2; !taken.Add(report.Name); n++)
            {
                report.Name = $"{name[..Math.Min(name.Length, NameLength - 5)]} ({n})";
            }

            report.UserId = heir;
        }

        await db.SaveChangesAsync(ct);
    }

    private IReadOnlyList<FieldError> Check(SavedReportInput input)
    {
        var (name, query) = (input.Name?.Trim() ?? "", Trimmed(input.Query));
        return
        [
            .. name.Length == 0 ? [new FieldError("name", "required")] : name.Length > NameLength ? [new FieldError("name", "too_long", $"{NameLength}")] : Array.Empty<FieldError>(),
            .. input.Report is null or "" ? [new FieldError("report", "required")] : !names.All.Contains(input.Report) ? [new FieldError("report", "unknown")] : Array.Empty<FieldError>(),
            .. query.Length > QueryLength ? [new FieldError("query", "too_long", $"{QueryLength}")] : Array.Empty<FieldError>(),
            // It is kept in the clear and may be shared; a number of one person has no business in it.
            .. query.Split('&').Select(p => Uri.UnescapeDataString(p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..])).Any(v => PhoneNumber.TryParse(v, out _, out _) || EmailAddress.TryParse(v, out _, out _))
                ? [new FieldError("query", "contact_data")] : Array.Empty<FieldError>(),
            .. input.Report == MilestoneReport.Named ? FunnelDefinition.Refuse(query) : [],
        ];
    }

    private static string Trimmed(string? query) => (query ?? "").Trim().TrimStart('?');

    private async Task<SavedReportResult> Write(Viewer viewer, SavedReportInput input, Guid? id, CancellationToken ct)
    {
        if (Check(input) is { Count: > 0 } errors)
        {
            return new SavedReportResult.Refused(errors);
        }

        return await store.Write<SavedReportResult>(
            async scope =>
            {
                var own = await scope.Db.Set<SavedReport>().Where(r => r.UserId == viewer.UserId).ToListAsync(ct);
                var name = input.Name!.Trim();
                var named = own.Find(r => r.Name == name);
                var report = id is null ? named : own.Find(r => r.Id == id);
                if (id is not null && report is null)
                {
                    return new SavedReportResult.Missing();
                }

                if (id is not null && named is not null && named.Id != id)
                {
                    return new SavedReportResult.Refused([new FieldError("name", "taken")]);
                }

                if (report is null)
                {
                    if (own.Count >= Most)
                    {
                        return new SavedReportResult.Refused([new FieldError("name", "too_many", $"{Most}")]);
                    }

                    report = new SavedReport { Id = time.NewId(), UserId = viewer.UserId, Name = "", Report = "", Query = "" };
                    scope.Db.Add(report);
                }

                (report.Name, report.Report, report.Query, report.Shared, report.At) = (name, input.Report!, Trimmed(input.Query), input.Shared, time.Now);
                scope.Db.Add(time.Event(viewer.UserId, report.Id, Saved, new { report = report.Report, report.Name, report.Query, report.Shared }));
                await scope.Db.SaveChangesAsync(ct);
                return new SavedReportResult.Done(report.Id);
            },
            ct);
    }
}
