using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Analytics;

/// <summary>A saved report to add, or what it becomes.</summary>
/// <param name="Name">Name, 1 to 60 characters, unique among the caller's own.</param>
/// <param name="Report">Name of a report.</param>
/// <param name="Query">Its filters as in the address of its page, at most 2,000 characters; <c>period=lastWeek</c> and the like stand for days that move along. Never contact data.</param>
/// <param name="Shared">Whether everybody who reads reports sees it, each with what they may see.</param>
public sealed record SavedReportBody(string? Name = null, string? Report = null, string? Query = null, bool Shared = false);

/// <summary>A saved report.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Report">Name of the report.</param>
/// <param name="Query">Its filters.</param>
/// <param name="Shared">Whether others see it.</param>
/// <param name="Own">Whether it is the caller's own.</param>
public sealed record SavedReportView(Guid Id, string Name, string Report, string Query, bool Shared, bool Own);

/// <summary>A scheduled report to add, or what it becomes.</summary>
/// <param name="ReportId">A saved report of the caller's, or one that is shared.</param>
/// <param name="Every">daily, weekly or monthly.</param>
/// <param name="Weekdays">The weekdays of weekly.</param>
/// <param name="Day">The day of monthly, 1 to 31; a shorter month has its last.</param>
/// <param name="At">The time of day in organisation time, <c>HH:mm:ss</c>.</param>
/// <param name="WorkingDaysOnly">Whether one that falls on a day that is not worked waits for the next that is.</param>
/// <param name="Channel">mail, or webhook: to the webhook that each recipient chose for notices.</param>
/// <param name="Recipients">Ids of 1 to 50 users who may read reports; each gets what they may see.</param>
/// <param name="Language">Language of what is sent.</param>
/// <param name="Open">Whether it is on.</param>
public sealed record ReportScheduleBody(
    Guid? ReportId = null, ReactivationRhythm Every = ReactivationRhythm.Daily, IReadOnlyList<DayOfWeek>? Weekdays = null, int Day = 1, TimeOnly? At = null, bool WorkingDaysOnly = false,
    NoticeChannelKind Channel = NoticeChannelKind.Mail, IReadOnlyList<Guid>? Recipients = null, string? Language = null, bool Open = true)
{
    internal ReportScheduleInput Input => new(
        ReportId ?? Guid.Empty, new ReactivationSchedule { Every = Every, Weekdays = Weekdays ?? [], Day = Day, At = At ?? new TimeOnly(9, 0), WorkingDaysOnly = WorkingDaysOnly }, Channel, Recipients ?? [], Language, Open);
}

/// <summary>What became of sending a report to somebody.</summary>
/// <param name="UserId">The recipient.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="Attempts">Attempts.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
/// <param name="Error">Code of why the last attempt failed.</param>
/// <param name="NextAt">When it is tried next.</param>
public sealed record ReportDeliveryView(Guid UserId, DateTimeOffset DueAt, int Attempts, DateTimeOffset? DeliveredAt, string? Error, DateTimeOffset? NextAt);

/// <summary>A scheduled report.</summary>
/// <param name="Id">Id.</param>
/// <param name="ReportId">The saved report.</param>
/// <param name="Name">Its name.</param>
/// <param name="Every">How often.</param>
/// <param name="Weekdays">Weekdays.</param>
/// <param name="Day">Day of the month.</param>
/// <param name="At">Time of day.</param>
/// <param name="WorkingDaysOnly">Whether it waits for a working day.</param>
/// <param name="Channel">By what.</param>
/// <param name="Recipients">Who gets it.</param>
/// <param name="Language">Language.</param>
/// <param name="Open">Whether it is on.</param>
/// <param name="NextAt">When it is due next.</param>
/// <param name="Deliveries">The last deliveries, the latest first.</param>
public sealed record ReportScheduleView(
    Guid Id, Guid ReportId, string Name, ReactivationRhythm Every, IReadOnlyList<DayOfWeek> Weekdays, int Day, TimeOnly At, bool WorkingDaysOnly, NoticeChannelKind Channel,
    IReadOnlyList<Guid> Recipients, string? Language, bool Open, DateTimeOffset? NextAt, IReadOnlyList<ReportDeliveryView> Deliveries)
{
    internal static ReportScheduleView Of(ScheduledReport s) => new(
        s.Schedule.Id, s.Report.Id, s.Report.Name, s.Plan.Every, s.Plan.Weekdays, s.Plan.Day, s.Plan.At, s.Plan.WorkingDaysOnly, s.Schedule.Channel, s.Recipients, s.Schedule.Language, s.Schedule.Open, s.Schedule.NextAt,
        [.. s.Deliveries.Select(d => new ReportDeliveryView(d.UserId, d.DueAt, d.Attempts, d.DeliveredAt, d.Error, d.NextAt))]);
}

