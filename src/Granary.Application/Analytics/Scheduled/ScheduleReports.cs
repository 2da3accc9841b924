using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Scheduled;

/// <summary>What somebody says about sending a saved report.</summary>
/// <param name="ReportId">A saved report of theirs, or one that is shared.</param>
/// <param name="Plan">When: daily, weekly or monthly.</param>
/// <param name="Channel">By what.</param>
/// <param name="Recipients">Who gets it, 1 to 50 users who may read reports.</param>
/// <param name="Language">Language of what is sent; null is the product's first.</param>
/// <param name="Open">Whether it is on.</param>
public sealed record ReportScheduleInput(
    Guid ReportId, ReactivationSchedule Plan, NoticeChannelKind Channel, IReadOnlyList<Guid> Recipients, string? Language = null, bool Open = true);

/// <summary>A scheduled report with whom it goes to and what became of it lately.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Report">The saved report.</param>
/// <param name="Plan">When.</param>
/// <param name="Recipients">Who gets it.</param>
/// <param name="Deliveries">The last deliveries, the latest first.</param>
public sealed record ScheduledReport(ReportSchedule Schedule, SavedReport Report, ReactivationSchedule Plan, IReadOnlyList<Guid> Recipients, IReadOnlyList<ReportDelivery> Deliveries);

/// <summary>Lets somebody have a saved report sent by itself (§15). Each recipient gets what they themselves may see.</summary>
public sealed class ScheduleReports(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Most recipients of one schedule.</summary>
    public const int MostRecipients = 50;

    /// <summary>Most schedules of one person.</summary>
    public const int Most = 50;

    private const int Shown = 20;

    /// <summary>What somebody has sent, by name.</summary>
    public async Task<IReadOnlyList<ScheduledReport>> Of(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var schedules = await db.Set<ReportSchedule>().AsNoTracking().Where(s => s.OwnerId == viewer.UserId).ToListAsync(ct);
        var (ids, reports) = (schedules.ConvertAll(s => s.Id), schedules.ConvertAll(s => s.ReportId));
        var saved = await db.Set<SavedReport>().AsNoTracking().Where(r => reports.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var recipients = (await db.Set<ReportRecipient>().AsNoTracking().Where(r => ids.Contains(r.ScheduleId)).ToListAsync(ct)).ToLookup(r => r.ScheduleId, r => r.UserId);
        List<ScheduledReport> all = [];
        foreach (var schedule in schedules.OrderBy(s => saved[s.ReportId].Name, StringComparer.Ordinal).ThenBy(s => s.Id))
        {
            var deliveries = await db.Set<ReportDelivery>().AsNoTracking().Where(d => d.ScheduleId == schedule.Id).OrderByDescending(d => d.DueAt).ThenBy(d => d.Id).Take(Shown).ToListAsync(ct);
            all.Add(new(schedule, saved[schedule.ReportId], Json.Read<ReactivationSchedule>(schedule.Plan), [.. recipients[schedule.Id].Order()], deliveries));
        }

        return all;
    }

    /// <summary>Adds a schedule.</summary>
    public Task<SavedReportResult> Add(Viewer viewer, ReportScheduleInput input, CancellationToken ct = default) => Write(viewer, null, input, ct);

    /// <summary>Changes one's own; what is on its way goes out as it was.</summary>
    public Task<SavedReportResult> Change(Viewer viewer, Guid id, ReportScheduleInput input, CancellationToken ct = default) => Write(viewer, id, input, ct);

    /// <summary>Deletes one's own with its deliveries; false when it is not one's own.</summary>
    public Task<bool> Delete(Viewer viewer, Guid id, CancellationToken ct = default) => store.Write(
        async scope =>
        {
            if (await scope.Db.Set<ReportSchedule>().Where(s => s.Id == id && s.OwnerId == viewer.UserId).ExecuteDeleteAsync(ct) == 0)
            {
                return false;
            }

            await scope.Db.Set<ReportRecipient>().Where(r => r.ScheduleId == id).ExecuteDeleteAsync(ct);
            await scope.Db.Set<ReportDelivery>().Where(d => d.ScheduleId == id).ExecuteDeleteAsync(ct);
            return true;
        },
        ct);

    private static IReadOnlyList<FieldError> Check(ReportScheduleInput input, Setting setting) =>
    [
        .. input.Plan.Every == ReactivationRhythm.None ? [new FieldError("plan.every", "required")] : input.Plan.Validate("plan"),
        .. Enum.IsDefined(input.Channel) ? Array.Empty<FieldError>() : [new FieldError("channel", "not_a_choice")],
        .. input.Recipients.Count == 0 ? [new FieldError("recipients", "required")] : input.Recipients.Count > MostRecipients ? [new FieldError("recipients", "too_many", $"{MostRecipients}")] : Array.Empty<FieldError>(),
        .. input.Recipients.Index().Where(r => setting.ViewerOf(r.Item)?.May(Permission.ViewReports) != true).Select(r => new FieldError($"recipients[{r.Index}]", setting.People.ContainsKey(r.Item) ? "may_not_read" : "unknown")),
        .. input.Language is { Length: > 10 } ? [new FieldError("language", "not_a_choice")] : Array.Empty<FieldError>(),
    ];

    private async Task<SavedReportResult> Write(Viewer viewer, Guid? id, ReportScheduleInput input, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        if (Check(input, setting) is { Count: > 0 } errors)
        {
            return new SavedReportResult.Refused(errors);
        }

        return await store.Write<SavedReportResult>(
            async scope =>
            {
                var db = scope.Db;
                var schedule = id is null ? null : await db.Set<ReportSchedule>().SingleOrDefaultAsync(s => s.Id == id && s.OwnerId == viewer.UserId, ct);
                if (id is not null && schedule is null)
                {
                    return new SavedReportResult.Missing();
                }

                if (!await db.Set<SavedReport>().AnyAsync(r => r.Id == input.ReportId && (r.UserId == viewer.UserId || r.Shared), ct))
                {
                    return new SavedReportResult.Refused([new FieldError("reportId", "unknown")]);
                }

                if (schedule is null)
                {
                    if (await db.Set<ReportSchedule>().CountAsync(s => s.OwnerId == viewer.UserId, ct) >= Most)
                    {
                        return new SavedReportResult.Refused([new FieldError("reportId", "too_many", $"{Most}")]);
                    }

                    schedule = new ReportSchedule { Id = time.NewId(), OwnerId = viewer.UserId, Plan = "" };
                    db.Add(schedule);
                }

                (schedule.ReportId, schedule.Plan, schedule.Channel, schedule.Language, schedule.Open) = (input.ReportId, Json.Write(input.Plan), input.Channel, input.Language, input.Open);
                (schedule.NextAt, schedule.At) = (input.Open ? input.Plan.Next(time.Now, setting.Calendar) : null, time.Now);
                await db.SaveChangesAsync(ct);
                await db.Set<ReportRecipient>().Where(r => r.ScheduleId == schedule.Id).ExecuteDeleteAsync(ct);
                db.AddRange(input.Recipients.Distinct().Select(r => new ReportRecipient { ScheduleId = schedule.Id, UserId = r }));
                await db.SaveChangesAsync(ct);
                return new SavedReportResult.Done(schedule.Id);
            },
            ct);
    }
}
