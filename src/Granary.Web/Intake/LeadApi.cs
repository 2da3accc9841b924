using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy.Audit;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake;

/// <summary>One lead: reading it, changing its fields, releasing it.</summary>
public static class LeadApi
{
    internal static void MapLead(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Leads").Require(Permission.ViewLeads).Idempotent();
        lead.MapGet("/", Get).Produces<LeadView>();
        lead.MapPatch("/", Change).Produces<LeadView>().Accepts<LeadEditBody>("application/merge-patch+json", "application/json");
        lead.MapPost("/release", Release).Produces<LeadAnswer>(StatusCodes.Status201Created);
    }

    /// <summary>Gets a lead with masked contact data, and its version as ETag; one that was merged leads to the one that stayed (307).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="views">How leads are shown.</param>
    /// <param name="seen">Who looked at whose leads.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Viewer viewer, Setting setting, Store store, LeadViews views, SeenLeads seen, HttpContext http, CancellationToken ct)
    {
        if (await View(id, viewer, setting, store, views, ct) is not { } view)
        {
            await using var db = store.Open();
            // Not for ever: a merge can be undone.
            return await viewer.MergedInto(db, id, ct) is { } into ? TypedResults.Redirect($"/api/v1/leads/{into}", permanent: false, preserveMethod: true) : Problem.NotFound();
        }

        seen.See(viewer, setting, id, view.Owner?.Id);
        RecordVersion.Tag(http, $"{view.Version}");
        return TypedResults.Ok(view);
    }

    /// <summary>Changes a lead: members given replace, null clears, members left out stay (merge patch).</summary>
    /// <param name="id">The lead.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="edit">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="views">How leads are shown.</param>
    /// <param name="seen">Who looked at whose leads.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(
        Guid id, JsonObject patch, EditLead edit, Viewer viewer, Setting setting, Store store, LeadViews views, SeenLeads seen, HttpContext http, CancellationToken ct)
    {
        if (await edit.Begin(viewer, id, ct) is not var (before, version))
        {
            return await Gone(id, viewer, setting, store, views, http, ct);
        }

        var edited = MergePatch.Apply(LeadEditBody.Of(before), patch).On(before);
        var result = await edit.Save(viewer, id, edited, LeadAnswers.Seen(http) ?? version, ct);
        return result switch
        {
            LeadResult.Done => await Get(id, viewer, setting, store, views, seen, http, ct),
            LeadResult.Stale(var current) => RecordVersion.Stale(RecordVersion.Seen(http), $"{current}", await View(id, viewer, setting, store, views, ct)),
            _ => result.Problem(http)!,
        };
    }

    /// <summary>Releases a held lead: it goes on with the duplicate check, scoring and assignment.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="release">The use case.</param>
    /// <param name="answers">The answer's words.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Release(Guid id, ReleaseLead release, LandingAnswers answers, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var (landing, result) = await release.Release(viewer, id, LeadAnswers.Seen(http), ct);
        return landing is null ? result.Problem(http)! : TypedResults.Created($"/api/v1/leads/{id}", answers.Of(landing, setting));
    }

    // Who edits what was merged meanwhile is told both versions, and where it went.
    private static async Task<IResult> Gone(Guid id, Viewer viewer, Setting setting, Store store, LeadViews views, HttpContext http, CancellationToken ct)
    {
        await using var db = store.Open();
        if (await viewer.MergedInto(db, id, ct) is not { } into || await View(into, viewer, setting, store, views, ct) is not { } survivor)
        {
            return Problem.NotFound();
        }

        var stale = RecordVersion.Stale(RecordVersion.Seen(http), $"{survivor.Version}", survivor);
        return stale with { Code = LeadRefusal.Merged, More = new Dictionary<string, JsonNode?>(stale.More) { ["mergedInto"] = JsonValue.Create(into) } };
    }

    private static async Task<LeadView?> View(Guid id, Viewer viewer, Setting setting, Store store, LeadViews views, CancellationToken ct)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is { } lead ? (await views.Of(db, viewer, [lead], MaskPlace.Lead, setting, ct))[0] : null;
    }
}
