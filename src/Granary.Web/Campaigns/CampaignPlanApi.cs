using System.Text.Json.Nodes;
using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;

namespace Granary.Web.Campaigns;

/// <summary>A line of a checklist to add or change.</summary>
/// <param name="Step">assess, charter, prepare, onSite or convert; kept of a line that came with the checklist.</param>
/// <param name="Name">What is to be done, 1 to 200 characters; kept of a line that came with the checklist.</param>
/// <param name="OwnerId">Who sees to it.</param>
/// <param name="DueOn">By when.</param>
public sealed record CampaignItemBody(ChecklistStep? Step = null, string? Name = null, Guid? OwnerId = null, DateOnly? DueOn = null)
{
    internal ItemInput Input => new(Step, Name, OwnerId, DueOn);
}

/// <summary>What became of a line.</summary>
/// <param name="State">done, notApplicable or open.</param>
/// <param name="Reason">Must be given where it is not applicable. Up to 500 characters.</param>
public sealed record ItemClosingBody(ItemState? State = null, string? Reason = null);

/// <summary>A line of costs to add, or the fields of one that change.</summary>
/// <param name="Category">Id of its category.</param>
/// <param name="Planned">Planned, not below 0.</param>
/// <param name="Actual">What it was, not below 0.</param>
/// <param name="OnDay">The day it was spent on; today when left out.</param>
/// <param name="Supplier">Supplier, up to 200 characters.</param>
/// <param name="Note">A note, up to 500 characters.</param>
public sealed record CampaignCostBody(string? Category = null, decimal? Planned = null, decimal? Actual = null, DateOnly? OnDay = null, string? Supplier = null, string? Note = null)
{
    internal static CampaignCostBody Of(CostInput i) => new(i.Category, i.Planned, i.Actual, i.OnDay, i.Supplier, i.Note);

    internal CostInput Input => new(Category, Planned, Actual, OnDay, Supplier, Note);
}

/// <summary>Checklist and costs of a campaign (§14).</summary>
public static class CampaignPlanApi
{
    internal static void MapCampaignPlan(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/campaigns/{id:guid}").WithTags("Campaigns").Idempotent();
        one.MapGet("/items", Items).Require(Permission.ViewCampaigns).Produces<IReadOnlyList<CampaignItemView>>();
        one.MapPost("/items", AddItem).Require(Permission.EditCampaigns).Produces<CampaignItemView>(StatusCodes.Status201Created);
        one.MapPut("/items/{itemId:guid}", ChangeItem).Require(Permission.EditCampaigns).Produces<CampaignItemView>();
        one.MapPost("/items/{itemId:guid}/closing", CloseItem).Require(Permission.ViewCampaigns).Produces<CampaignItemView>(StatusCodes.Status201Created);
        one.MapGet("/costs", Costs).Require(Permission.ViewCampaigns).Produces<IReadOnlyList<CampaignCostView>>();
        one.MapPost("/costs", AddCost).Require(Permission.EditCampaigns).Produces<CampaignCostView>(StatusCodes.Status201Created);
        one.MapPatch("/costs/{costId:guid}", ChangeCost).Require(Permission.EditCampaigns).Produces<CampaignCostView>().Accepts<CampaignCostBody>("application/merge-patch+json", "application/json");
        one.MapDelete("/costs/{costId:guid}", RemoveCost).Require(Permission.EditCampaigns).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists the checklist of a campaign, step by step.</summary>
    public static async Task<IResult> Items(Guid id, ReadCampaigns read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Find(viewer, id, ct) is { } found ? TypedResults.Ok<IReadOnlyList<CampaignItemView>>([.. found.Items.Select(i => CampaignItemView.Of(i, setting))]) : Problem.NotFound();

    /// <summary>Adds a line to the checklist.</summary>
    public static async Task<IResult> AddItem(Guid id, CampaignItemBody body, CampaignChecklist checklist, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await checklist.Add(viewer, id, body.Input, ct);
        return result is AccountResult<CampaignItem>.Done(var item) ? TypedResults.Created($"/api/v1/campaigns/{id}/items", CampaignItemView.Of(item, setting)) : result.Problem(http)!;
    }

    /// <summary>Changes who sees to a line and by when; the words too where it was added by hand.</summary>
    public static async Task<IResult> ChangeItem(Guid id, Guid itemId, CampaignItemBody body, CampaignChecklist checklist, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await checklist.Change(viewer, id, itemId, body.Input, ct);
        return result is AccountResult<CampaignItem>.Done(var item) ? TypedResults.Ok(CampaignItemView.Of(item, setting)) : result.Problem(http)!;
    }

    /// <summary>Closes a line, or opens it again; also by who sees to it.</summary>
    public static async Task<IResult> CloseItem(Guid id, Guid itemId, ItemClosingBody body, CampaignChecklist checklist, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await checklist.Close(viewer, id, itemId, body.State ?? (ItemState)(-1), body.Reason, ct);
        return result is AccountResult<CampaignItem>.Done(var item) ? TypedResults.Created($"/api/v1/campaigns/{id}/items", CampaignItemView.Of(item, setting)) : result.Problem(http)!;
    }

    /// <summary>Lists planned and real costs.</summary>
    public static async Task<IResult> Costs(Guid id, ReadCampaigns read, Viewer viewer, CancellationToken ct) =>
        await read.Find(viewer, id, ct) is { } found ? TypedResults.Ok<IReadOnlyList<CampaignCostView>>([.. found.Costs.Select(CampaignCostView.Of)]) : Problem.NotFound();

    /// <summary>Adds a line of costs.</summary>
    public static async Task<IResult> AddCost(Guid id, CampaignCostBody body, CampaignCosts costs, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var result = await costs.Add(viewer, id, body.Input, ct);
        return result is AccountResult<CampaignCost>.Done(var cost) ? TypedResults.Created($"/api/v1/campaigns/{id}/costs", CampaignCostView.Of(cost)) : result.Problem(http)!;
    }

    /// <summary>Changes a line of costs (merge patch).</summary>
    public static async Task<IResult> ChangeCost(Guid id, Guid costId, JsonObject patch, CampaignCosts costs, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var result = await costs.Change(viewer, id, costId, before => MergePatch.Apply(CampaignCostBody.Of(before), patch).Input, AccountAnswers.Seen(http), ct);
        return result is AccountResult<CampaignCost>.Done(var cost) ? TypedResults.Ok(CampaignCostView.Of(cost)) : result.Problem(http)!;
    }

    /// <summary>Takes a line of costs out; the log keeps what it said.</summary>
    public static async Task<IResult> RemoveCost(Guid id, Guid costId, CampaignCosts costs, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await costs.Remove(viewer, id, costId, ct) is var result && result is AccountResult<CampaignCost>.Done ? TypedResults.NoContent() : result.Problem(http)!;
}
