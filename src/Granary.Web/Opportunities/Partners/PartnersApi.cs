using System.Text.Json.Nodes;
using Granary.Application.Opportunities.Partners;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;

namespace Granary.Web.Opportunities.Partners;

/// <summary>A partner to add, or the fields of one that change.</summary>
/// <param name="Name">Name, 1 to 200 characters, unique.</param>
/// <param name="Kind">dealer, ecosystem or referrer.</param>
/// <param name="OwnerId">Who looks after them; whoever adds them when left out.</param>
/// <param name="AccountId">Their company among our accounts.</param>
/// <param name="Region">Where they work.</param>
/// <param name="Note">A note, up to 2,000 characters.</param>
/// <param name="Ended">Whether we have stopped working with them.</param>
public sealed record PartnerBody(string? Name = null, PartnerKind? Kind = null, Guid? OwnerId = null, Guid? AccountId = null, string? Region = null, string? Note = null, bool? Ended = null)
{
    internal static PartnerBody Of(PartnerInput i) => new(i.Name, i.Kind, i.OwnerId, i.AccountId, i.Region, i.Note, i.Ended);

    internal PartnerInput Input(Guid? owner) => new(Name, Kind, owner, AccountId, Region, Note, Ended ?? false);
}

/// <summary>A partner.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">dealer, ecosystem or referrer.</param>
/// <param name="Owner">Who looks after them.</param>
/// <param name="AccountId">Their company among our accounts.</param>
/// <param name="Region">Where they work.</param>
/// <param name="Note">A note.</param>
/// <param name="EndedAt">When we stopped working with them.</param>
/// <param name="Waiting">Registrations that wait.</param>
/// <param name="Protected">Companies at which they are protected.</param>
/// <param name="Opportunities">Opportunities that came of theirs.</param>
/// <param name="Won">How many of those were won.</param>
/// <param name="Amount">The amount of those that are open or won.</param>
public sealed record PartnerView(
    Guid Id, int Version, string Name, PartnerKind Kind, OwnerAnswer? Owner, Guid? AccountId, string? Region, string? Note, DateTimeOffset? EndedAt, int Waiting, int Protected, int Opportunities, int Won, decimal Amount)
{
    internal static PartnerView Of(ListedPartner p, Setting setting) => new(
        p.Partner.Id, p.Partner.Version, p.Partner.Name, p.Partner.Kind, OwnerAnswer.Of(p.Partner.OwnerId, setting), p.Partner.AccountId, p.Partner.Region, p.Partner.Note, p.Partner.EndedAt,
        p.Waiting, p.Protected, p.Opportunities, p.Won, p.Amount);
}

/// <summary>Partners 合作伙伴 (§12).</summary>
public static class PartnersApi
{
    internal static void MapPartners(this IEndpointRouteBuilder app)
    {
        var partners = app.MapGroup("/api/v1/partners").WithTags("Partners").Idempotent();
        partners.MapGet("/", List).Require(Permission.ViewOpportunities).Produces<Page<PartnerView>>();
        partners.MapPost("/", Create).Require(Permission.EditOpportunities).Produces<PartnerView>(StatusCodes.Status201Created);
        partners.MapGet("/{id:guid}", Get).Require(Permission.ViewOpportunities).Produces<PartnerView>();
        partners.MapPatch("/{id:guid}", Change).Require(Permission.EditOpportunities).Produces<PartnerView>().Accepts<PartnerBody>("application/merge-patch+json", "application/json");
        partners.MapGet("/{id:guid}/opportunities", Opportunities).Require(Permission.ViewOpportunities).Produces<IReadOnlyList<OpportunityView>>();
    }

    /// <summary>Lists partners, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="kind">dealer, ecosystem or referrer.</param>
    /// <param name="q">A part of the name.</param>
    /// <param name="read">Partners.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, string? kind, string? q, ReadPartners read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var wanted = PartnerWords.Member<PartnerKind>(kind);
        if (!string.IsNullOrEmpty(kind) && wanted is null)
        {
            return Problem.BadParameter(new FieldError("kind", "not_a_choice"));
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await read.List(viewer, wanted, q, after, page.Size, ct);
        return TypedResults.Ok(new Page<PartnerView>([.. items.Select(p => PartnerView.Of(p, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Adds a partner.</summary>
    public static async Task<IResult> Create(PartnerBody body, SavePartner save, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Create(viewer, body.Input(body.OwnerId ?? viewer.UserId), ct);
        return result is AccountResult<Partner>.Done(var made) ? TypedResults.Created($"/api/v1/partners/{made.Id}", PartnerView.Of((await read.Find(viewer, made.Id, ct))!, setting)) : result.Problem(http)!;
    }

    /// <summary>Gets a partner with figures, and the version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { } partner)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{partner.Partner.Version}");
        return TypedResults.Ok(PartnerView.Of(partner, setting));
    }

    /// <summary>Changes a partner (merge patch).</summary>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SavePartner save, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Change(viewer, id, before => MergePatch.Apply(PartnerBody.Of(before), patch) is var after ? after.Input(after.OwnerId) : before, AccountAnswers.Seen(http), ct);
        return result is AccountResult<Partner>.Done ? await Get(id, read, viewer, setting, http, ct) : result.Problem(http)!;
    }

    /// <summary>Lists the opportunities that came of a partner's registrations, of those that the caller sees.</summary>
    public static async Task<IResult> Opportunities(Guid id, ReadPartners read, Viewer viewer, Setting setting, CancellationToken ct) => await read.Find(viewer, id, ct) is null
        ? Problem.NotFound() : TypedResults.Ok<IReadOnlyList<OpportunityView>>([.. (await read.Opportunities(viewer, id, ct)).Select(o => OpportunityView.Of(o, null, setting))]);
}
