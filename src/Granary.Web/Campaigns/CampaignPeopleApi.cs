using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;

namespace Granary.Web.Campaigns;

/// <summary>People to invite.</summary>
/// <param name="LeadIds">Leads, up to 1,000.</param>
/// <param name="ContactIds">Contacts of accounts, up to 1,000.</param>
/// <param name="Lines">Lines with a phone number, e-mail address or WeChat id of somebody who is known, up to 1,000.</param>
/// <param name="Filter">A set of leads or contacts, the first 1,000 of it.</param>
/// <param name="Channel">call, message, weChat, mail, inPerson or partner.</param>
/// <param name="OwnerId">Who sees to it; the caller when left out.</param>
/// <param name="RemindOn">The day on which they are reminded while there is no answer.</param>
public sealed record InvitationsBody(
    IReadOnlyList<Guid>? LeadIds = null, IReadOnlyList<Guid>? ContactIds = null, IReadOnlyList<string>? Lines = null, InviteFilter? Filter = null, InvitationChannel? Channel = null, Guid? OwnerId = null, DateOnly? RemindOn = null);

/// <summary>What became of an invitation.</summary>
/// <param name="State">listed, invited, accepted or declined.</param>
/// <param name="RemindOn">The day of the next reminder.</param>
/// <param name="Note">A note, up to 500 characters.</param>
public sealed record InvitationAnswerBody(InvitationState? State = null, DateOnly? RemindOn = null, string? Note = null);

/// <summary>A promotion task.</summary>
/// <param name="Title">Title, 1 to 200 characters.</param>
/// <param name="Material">What to forward, up to 2,000 characters.</param>
/// <param name="Goal">Leads that each is to bring, 0 to 10,000.</param>
/// <param name="Deadline">By when.</param>
/// <param name="People">Who is to forward it, 1 to 500.</param>
public sealed record PromotionBody(string? Title = null, string? Material = null, int? Goal = null, DateOnly? Deadline = null, IReadOnlyList<Guid>? People = null)
{
    internal PromotionInput Input => new(Title, Material, Goal, Deadline, People ?? []);
}

