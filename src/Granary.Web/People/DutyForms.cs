using System.Globalization;
using Granary.Application.People;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.People;

/// <summary>Forms about leave, beside the duty roster.</summary>
internal static class DutyForms
{
    public const string Leave = "/settings/duty/leave";

    public static string DecisionOf(Guid id) => $"{Leave}/{id}/decision";

    public static string EndingOf(Guid id) => $"{Leave}/{id}/ending";

    public static void MapDutyForms(this IEndpointRouteBuilder app)
    {
        var leave = app.MapGroup(Leave).ExcludeFromDescription();
        leave.MapPost("", Ask);
        leave.MapPost("/{id:guid}/decision", Decide);
        leave.MapPost("/{id:guid}/ending", End);
    }

    private static async Task<RedirectHttpResult> Ask(
        [FromForm] Guid? userId, [FromForm] string? firstDay, [FromForm] string? lastDay, [FromForm] string? note, AskLeave leave, Viewer viewer, LeaveAnswer answer, CancellationToken ct)
    {
        var result = await leave.Ask(viewer, userId ?? viewer.UserId, Day(firstDay), Day(lastDay), note, ct);
        return answer.Of(result, result is LeaveResult.Done { Leave.State: LeaveState.Granted } ? "leave.given" : "leave.asked");
    }

    private static async Task<RedirectHttpResult> Decide(Guid id, [FromForm] bool? granted, [FromForm] string? comment, AskLeave leave, Viewer viewer, LeaveAnswer answer, CancellationToken ct) =>
        answer.Of(await leave.Decide(viewer, id, granted ?? false, comment, ct), granted == true ? "leave.granted" : "leave.refused");

    private static async Task<RedirectHttpResult> End(Guid id, IFormCollection form, AskLeave leave, Viewer viewer, LeaveAnswer answer, CancellationToken ct) =>
        answer.Of(await leave.End(viewer, id, ct), "leave.ended");

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Says what became of a request for leave, on the page of the roster.</summary>
internal sealed class LeaveAnswer(IHttpContextAccessor http, IStringLocalizer<DutyTexts> texts, IStringLocalizer<ProblemTexts> problems, FieldErrorText fields)
{
    public RedirectHttpResult Of(LeaveResult result, string done)
    {
        var (tone, words) = result switch
        {
            LeaveResult.Done => (Tone.Ok, texts[done].Value),
            LeaveResult.Not(PeopleResult.Refused { Errors: [{ Field: "", Code: var code }] }) => (Tone.Danger, problems[code].Value),
            LeaveResult.Not(PeopleResult.Refused { Errors: [var error, ..] }) => (Tone.Danger, $"{texts[$"field.{error.Field}"]}: {fields.Of(error)}"),
            LeaveResult.Forbidden => (Tone.Danger, texts["leave.forbidden"].Value),
            _ => (Tone.Danger, texts["leave.gone"].Value),
        };
        Toasts.Leave(http.HttpContext!, tone, words);
        return TypedResults.LocalRedirect(PeopleUrls.Duty + "#leave");
    }
}
