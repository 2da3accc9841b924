using System.Globalization;
using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings;

/// <summary>The calendar API.</summary>
public static class CalendarApi
{
    private const string Path = "/api/v1/calendar";

    internal static void MapCalendar(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, Get).WithTags("Calendar").Produces<CalendarView>();
        var calendar = app.MapGroup(Path).WithTags("Calendar").Require(Permission.ManagePolicies).Idempotent();
        calendar.MapPut("", SetWeek).Produces<CalendarView>();
        calendar.MapPatch("", ChangeWeek).Produces<CalendarView>().Accepts<WeekBody>("application/merge-patch+json", "application/json");
        calendar.MapPut("/days/{date}", SetDay).Produces<CalendarDayView>();
        calendar.MapDelete("/days/{date}", ClearDay).Produces(StatusCodes.Status204NoContent);
        calendar.MapPost("/imports", Import).Accepts<CalendarFileBody>("application/json", "text/calendar")
            .Produces<CalendarImportView>().Produces<CalendarImportView>(StatusCodes.Status201Created);
    }

    /// <summary>Gives the working weekdays and hours, and the days of a year that differ from their weekday.</summary>
    /// <param name="year">The year, 2000 to 2100; this year when left out.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="time">Organisation time.</param>
    /// <param name="texts">Words.</param>
    public static IResult Get(int? year, Setting setting, OrgTime time, IStringLocalizer<SettingsTexts> texts) =>
        year is < CalendarView.FirstYear or > CalendarView.LastYear
            ? Problem.BadParameter(new FieldError("year", "out_of_range", CalendarView.Years))
            : TypedResults.Ok(CalendarView.Of(setting.Calendar, year ?? time.Today.Year, texts));

    /// <summary>Sets the working weekdays and hours.</summary>
    /// <param name="body">Both of them.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="time">Organisation time.</param>
    /// <param name="texts">Words.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> SetWeek(
        WeekBody body, SaveCalendar save, Viewer viewer, SettingCache settings, OrgTime time, IStringLocalizer<SettingsTexts> texts, CancellationToken ct)
    {
        FieldError[] missing =
        [
            .. body.Weekdays is null ? [new FieldError("weekdays", "required")] : Array.Empty<FieldError>(),
            .. body.Hours?.Contains(null!) != false ? [new FieldError("hours", "required")] : Array.Empty<FieldError>(),
        ];
        return missing.Length > 0
            ? Problem.Invalid(missing)
            : await save.SetWeek(viewer.UserId, new WorkingWeek(body.Weekdays!, body.Hours!), ct)
                .Answer(async _ => Get(null, await settings.Get(ct), time, texts));
    }

    /// <summary>Changes the working weekdays or the hours: members given replace, members left out stay (merge patch).</summary>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="time">Organisation time.</param>
    /// <param name="texts">Words.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> ChangeWeek(
        JsonObject patch, SaveCalendar save, Viewer viewer, SettingCache settings, OrgTime time, IStringLocalizer<SettingsTexts> texts, CancellationToken ct)
    {
        var calendar = (await settings.Latest(ct)).Calendar;
        return await SetWeek(MergePatch.Apply(new WeekBody(calendar.Weekdays, calendar.Hours), patch), save, viewer, settings, time, texts, ct);
    }

    /// <summary>Makes a day a holiday or a make-up workday.</summary>
    /// <param name="date">The day, as 2026-10-01.</param>
    /// <param name="body">What it becomes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> SetDay(string date, CalendarDayBody body, SaveCalendar save, Viewer viewer, SettingCache settings, CancellationToken ct)
    {
        if (Day(date) is not { } day)
        {
            return Impossible(date);
        }

        return body.Kind is not { } kind
            ? Problem.Invalid([new FieldError("kind", "required")])
            : await save.SetDay(viewer.UserId, day, kind == CalendarDayKind.Workday, body.Name ?? "", ct)
                .Answer(async _ => TypedResults.Ok(CalendarDayView.Of((await settings.Get(ct)).Calendar.ExceptionOn(day)!)));
    }

    /// <summary>Takes back what was edited or imported for a day: the built-in calendar or its weekday decides again.</summary>
    /// <param name="date">The day, as 2026-10-01.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> ClearDay(string date, SaveCalendar save, Viewer viewer, CancellationToken ct) =>
        Day(date) is { } day ? save.ClearDay(viewer.UserId, day, ct).Answer() : Task.FromResult<IResult>(Impossible(date));

    /// <summary>
    /// Imports holidays and make-up workdays from an iCalendar file or from JSON, up to 1 MB: all of it, or nothing. JSON is
    /// <c>{"days": [{"date", "name", "kind"}]}</c>, or with <c>isOffDay</c> as public lists write it.
    /// </summary>
    /// <param name="dryRun">Only say what would change: 200.</param>
    /// <param name="http">The request.</param>
    /// <param name="import">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="words">Words of refused entries.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Import(bool? dryRun, HttpContext http, ImportCalendar import, Viewer viewer, FieldErrorText words, CancellationToken ct)
    {
        var file = CalendarFile.Read(await CalendarUpload.Read(http.Request.Body, ct));
        if (file.Errors.Count > 0)
        {
            return Problem.Invalid(file.Errors);
        }

        var done = dryRun == true ? await import.Preview(file, ct) : await import.Import(viewer.UserId, file, ct);
        return done.Errors.Count > 0 ? Problem.Invalid(done.Errors)
            : dryRun == true ? TypedResults.Ok(CalendarImportView.Of(done, words))
            : TypedResults.Created($"{Path}?year={done.Years.Last()}", CalendarImportView.Of(done, words));
    }

    private static DateOnly? Day(string date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Problem Impossible(string date) => Problem.Invalid([new FieldError("date", "impossible_date", date[..Math.Min(date.Length, 40)])]);
}
