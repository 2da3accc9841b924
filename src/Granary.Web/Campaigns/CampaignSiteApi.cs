using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;

namespace Granary.Web.Campaigns;

/// <summary>A team.</summary>
/// <param name="Name">Name, 1 to 60 characters, unique within the campaign.</param>
/// <param name="CaptainId">Captain; becomes a member.</param>
/// <param name="Region">Region, up to 60 characters.</param>
/// <param name="Goal">Companies it is to link, 0 to 100,000.</param>
public sealed record TeamBody(string? Name = null, Guid? CaptainId = null, string? Region = null, int? Goal = null)
{
    internal TeamInput Input => new(Name, CaptainId, Region, Goal);
}

/// <summary>What is a member's.</summary>
/// <param name="TeamId">Their team.</param>
/// <param name="Exhibitors">Exhibitors that are theirs, one a line, up to 4,000 characters.</param>
/// <param name="Goal">Companies they are to link, 0 to 10,000.</param>
public sealed record MemberBody(Guid? TeamId = null, string? Exhibitors = null, int? Goal = null);

/// <summary>A company linked on site.</summary>
/// <param name="Company">The company, 1 to 200 characters.</param>
/// <param name="Person">Whom they spoke to.</param>
/// <param name="Title">Title.</param>
/// <param name="Phone">Phone, where they gave one.</param>
/// <param name="KeyPerson">Whether it is a key person.</param>
/// <param name="Intent">Whether they showed intent.</param>
/// <param name="Need">What they need, in words.</param>
public sealed record LinkBody(string? Company = null, string? Person = null, string? Title = null, string? Phone = null, bool KeyPerson = false, bool Intent = false, string? Need = null)
{
    internal LinkInput Input => new(Company, Person, Title, Phone, KeyPerson, Intent, Need);
}

/// <summary>A correction of an entry.</summary>
/// <param name="KeyPerson">Whether it was a key person; left as it is when left out.</param>
/// <param name="Intent">Whether there was intent; left as it is when left out.</param>
/// <param name="Void">Whether it counts no more; left as it is when left out.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record LinkCorrectionBody(bool? KeyPerson = null, bool? Intent = null, bool? Void = null, string? Reason = null);

/// <summary>Teams, linked companies, daily report and ranking (§14 On site).</summary>
public static class CampaignSiteApi
{
    internal static void MapCampaignSite(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/campaigns/{id:guid}").WithTags("Campaigns").Idempotent();
        one.MapGet("/site", Report).Require(Permission.ViewCampaigns).Produces<SiteView>();
        one.MapPost("/teams", AddTeam).Require(Permission.EditCampaigns).Produces<TeamView>(StatusCodes.Status201Created);
        one.MapPut("/teams/{teamId:guid}", ChangeTeam).Require(Permission.EditCampaigns).Produces<TeamView>();
        one.MapDelete("/teams/{teamId:guid}", Dissolve).Require(Permission.EditCampaigns).Produces(StatusCodes.Status204NoContent);
        one.MapPut("/members/{userId:guid}", Put).Require(Permission.EditCampaigns).Produces<SiteView>();
        one.MapDelete("/members/{userId:guid}", Leave).Require(Permission.EditCampaigns).Produces(StatusCodes.Status204NoContent);
        one.MapGet("/links", Links).Require(Permission.ViewCampaigns).Produces<IReadOnlyList<CampaignLinkView>>();
        one.MapPost("/links", Link).Require(Permission.JoinCampaigns).Produces<CampaignLinkView>(StatusCodes.Status201Created);
        one.MapPost("/links/{linkId:guid}/correction", Correct).Require(Permission.ViewCampaigns).Produces<CampaignLinkView>(StatusCodes.Status201Created);
    }

    /// <summary>Gives roster, daily report and ranking of a day; of the last one on which anything was entered when left out.</summary>
    public static async Task<IResult> Report(Guid id, DateOnly? day, ReadSite read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Report(viewer, id, day, ct) is { } report ? TypedResults.Ok(SiteView.Of(report, setting)) : Problem.NotFound();

    /// <summary>Adds a team.</summary>
    public static async Task<IResult> AddTeam(Guid id, TeamBody body, CampaignRoster roster, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await roster.Save(viewer, id, null, body.Input, ct);
        return result is AccountResult<CampaignTeam>.Done(var team) ? TypedResults.Created($"/api/v1/campaigns/{id}/site", TeamView.Of(team, setting)) : result.Problem(http)!;
    }

    /// <summary>Changes a team.</summary>
    public static async Task<IResult> ChangeTeam(Guid id, Guid teamId, TeamBody body, CampaignRoster roster, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await roster.Save(viewer, id, teamId, body.Input, ct);
        return result is AccountResult<CampaignTeam>.Done(var team) ? TypedResults.Ok(TeamView.Of(team, setting)) : result.Problem(http)!;
    }

    /// <summary>Dissolves a team that nobody but its captain is in (in_use).</summary>
    public static async Task<IResult> Dissolve(Guid id, Guid teamId, CampaignRoster roster, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await roster.Dissolve(viewer, id, teamId, ct) is var result && result is AccountResult<CampaignTeam>.Done ? TypedResults.NoContent() : result.Problem(http)!;

    /// <summary>Puts somebody into a team, or changes what is theirs there.</summary>
    public static async Task<IResult> Put(Guid id, Guid userId, MemberBody body, CampaignRoster roster, ReadSite read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await roster.Put(viewer, id, new MemberInput(userId, body.TeamId, body.Exhibitors, body.Goal), ct);
        return result is AccountResult<CampaignMember>.Done ? await Report(id, null, read, viewer, setting, ct) : result.Problem(http)!;
    }

    /// <summary>Takes a member out of the roster; a captain leaves with their team (in_use).</summary>
    public static async Task<IResult> Leave(Guid id, Guid userId, CampaignRoster roster, Viewer viewer, HttpContext http, CancellationToken ct) =>
        await roster.Leave(viewer, id, userId, ct) is var result && result is AccountResult<CampaignMember>.Done ? TypedResults.NoContent() : result.Problem(http)!;

    /// <summary>Lists the latest 200 companies that were linked; of one member, or of all.</summary>
    public static async Task<IResult> Links(Guid id, Guid? user, ReadCampaigns campaigns, ReadSite read, Viewer viewer, Setting setting, CancellationToken ct) => await campaigns.Find(viewer, id, ct) is null
        ? Problem.NotFound() : TypedResults.Ok<IReadOnlyList<CampaignLinkView>>([.. (await read.Entries(viewer, id, user, ct: ct)).Select(l => CampaignLinkView.Of(l, setting))]);

    /// <summary>Enters a company that the caller linked: by a member of a team (not_in_team), while the event is on (campaign_not_running). It makes or touches a lead.</summary>
    public static async Task<IResult> Link(Guid id, LinkBody body, LinkCompany link, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(id, await link.Link(viewer, id, body.Input, null, ct), setting, http);

    /// <summary>Corrects an entry, with a reason: by whoever entered it, their captain, or who plans the campaign.</summary>
    public static async Task<IResult> Correct(Guid id, Guid linkId, LinkCorrectionBody body, LinkCompany link, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(id, await link.Correct(viewer, id, linkId, body.KeyPerson, body.Intent, body.Void, body.Reason, ct), setting, http);

    private static IResult Answer(Guid id, AccountResult<CampaignLink> result, Setting setting, HttpContext http) =>
        result is AccountResult<CampaignLink>.Done(var link) ? TypedResults.Created($"/api/v1/campaigns/{id}/links", CampaignLinkView.Of(link, setting)) : result.Problem(http)!;
}
