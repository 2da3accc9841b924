using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
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

    /// <summary>Gets a lead with masked contact data, and its version as ETag.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="views">How leads are shown.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Viewer viewer, Setting setting, Store store, LeadViews views, HttpContext http, CancellationToken ct)
    {
        if (await View(id, viewer, setting, store, views, ct) is not { } view)
        {
            return Problem.NotFound();
        }

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
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(
        Guid id, JsonObject patch, EditLead edit, Viewer viewer, Setting setting, Store store, LeadViews views, HttpContext http, CancellationToken ct)
    {
        if (await edit.Begin(viewer, id, ct) is not var (before, version))
        {
            return Problem.NotFound();
        }

        var edited = MergePatch.Apply(LeadEditBody.Of(before), patch).On(before);
        var result = await edit.Save(viewer, id, edited, LeadAnswers.Seen(http) ?? version, ct);
        return result switch
        {
            LeadResult.Done => await Get(id, viewer, setting, store, views, http, ct),
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

    private static async Task<LeadView?> View(Guid id, Viewer viewer, Setting setting, Store store, LeadViews views, CancellationToken ct)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is { } lead ? (await views.Of(db, viewer, [lead], setting, ct))[0] : null;
    }
}
