using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Capture;

/// <summary>A tracked link to make, or the fields of one that change.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Target">A form of ours (<c>/f/…</c>), or an HTTPS address on a listed host.</param>
/// <param name="Utm">The five UTM parameters.</param>
/// <param name="ChannelId">Channel of leads that come by it; the form's when left out.</param>
/// <param name="Campaign">Campaign of leads that come by it.</param>
/// <param name="Content">Content piece that it leads to.</param>
/// <param name="UserId">The employee who shares it; whoever makes it when left out and they cannot make one for nobody in particular.</param>
/// <param name="DepartmentId">Makes one for each member of this department and those below it.</param>
public sealed record LinkBody(
    string? Name = null, string? Target = null, UtmTags? Utm = null, Guid? ChannelId = null, string? Campaign = null, string? Content = null, Guid? UserId = null, Guid? DepartmentId = null)
{
    internal static LinkBody Of(LinkInput i) => new(i.Name, i.Target, i.Utm, i.ChannelId, i.Campaign, i.Content, i.UserId);

    internal LinkInput Input => new() { Name = Name, Target = Target, Utm = Utm ?? UtmTags.None, ChannelId = ChannelId, Campaign = Campaign, Content = Content, UserId = UserId };
}

/// <summary>A tracked link.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="Code">The last part of its address.</param>
/// <param name="Path">Its address on this server.</param>
/// <param name="Name">Name.</param>
/// <param name="Target">Where it leads.</param>
/// <param name="Address">The same with UTM parameters and code.</param>
/// <param name="Utm">UTM parameters.</param>
/// <param name="ChannelId">Channel.</param>
/// <param name="Campaign">Campaign.</param>
/// <param name="Content">Content piece.</param>
/// <param name="UserId">The employee who shares it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="RetiredAt">Since when it leads nowhere.</param>
/// <param name="Clicks">Clicks of people.</param>
/// <param name="Visitors">Visitors who came by it, as far as they agreed to be known.</param>
public sealed record LinkView(
    Guid Id, int Version, string Code, string Path, string Name, string Target, string Address, UtmTags Utm, Guid? ChannelId, string? Campaign, string? Content, Guid? UserId,
    DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt, long Clicks, long Visitors)
{
    internal static LinkView Of(LinkUse use) => use.Link is var l ? new(
        l.Id, l.Version, l.Code, $"/t/{l.Code}", l.Name, l.Target, l.Address, l.Utm, l.ChannelId, l.Campaign, l.Content, l.UserId, l.CreatedAt, l.RetiredAt, use.Clicks, use.Visitors) : null!;
}

/// <summary>Tracked links 推广链接 (§3 Links).</summary>
public static class LinksApi
{
    internal static void MapLinksApi(this IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("/api/v1/links").WithTags("Links").Require(Permission.ShareLinks).Idempotent();
        links.MapGet("/", List).Produces<Page<LinkView>>();
        links.MapPost("/", Create).Produces<IReadOnlyList<LinkView>>(StatusCodes.Status201Created);
        links.MapGet("/{id:guid}", Get).Produces<LinkView>();
        links.MapPatch("/{id:guid}", Change).Produces<LinkView>().Accepts<LinkBody>("application/merge-patch+json", "application/json");
        links.MapPost("/{id:guid}/retirement", Retire).Produces<LinkView>(StatusCodes.Status201Created);
        links.MapDelete("/{id:guid}/retirement", Reopen).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists links, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="user">Of one employee.</param>
    /// <param name="campaign">Of one campaign.</param>
    /// <param name="retired">Whether retired ones are among them.</param>
    /// <param name="list">Links.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Guid? user, string? campaign, bool? retired, ListLinks list, Viewer viewer, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await list.List(viewer, new LinkFilter(user, campaign, retired == true), after, page.Size, ct);
        return TypedResults.Ok(new Page<LinkView>([.. items.Select(LinkView.Of)], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Makes a link, or one for each member of a department; answers with all of them.</summary>
    public static async Task<IResult> Create(LinkBody body, SaveLink save, Viewer viewer, CancellationToken ct)
    {
        var input = body.Input with { UserId = body.UserId ?? (LinkScope.Reaches(viewer, null) ? null : viewer.UserId) };
        var result = body.DepartmentId is { } department ? await save.CreateForDepartment(viewer, body.Input, department, ct) : await save.Create(viewer, input, ct);
        return result is LinkResult.Done(var made)
            ? TypedResults.Created($"/api/v1/links/{made[0].Id}", (IReadOnlyList<LinkView>)[.. made.Select(l => LinkView.Of(new LinkUse(l, 0, 0)))]) : Refusal(result);
    }

    /// <summary>Gets a link, and the version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, ListLinks list, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (await list.Find(viewer, id, ct) is not { } use)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{use.Link.Version}");
        return TypedResults.Ok(LinkView.Of(use));
    }

    /// <summary>Changes a link (merge patch); its code and who has it stay.</summary>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveLink save, ListLinks list, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        int? seen = RecordVersion.Seen(http) is not { } tag ? null : int.TryParse(tag, out var version) ? version : 0;
        var result = await save.Change(viewer, id, before => MergePatch.Apply(LinkBody.Of(before), patch).Input, seen, ct);
        return result switch
        {
            LinkResult.Done => await Get(id, list, viewer, http, ct),
            LinkResult.Stale(var now) => RecordVersion.Stale(RecordVersion.Seen(http), $"{now.Version}", LinkView.Of(new LinkUse(now, 0, 0))),
            _ => Refusal(result),
        };
    }

    /// <summary>Takes a link out of use: it leads nowhere any more.</summary>
    public static async Task<IResult> Retire(Guid id, SaveLink save, ListLinks list, Viewer viewer, CancellationToken ct) =>
        await save.Retire(viewer, id, true, ct) is LinkResult.Done ? TypedResults.Created($"/api/v1/links/{id}", LinkView.Of((await list.Find(viewer, id, ct))!)) : Problem.NotFound();

    /// <summary>Takes a link into use again.</summary>
    public static async Task<IResult> Reopen(Guid id, SaveLink save, Viewer viewer, CancellationToken ct) =>
        await save.Retire(viewer, id, false, ct) is LinkResult.Done ? TypedResults.NoContent() : Problem.NotFound();

    private static Problem Refusal(LinkResult result) => result is LinkResult.Refused(var errors) ? Problem.Invalid(errors) : Problem.NotFound();
}
