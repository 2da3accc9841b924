using Granary.Application.Desk;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Forms of the pool page: claim, assign, move. Each leads back to the list and says what became of it.</summary>
internal static class PoolForms
{
    public static void MapPoolForms(this IEndpointRouteBuilder app)
    {
        app.MapPost("/pools/{key}/claims", Claim).Require(Permission.ViewLeads);
        app.MapPost("/pools/{key}/assignment", Assign).Require(Permission.ViewLeads);
        app.MapPost("/pools/{key}/move", Move).Require(Permission.ViewLeads);
        app.MapPost("/pools/{key}/lock", Lock).Require(Permission.ViewLeads);
    }

    private static async Task<RedirectHttpResult> Claim(
        string key, [FromForm] Guid[] ids, [FromForm] string? back, PoolBoard board, ClaimPooled claim, PoolAnswer answer, Viewer viewer, CancellationToken ct)
    {
        back ??= PoolUrls.Pool(key);
        return await board.Find(viewer, key, ct) is null ? answer.Refuse("not_found", PoolUrls.Home)
            : ids.Length is 0 or > ClaimPooled.Most ? answer.Refuse("claim_selection", back)
            : answer.Say("claimed", await claim.Claim(viewer, ids, ct), back);
    }

    private static async Task<RedirectHttpResult> Assign(
        string key, [FromForm] Guid[] ids, [FromForm] string? to, [FromForm] string? toText, [FromForm] bool? byRule, [FromForm] string? back,
        PoolBoard board, AssignPooled assign, PoolAnswer answer, VerbAnswer colleagues, Viewer viewer, Setting setting, CancellationToken ct)
    {
        back ??= PoolUrls.Pool(key);
        if (await board.Find(viewer, key, ct) is not { } card)
        {
            return answer.Refuse("not_found", PoolUrls.Home);
        }

        if (ids.Length is 0 or > AssignPooled.Most)
        {
            return answer.Refuse("selection", back);
        }

        if (byRule == true)
        {
            return answer.Say("assigned.byRule", await assign.ByRule(viewer, card.Pool.Id, ids, ct), back);
        }

        return colleagues.Colleague(setting, to, toText) is { } colleague
            ? answer.Say("assigned", await assign.To(viewer, card.Pool.Id, ids, colleague, ct), back, setting.People[colleague].Name)
            : answer.Refuse("nobody", back);
    }

    private static async Task<RedirectHttpResult> Move(
        string key, [FromForm] Guid[] ids, [FromForm] string? pool, [FromForm] string? back, PoolBoard board, MoveLeads move, PoolAnswer answer, LeadWords words, Viewer viewer, CancellationToken ct)
    {
        back ??= PoolUrls.Pool(key);
        return await board.Find(viewer, key, ct) is not { } card ? answer.Refuse("not_found", PoolUrls.Home)
            : ids.Length is 0 or > MoveLeads.Most ? answer.Refuse("selection", back)
            : words.Setting.Pools.Find(pool ?? "") is { } target ? answer.Say("moved", await move.Move(viewer, card.Pool.Id, ids, target.Id, ct), back, words.PoolOfKey(target.Key))
            : answer.Refuse("no_pool", back);
    }

    // The button that was pressed says what; without one the days do.
    private static async Task<RedirectHttpResult> Lock(
        string key, [FromForm] Guid[] ids, [FromForm] bool? locked, [FromForm] string? days, [FromForm] string? back, PoolBoard board, LockPooled lockPooled, PoolAnswer answer, Viewer viewer, CancellationToken ct)
    {
        back ??= PoolUrls.Held(key);
        return await board.Find(viewer, key, ct) is not { } card ? answer.Refuse("not_found", PoolUrls.Home)
            : ids.Length is 0 or > LockPooled.Most ? answer.Refuse("selection", back)
            : locked is { } wanted ? answer.Say(wanted ? "locked" : "unlocked", await lockPooled.Lock(viewer, card.Pool.Id, ids, wanted, null, ct), back)
            : int.TryParse(days, out var more) ? answer.Say("extended", await lockPooled.Lock(viewer, card.Pool.Id, ids, null, more, ct), back)
            : answer.Refuse("no_days", back);
    }
}

/// <summary>Says what became of several leads of a pool, on the page that the form leads back to.</summary>
internal sealed class PoolAnswer(VerbAnswer answer, IStringLocalizer<PoolTexts> texts, IStringLocalizer<DeskTexts> desk, FieldErrorText fields)
{
    /// <summary>How many it was done with, and why the first of the others was left.</summary>
    public RedirectHttpResult Say(string done, IReadOnlyList<LeadResult> results, string back, string name = "")
    {
        var count = results.Count(r => r is LeadResult.Done);
        if (count == results.Count)
        {
            return answer.Say(Tone.Ok, texts[$"done.{done}", count, name], back);
        }

        var why = Why(results.First(r => r is not LeadResult.Done));
        return count == 0 ? answer.Say(Tone.Danger, why, back) : answer.Say(Tone.Warning, texts[$"done.{done}.some", count, name, results.Count - count, why], back);
    }

    public RedirectHttpResult Refuse(string code, string back) => answer.Say(Tone.Danger, Words(code), back);

    private string Why(LeadResult result) => result switch
    {
        LeadResult.Refused(var code) => Words(code),
        LeadResult.Invalid([var error, ..]) => fields.Of(error),
        LeadResult.Stale => Words("stale"),
        LeadResult.Forbidden => Words("forbidden"),
        _ => Words("not_found"),
    };

    private string Words(string code) => texts[$"refused.{code}"] is { ResourceNotFound: false } own ? own.Value : desk[$"refused.{code}"].Value;
}
