using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;

namespace Granary.Web.FollowUp;

/// <summary>A template to add, or what of it changes.</summary>
/// <param name="Name">Name, up to 60 characters.</param>
/// <param name="Method">call, mail, visit, weChat, meeting or other.</param>
/// <param name="Content">The text, up to 4,000 characters; {contact}, {title}, {company}, {product} and {me} are filled from the lead.</param>
/// <param name="NextInDays">Days until the next step, 1 to 365.</param>
/// <param name="Shared">Whether everybody has it; for who manages the policies.</param>
public sealed record TemplateBody(string? Name = null, FollowUpMethod? Method = null, string? Content = null, int? NextInDays = null, bool Shared = false)
{
    internal TemplateInput Input => new(Name, Method, Content, NextInDays, Shared);
}

/// <summary>A template of follow-ups.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Method">How.</param>
/// <param name="Content">The text.</param>
/// <param name="NextInDays">Days until the next step.</param>
/// <param name="Shared">Whether everybody has it.</param>
/// <param name="Filled">The text filled for the lead that was asked for.</param>
public sealed record TemplateView(
    Guid Id, string Name, FollowUpMethod Method, string Content, int? NextInDays, bool Shared,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Filled = null)
{
    internal static TemplateView Of(FollowUpTemplate t) => new(t.Id, t.Name, t.Method, t.Content, t.NextInDays, t.UserId is null);
}

/// <summary>Templates of follow-ups.</summary>
public static class FollowUpTemplatesApi
{
    internal static void MapFollowUpTemplates(this IEndpointRouteBuilder app)
    {
        var templates = app.MapGroup("/api/v1/follow-up-templates").WithTags("Leads").Require(Permission.ViewLeads).Idempotent();
        templates.MapGet("/", List).Produces<Page<TemplateView>>();
        templates.MapPost("/", Create).Produces<TemplateView>(StatusCodes.Status201Created);
        templates.MapPatch("/{id:guid}", Change).Produces<TemplateView>().Accepts<TemplateBody>("application/merge-patch+json", "application/json");
        templates.MapDelete("/{id:guid}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists the templates one has: one's own, then everybody's.</summary>
    /// <param name="lead">Fills them for this lead.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="prepare">Fills them.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid? lead, FollowUpTemplates templates, PrepareFollowUp prepare, Viewer viewer, CancellationToken ct)
    {
        var views = (await templates.Of(viewer, ct)).Select(TemplateView.Of).ToList();
        if (lead is not { } id)
        {
            return TypedResults.Ok(new Page<TemplateView>(views, null));
        }

        if (await prepare.For(viewer, id, ct) is not { } sheet)
        {
            return Problem.NotFound();
        }

        List<TemplateView> filled = [];
        foreach (var view in views)
        {
            filled.Add(view with { Filled = (await prepare.Fill(viewer, sheet, view.Id, ct))?.Content });
        }

        return TypedResults.Ok(new Page<TemplateView>(filled, null));
    }

    /// <summary>Adds a template.</summary>
    /// <param name="body">The template.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Create(TemplateBody body, FollowUpTemplates templates, Viewer viewer, CancellationToken ct) =>
        templates.Create(viewer, body.Input, ct).Answer(async id => TypedResults.Created($"/api/v1/follow-up-templates/{id}", await View(id, templates, viewer, ct)));

    /// <summary>Changes a template: members given replace, members left out stay (merge patch).</summary>
    /// <param name="id">The template.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, FollowUpTemplates templates, Viewer viewer, CancellationToken ct)
    {
        if ((await templates.Of(viewer, ct)).FirstOrDefault(t => t.Id == id) is not { } template)
        {
            return Problem.NotFound();
        }

        if (!FollowUpTemplates.MayChange(viewer, template))
        {
            return Problem.Forbidden();
        }

        var now = new TemplateBody(template.Name, template.Method, template.Content, template.NextInDays, template.UserId is null);
        return await templates.Change(viewer, id, MergePatch.Apply(now, patch).Input, ct).Answer(async key => TypedResults.Ok(await View(key, templates, viewer, ct)));
    }

    /// <summary>Deletes a template.</summary>
    /// <param name="id">The template.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Delete(Guid id, FollowUpTemplates templates, Viewer viewer, CancellationToken ct) => templates.Delete(viewer, id, ct).Answer();

    private static async Task<TemplateView> View(string id, FollowUpTemplates templates, Viewer viewer, CancellationToken ct) =>
        TemplateView.Of((await templates.Of(viewer, ct)).Single(t => t.Id == Guid.Parse(id)));
}
