using System.Text.Json.Nodes;
using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Campaigns;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Campaigns;

/// <summary>Where a campaign is to go.</summary>
/// <param name="Stage">charter (applies for it), evaluate (takes that back), prepare (back from running), run, convert, summarised or cancelled.</param>
/// <param name="Reason">Why; must be given backwards, and to cancel. Up to 500 characters.</param>
public sealed record CampaignStageBody(CampaignStage? Stage = null, string? Reason = null);

/// <summary>A decision about a charter.</summary>
/// <param name="Approve">Whether it is approved.</param>
/// <param name="Note">What is said with it; a refusal needs it. Up to 500 characters.</param>
public sealed record CharterBody(bool Approve = false, string? Note = null);

/// <summary>Which campaigns.</summary>
public sealed class CampaignQuery
{
    /// <summary>evaluate, charter, prepare, run, convert, summarised or cancelled.</summary>
    [FromQuery(Name = "stage")]
    public string? Stage { get; init; }

    /// <summary>Id of a type.</summary>
    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    /// <summary>Whose.</summary>
    [FromQuery(Name = "owner")]
    public Guid? Owner { get; init; }

    /// <summary>That end on this day or later.</summary>
    [FromQuery(Name = "from")]
    public DateOnly? From { get; init; }

    /// <summary>That begin on this day or earlier.</summary>
    [FromQuery(Name = "to")]
    public DateOnly? To { get; init; }

    /// <summary>A part of the name, or the code.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    internal CampaignFilter Filter => new(CampaignWords.Member<CampaignStage>(Stage), Type, Owner, From, To, Q);
}

/// <summary>Campaigns 市场活动 (§14).</summary>
public static class CampaignsApi
{
    internal static void MapCampaignRecords(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup("/api/v1/campaigns").WithTags("Campaigns").Idempotent();
        all.MapGet("/", List).Require(Permission.ViewCampaigns).Produces<Page<CampaignView>>();
        all.MapPost("/", Create).Require(Permission.EditCampaigns).Produces<CampaignDetailView>(StatusCodes.Status201Created);
        all.MapGet("/{id:guid}", Get).Require(Permission.ViewCampaigns).Produces<CampaignDetailView>();
        all.MapPatch("/{id:guid}", Change).Require(Permission.EditCampaigns).Produces<CampaignDetailView>().Accepts<CampaignBody>("application/merge-patch+json", "application/json");
        all.MapPost("/{id:guid}/stage", Move).Require(Permission.EditCampaigns).Produces<CampaignDetailView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/decision", Decide).Require(Permission.ApproveCampaigns).Produces<CampaignDetailView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists campaigns, those that begin last first.</summary>
    public static async Task<IResult> List([AsParameters] PageQuery page, [AsParameters] CampaignQuery query, ReadCampaigns read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!string.IsNullOrEmpty(query.Stage) && query.Filter.Stage is null)
        {
            return Problem.BadParameter(new FieldError("stage", "not_a_choice"));
        }

        if (!Cursor.TryRead<CampaignPlace?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await read.List(viewer, query.Filter, after, page.Size, ct);
        return TypedResults.Ok(new Page<CampaignView>([.. items.Select(c => CampaignView.Of(c.Campaign, c.Leads, c.Planned, c.Cost, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Adds a campaign; it begins with the checklist of its type.</summary>
    public static async Task<IResult> Create(CampaignBody body, SaveCampaign save, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Create(viewer, body.Input(body.OwnerId ?? viewer.UserId), ct);
        return result is AccountResult<Campaign>.Done(var made) ? await Created(made.Id, read, viewer, setting, http, ct) : result.Problem(http)!;
    }

    /// <summary>Gets a campaign with what has come of it and what is missing for its next stage, and the version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } found)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{found.Campaign.Version}");
        return TypedResults.Ok(CampaignDetailView.Of(found, setting));
    }

    /// <summary>Changes a campaign (merge patch); open lines of the checklist move with its first day.</summary>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveCampaign save, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Change(viewer, id, before => MergePatch.Apply(CampaignBody.Of(before), patch) is var after ? after.Input(after.OwnerId) : before, AccountAnswers.Seen(http), ct);
        return result is AccountResult<Campaign>.Done ? await Get(id, read, viewer, setting, http, ct) : result.Problem(http)!;
    }

    /// <summary>
    /// Moves a campaign: also applies for its charter, or cancels it. Refused where the stage cannot be reached (stage_not_reachable), or something is missing for it (stage_not_ready, with what
    /// under missing).
    /// </summary>
    public static async Task<IResult> Move(Guid id, CampaignStageBody body, MoveCampaign move, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(id, await move.Move(viewer, id, body.Stage ?? 0, body.Reason, AccountAnswers.Seen(http), ct), read, viewer, setting, http, ct);

    /// <summary>Approves or refuses a charter that somebody else applied for (own_request).</summary>
    public static async Task<IResult> Decide(Guid id, CharterBody body, MoveCampaign move, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(id, await move.Decide(viewer, id, body.Approve, body.Note, AccountAnswers.Seen(http), ct), read, viewer, setting, http, ct);

    private static async Task<IResult> Answer(Guid id, AccountResult<Campaign> result, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) => result switch
    {
        AccountResult<Campaign>.Done => await Created(id, read, viewer, setting, http, ct),
        AccountResult<Campaign>.Refused(CampaignRefusal.NotReady) refused => new Problem(CampaignRefusal.NotReady, StatusCodes.Status409Conflict)
        {
            More = new Dictionary<string, JsonNode?> { ["missing"] = new JsonArray([.. refused.Missing.Select(m => (JsonNode?)m)]) },
        },
        _ => result.Problem(http)!,
    };

    private static async Task<IResult> Created(Guid id, ReadCampaigns read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } found)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{found.Campaign.Version}");
        return TypedResults.Created($"/api/v1/campaigns/{id}", CampaignDetailView.Of(found, setting));
    }
}
