using System.Globalization;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Privacy;

/// <summary>What the pages of the privacy desk post, and the files they give.</summary>
internal static class PersonRequestForms
{
    public static void MapPersonRequestForms(this IEndpointRouteBuilder app)
    {
        var desk = app.MapGroup("").ExcludeFromDescription().Require(Permission.ManagePrivacy);
        desk.MapPost(PrivacyUrls.Requests, Record);
        desk.MapPost("/privacy-desk/requests/{id:guid}/answers", Answer);
        desk.MapGet("/privacy-desk/requests/{id:guid}/file.json", FileJson);
        desk.MapGet("/privacy-desk/requests/{id:guid}/file.html", FileHtml);
        desk.MapPost(PrivacyUrls.RetentionRuns, Run);
    }

    private static async Task<RedirectHttpResult> Record(
        [FromForm] string? kind, [FromForm] string? receivedAt, [FromForm] string? person, [FromForm] Guid[]? leads, [FromForm] string? identity, [FromForm] string? words,
        SavePersonRequest save, PrivacyAnswer answer, OrgTime time, Viewer viewer, CancellationToken ct)
    {
        var asked = Enum.TryParse<PersonRequestKind>(kind, ignoreCase: true, out var known) ? known : (PersonRequestKind?)null;
        var input = new PersonRequestInput(asked, Day(receivedAt, time, end: false), PrivacyWords.Lines(person), leads ?? [], identity, words, null);
        var result = await save.Record(viewer, input, ct);
        return answer.Of(result, "done.recorded", result is PrivacyResult<PersonRequest>.Done(var request) ? PrivacyUrls.Request(request.Id) : PrivacyUrls.Desk);
    }

    private static async Task<RedirectHttpResult> Answer(
        Guid id, [FromForm] string? state, [FromForm] int? seen, [FromForm] bool? chosen, [FromForm] Guid[]? leads, [FromForm] string? identity, [FromForm] string? note, [FromForm] string? until,
        [FromForm] string? name, [FromForm] string? title, HttpContext http,
        AnswerPersonRequest use, PrivacyAnswer answer, OrgTime time, Viewer viewer, CancellationToken ct)
    {
        var decided = Enum.TryParse<PersonRequestState>(state, ignoreCase: true, out var known) ? known : (PersonRequestState?)null;
        var form = await http.Request.ReadFormAsync(ct);
        var correction = new PersonCorrection(name, title, [.. form["from"].Zip(form["to"]).Where(r => r.First?.Length > 0 || r.Second?.Length > 0).Select(r => new ContactReplacement(r.First ?? "", r.Second ?? ""))]);
        var said = new PersonRequestAnswer(decided, note, identity, chosen == true ? leads ?? [] : null, Day(until, time, end: true), correction.IsEmpty ? null : correction);
        return answer.Of(await use.Answer(viewer, id, said, seen, ct), $"done.{WireName.Of(decided ?? PersonRequestState.Open)}", PrivacyUrls.Request(id));
    }

    private static async Task<IResult> FileJson(Guid id, ReadPersonRequests requests, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await requests.File(viewer, id, ct) is { } file
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(file.ToJsonString(Json.Options)), "application/json", $"person-{id}.json")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> FileHtml(Guid id, ReadPersonRequests requests, Setting setting, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await requests.File(viewer, id, ct) is { } file
            ? new RazorComponentResult<PersonFile>(new { File = file, Organisation = setting.Organisation.Name })
            : TypedResults.NotFound();
    }

    private static async Task<RedirectHttpResult> Run(RunRetention retention, IHttpContextAccessor http, IStringLocalizer<PrivacyTexts> texts, CancellationToken ct)
    {
        Toasts.Leave(http.HttpContext!, Tone.Ok, texts["done.retention", await retention.Run(ct)]);
        return TypedResults.LocalRedirect(PrivacyUrls.Retention);
    }

    // A day of organisation time; what came today came now.
    private static DateTimeOffset? Day(string? text, OrgTime time, bool end)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || (!end && day == time.Today))
        {
            return null;
        }

        var local = (end ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, time.Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