/// <summary>Saved and scheduled reports (§15).</summary>
public static class SavedReportsApi
{
    internal static void MapSavedReports(this IEndpointRouteBuilder app)
    {
        var saved = app.MapGroup("/api/v1/saved-reports").WithTags("Reports").Require(Permission.ViewReports).Idempotent();
        saved.MapGet("/", List).Produces<IReadOnlyList<SavedReportView>>();
        saved.MapPost("/", Save).Produces<SavedReportView>(StatusCodes.Status201Created);
        saved.MapPut("/{id:guid}", Change).Produces<SavedReportView>();
        saved.MapDelete("/{id:guid}", Delete).Produces(StatusCodes.Status204NoContent);
        var schedules = app.MapGroup("/api/v1/report-schedules").WithTags("Reports").Require(Permission.ViewReports).Idempotent();
        schedules.MapGet("/", Scheduled).Produces<IReadOnlyList<ReportScheduleView>>();
        schedules.MapPost("/", Schedule).Produces<ReportScheduleView>(StatusCodes.Status201Created);
        schedules.MapPut("/{id:guid}", Reschedule).Produces<ReportScheduleView>();
        schedules.MapDelete("/{id:guid}", Unschedule).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists the caller's saved reports, then those that others share, each by name.</summary>
    public static async Task<IResult> List(SavedReports saved, Viewer viewer, CancellationToken ct) =>
        TypedResults.Ok((await saved.Of(viewer, ct)).Select(r => View(r, viewer)).ToList());

    /// <summary>Saves a report with its filters under a name; a name the caller has already gets the new filters.</summary>
    public static async Task<IResult> Save(SavedReportBody body, SavedReports saved, Viewer viewer, CancellationToken ct)
    {
        var result = await saved.Save(viewer, Input(body), ct);
        return result is SavedReportResult.Done(var id) ? TypedResults.Created($"/api/v1/saved-reports/{id}", View((await saved.Find(viewer, id, ct))!, viewer)) : Problems(result);
    }

    /// <summary>Replaces a saved report of the caller's.</summary>
    public static async Task<IResult> Change(Guid id, SavedReportBody body, SavedReports saved, Viewer viewer, CancellationToken ct)
    {
        var result = await saved.Change(viewer, id, Input(body), ct);
        return result is SavedReportResult.Done ? TypedResults.Ok(View((await saved.Find(viewer, id, ct))!, viewer)) : Problems(result);
    }

    /// <summary>Deletes a saved report of the caller's with everything that sends it.</summary>
    public static async Task<IResult> Delete(Guid id, SavedReports saved, Viewer viewer, CancellationToken ct) =>
        await saved.Delete(viewer, id, ct) ? TypedResults.NoContent() : Problem.NotFound();

    /// <summary>Lists what the caller has sent, with the last deliveries of each.</summary>
    public static async Task<IResult> Scheduled(ScheduleReports schedules, Viewer viewer, CancellationToken ct) =>
        TypedResults.Ok((await schedules.Of(viewer, ct)).Select(ReportScheduleView.Of).ToList());

    /// <summary>Has a saved report sent by itself; each recipient gets what they may see.</summary>
    public static async Task<IResult> Schedule(ReportScheduleBody body, ScheduleReports schedules, Viewer viewer, CancellationToken ct)
    {
        var result = await schedules.Add(viewer, body.Input, ct);
        return result is SavedReportResult.Done(var id) ? TypedResults.Created($"/api/v1/report-schedules/{id}", await One(schedules, viewer, id, ct)) : Problems(result);
    }

    /// <summary>Replaces a schedule of the caller's; what is on its way goes out as it was.</summary>
    public static async Task<IResult> Reschedule(Guid id, ReportScheduleBody body, ScheduleReports schedules, Viewer viewer, CancellationToken ct)
    {
        var result = await schedules.Change(viewer, id, body.Input, ct);
        return result is SavedReportResult.Done ? TypedResults.Ok(await One(schedules, viewer, id, ct)) : Problems(result);
    }

    /// <summary>Deletes a schedule of the caller's with its deliveries.</summary>
    public static async Task<IResult> Unschedule(Guid id, ScheduleReports schedules, Viewer viewer, CancellationToken ct) =>
        await schedules.Delete(viewer, id, ct) ? TypedResults.NoContent() : Problem.NotFound();

    private static async Task<ReportScheduleView> One(ScheduleReports schedules, Viewer viewer, Guid id, CancellationToken ct) =>
        ReportScheduleView.Of((await schedules.Of(viewer, ct)).First(s => s.Schedule.Id == id));

    private static SavedReportInput Input(SavedReportBody body) => new(body.Name, body.Report, body.Query, body.Shared);

    private static SavedReportView View(SavedReport r, Viewer viewer) => new(r.Id, r.Name, r.Report, r.Query, r.Shared, r.UserId == viewer.UserId);

    private static Problem Problems(SavedReportResult result) => result is SavedReportResult.Refused(var errors) ? Problem.Invalid(errors) : Problem.NotFound();
}