/// <summary>Invitations and promotion of a campaign (§14 Before).</summary>
public static class CampaignPeopleApi
{
    internal static void MapCampaignPeople(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/campaigns/{id:guid}").WithTags("Campaigns").Idempotent();
        one.MapGet("/invitations", List).Require(Permission.ViewCampaigns).Produces<Page<InvitationView>>();
        one.MapPost("/invitations", Invite).Require(Permission.EditCampaigns).Produces<Invited>(StatusCodes.Status201Created);
        one.MapPost("/invitations/{invitationId:guid}/answer", Answer).Require(Permission.ViewCampaigns).Produces<InvitationView>(StatusCodes.Status201Created);
        one.MapPost("/invitations/{invitationId:guid}/check-in", CheckIn).Require(Permission.JoinCampaigns).Produces<InvitationView>(StatusCodes.Status201Created);
        one.MapGet("/tasks", Tasks).Require(Permission.ViewCampaigns).Produces<IReadOnlyList<PromotionView>>();
        one.MapPost("/tasks", AddTask).Require(Permission.EditCampaigns).Produces<PromotionView>(StatusCodes.Status201Created);
        one.MapPut("/tasks/{taskId:guid}", ChangeTask).Require(Permission.EditCampaigns).Produces<PromotionView>();
        one.MapPost("/tasks/{taskId:guid}/forward", Forward).Require(Permission.JoinCampaigns).Produces<PromotionView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists invitations, the latest first; without contact data.</summary>
    /// <param name="id">The campaign.</param>
    /// <param name="page">Which page.</param>
    /// <param name="state">listed, invited, accepted, declined or attended.</param>
    /// <param name="q">A part of a person's or a company's name.</param>
    /// <param name="campaigns">Campaigns.</param>
    /// <param name="read">Invitations.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, [AsParameters] PageQuery page, string? state, string? q, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var wanted = CampaignWords.Member<InvitationState>(state);
        if (!string.IsNullOrEmpty(state) && wanted is null)
        {
            return Problem.BadParameter(new FieldError("state", "not_a_choice"));
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        if (await campaigns.Find(viewer, id, ct) is null)
        {
            return Problem.NotFound();
        }

        var (items, next) = await read.Invitations(viewer, id, wanted, q, after, page.Size, ct);
        return TypedResults.Ok(new Page<InvitationView>([.. items.Select(i => InvitationView.Of(i.Invitation, i.Person, i.Company, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Puts a set of people onto the list of invitations: by id, by a filter, or by pasted lines; tells which lines are of nobody whom the caller reaches.</summary>
    public static async Task<IResult> Invite(Guid id, InvitationsBody body, InvitePeople invite, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var result = await invite.Add(viewer, id, new InviteInput(body.LeadIds ?? [], body.ContactIds ?? [], body.Lines ?? [], body.Filter, body.Channel, body.OwnerId, body.RemindOn), ct);
        return result is AccountResult<Invited>.Done(var invited) ? TypedResults.Created($"/api/v1/campaigns/{id}/invitations", invited) : result.Problem(http)!;
    }

    /// <summary>Keeps what became of an invitation; also by who sees to it.</summary>
    public static async Task<IResult> Answer(Guid id, Guid invitationId, InvitationAnswerBody body, InvitePeople invite, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answered(id, await invite.Answer(viewer, id, invitationId, body.State ?? (InvitationState)(-1), body.RemindOn, body.Note, ct), setting, http);

    /// <summary>Checks somebody in while the event is on (campaign_not_running).</summary>
    public static async Task<IResult> CheckIn(Guid id, Guid invitationId, CheckInPeople door, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answered(id, await door.CheckIn(viewer, id, invitationId, ct), setting, http);

    /// <summary>Lists promotion tasks: who forwarded what, and which leads came of it.</summary>
    public static async Task<IResult> Tasks(Guid id, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, CancellationToken ct) => await campaigns.Find(viewer, id, ct) is { } found
        ? TypedResults.Ok<IReadOnlyList<PromotionView>>([.. (await read.Promotions(viewer, id, ct)).Select(p => PromotionView.Of(p, found.Campaign.Code, setting))]) : Problem.NotFound();

    /// <summary>Adds a promotion task; its people are told.</summary>
    public static async Task<IResult> AddTask(Guid id, PromotionBody body, PromoteCampaign promote, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await promote.Save(viewer, id, null, body.Input, null, ct);
        return result is AccountResult<CampaignTask>.Done(var task) ? TypedResults.Created($"/api/v1/campaigns/{id}/tasks", await One(id, task.Id, campaigns, read, viewer, setting, ct)) : result.Problem(http)!;
    }

    /// <summary>Changes a promotion task.</summary>
    public static async Task<IResult> ChangeTask(Guid id, Guid taskId, PromotionBody body, PromoteCampaign promote, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await promote.Save(viewer, id, taskId, body.Input, AccountAnswers.Seen(http), ct);
        return result is AccountResult<CampaignTask>.Done(var task) ? TypedResults.Ok(await One(id, task.Id, campaigns, read, viewer, setting, ct)) : result.Problem(http)!;
    }

    /// <summary>Notes that the caller forwarded the material of a task of theirs.</summary>
    public static async Task<IResult> Forward(Guid id, Guid taskId, PromoteCampaign promote, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await promote.Forward(viewer, id, taskId, ct);
        return result is AccountResult<CampaignTaskPart>.Done ? TypedResults.Created($"/api/v1/campaigns/{id}/tasks", await One(id, taskId, campaigns, read, viewer, setting, ct)) : result.Problem(http)!;
    }

    private static IResult Answered(Guid id, AccountResult<CampaignInvitation> result, Setting setting, HttpContext http) => result is AccountResult<CampaignInvitation>.Done(var invitation)
        ? TypedResults.Created($"/api/v1/campaigns/{id}/invitations", InvitationView.Of(invitation, null, null, setting)) : result.Problem(http)!;

    private static async Task<PromotionView> One(Guid id, Guid taskId, ReadCampaigns campaigns, ReadCampaignPeople read, Viewer viewer, Setting setting, CancellationToken ct) =>
        PromotionView.Of((await read.Promotions(viewer, id, ct)).Single(p => p.Task.Id == taskId), (await campaigns.Find(viewer, id, ct))!.Campaign.Code, setting);
}
