using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>
/// Forms that do a verb on leads. Each leads back to the page it came from, which says what became of it, so that they
/// work from every page and without any script.
/// </summary>
internal static class LeadForms
{
    public static void MapLeadForms(this IEndpointRouteBuilder app)
    {
        app.MapPost(Urls.Assignment, AssignAll).Require(Permission.AssignLeads);
        app.MapPost("/leads/{id:guid}/assignment", Assign).Require(Permission.AssignLeads);
        app.MapPost("/leads/{id:guid}/invalidation", Invalidate).Require(Permission.ViewLeads);
        app.MapPost("/leads/{id:guid}/promotion", Promote).Require(Permission.AssignLeads);
        app.MapPost("/leads/{id:guid}/release", Release).Require(Permission.CheckHeldLeads);
    }

    private static async Task<RedirectHttpResult> AssignAll(
        [FromForm] Guid[] ids, [FromForm] string? to, [FromForm] string? toText, [FromForm] string? back, AssignLead assign, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (answer.Colleague(setting, to, toText) is not { } colleague)
        {
            return answer.Refuse("refused.nobody", back);
        }

        if (ids.Length is 0 or > AssignLead.Most)
        {
            return answer.Refuse("refused.selection", back);
        }

        var results = await assign.AssignAll(viewer, ids, colleague, ct);
        return answer.AssignedAll(results, setting.People[colleague].Name, back);
    }

    private static async Task<RedirectHttpResult> Assign(
        Guid id, [FromForm] string? to, [FromForm] string? toText, [FromForm] int? seen, [FromForm] string? back, AssignLead assign, VerbAnswer answer, Viewer viewer, Setting setting, CancellationToken ct) =>
        answer.Colleague(setting, to, toText) is { } colleague
            ? answer.Of(await assign.Assign(viewer, id, colleague, seen, ct), "done.assigned", back ?? Urls.Lead(id), setting.People[colleague].Name)
            : answer.Refuse("refused.nobody", back ?? Urls.Lead(id));

    private static async Task<RedirectHttpResult> Invalidate(
        Guid id, [FromForm] string? reason, [FromForm] string? note, [FromForm] int? seen, [FromForm] string? back, InvalidateLead invalidate, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await invalidate.Invalidate(viewer, id, reason, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), seen, ct), "done.invalidated", back ?? Urls.Lead(id));

    private static async Task<RedirectHttpResult> Promote(
        Guid id, [FromForm] string? reason, [FromForm] int? seen, [FromForm] string? back, PromoteLead promote, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of(await promote.Promote(viewer, id, reason, seen, ct), "done.promoted", back ?? Urls.Lead(id));

    private static async Task<RedirectHttpResult> Release(
        Guid id, [FromForm] int? seen, [FromForm] string? back, ReleaseLead release, VerbAnswer answer, Viewer viewer, CancellationToken ct) =>
        answer.Of((await release.Release(viewer, id, seen, ct)).Result, "done.released", back ?? Urls.Lead(id));
}

/// <summary>Says what became of a verb, on the page that the form leads back to.</summary>
internal sealed class VerbAnswer(IHttpContextAccessor http, IStringLocalizer<DeskTexts> texts, FieldErrorText fields)
{
    /// <summary>Who was meant: chosen from the list, or typed in full where scripts are off.</summary>
    public Guid? Colleague(Setting setting, string? id, string? name) =>
        Guid.TryParse(id, out var chosen) && setting.People.ContainsKey(chosen) ? chosen
        : setting.People.Values.Where(p => p.Name == name?.Trim()).Take(2).ToList() is [var only] ? only.Id
        : null;

    public RedirectHttpResult Of(LeadResult result, string done, string? back, params object[] names) => result switch
    {
        LeadResult.Done => Say(Tone.Ok, texts[done, names], back),
        LeadResult.Refused(var code) => Refuse($"refused.{code}", back),
        LeadResult.Invalid([var error, ..]) => Say(Tone.Danger, fields.Of(error), back),
        LeadResult.Stale => Refuse("refused.stale", back),
        LeadResult.Forbidden => Refuse("refused.forbidden", back),
        _ => Refuse("refused.not_found", Urls.Leads()),
    };

    /// <summary>How many of several leads were assigned, and why the first of the others was not.</summary>
    public RedirectHttpResult AssignedAll(IReadOnlyList<LeadResult> results, string name, string? back)
    {
        var done = results.Count(r => r is LeadResult.Done);
        var refused = results.OfType<LeadResult.Refused>().FirstOrDefault();
        return done == results.Count ? Say(Tone.Ok, texts["done.assignedAll", done, name], back)
            : Say(Tone.Warning, texts["done.assignedSome", done, name, results.Count - done, texts[refused is null ? "refused.forbidden" : $"refused.{refused.Code}"].Value], back);
    }

    public RedirectHttpResult Refuse(string text, string? back) => Say(Tone.Danger, texts[text], back);

    public RedirectHttpResult Say(Tone tone, string words, string? back)
    {
        Toasts.Leave(http.HttpContext!, tone, words);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
