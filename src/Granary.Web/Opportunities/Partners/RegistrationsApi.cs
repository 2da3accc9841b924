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

/// <summary>What a partner registers.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Kind">referral or deal.</param>
/// <param name="Company">The customer's company, 1 to 200 characters.</param>
/// <param name="Need">What it is about, 1 to 2,000 characters.</param>
/// <param name="Amount">Expected amount.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
public sealed record RegistrationBody(Guid? PartnerId = null, RegistrationKind? Kind = null, string? Company = null, string? Need = null, decimal? Amount = null, DateOnly? ExpectedOn = null);

/// <summary>Why a registration is accepted or refused.</summary>
/// <param name="Reason">In words, up to 500 characters.</param>
public sealed record RegistrationReasonBody(string? Reason = null);

/// <summary>The opportunity that came of a registration.</summary>
/// <param name="OpportunityId">The opportunity; one of the same company.</param>
public sealed record RegistrationOpportunityBody(Guid? OpportunityId = null);

/// <summary>Something that stands against a registration.</summary>
/// <param name="Kind">lead, opportunity, asked or protected.</param>
/// <param name="Name">The company, the opportunity's code, or the other partner.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when protection lasts, or the wait for a decision.</param>
public sealed record ConflictView(ConflictKind Kind, string Name, OwnerAnswer? Owner, DateTimeOffset Since, DateTimeOffset? Until)
{
    internal static ConflictView Of(RegistrationConflict c, Setting setting) => new(c.Kind, c.Name, OwnerAnswer.Of(c.OwnerId, setting), c.Since, c.Until);
}

/// <summary>A registration.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="PartnerId">The partner.</param>
/// <param name="Partner">Their name.</param>
/// <param name="Kind">referral or deal.</param>
/// <param name="Company">The customer's company.</param>
/// <param name="Need">What it is about.</param>
/// <param name="Amount">Expected amount.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
/// <param name="State">asked, accepted, refused, expired or withdrawn.</param>
/// <param name="AskedBy">Who asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpiresAt">When protection ends, or the wait for a decision.</param>
/// <param name="OpportunityId">The opportunity that came of it, where the caller sees it.</param>
/// <param name="Conflicts">What stands against it; null in lists.</param>
public sealed record RegistrationView(
    Guid Id, int Version, Guid PartnerId, string Partner, RegistrationKind Kind, string Company, string Need, decimal? Amount, DateOnly? ExpectedOn, RegistrationState State, OwnerAnswer? AskedBy, DateTimeOffset AskedAt,
    OwnerAnswer? DecidedBy, DateTimeOffset? DecidedAt, string? Reason, DateTimeOffset? ExpiresAt, Guid? OpportunityId, IReadOnlyList<ConflictView>? Conflicts = null)
{
    internal static RegistrationView Of(ListedRegistration l, Setting setting, IReadOnlyList<RegistrationConflict>? conflicts = null)
    {
        var r = l.Registration;
        return new(
            r.Id, r.Version, r.PartnerId, l.Partner.Name, r.Kind, r.Company, r.Need, r.Amount, r.ExpectedOn, r.State, OwnerAnswer.Of(r.AskedById, setting), r.AskedAt, OwnerAnswer.Of(r.DecidedById, setting), r.DecidedAt, r.Reason,
            r.ExpiresAt, l.Opportunity?.Id, conflicts is null ? null : [.. conflicts.Select(c => ConflictView.Of(c, setting))]);
    }
}

/// <summary>Referrals and deals that partners register (§12).</summary>
public static class RegistrationsApi
{
    internal static void MapRegistrations(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup("/api/v1/partner-registrations").WithTags("Partners").Idempotent();
        all.MapGet("/", List).Require(Permission.ViewOpportunities).Produces<Page<RegistrationView>>();
        all.MapGet("/conflicts", Conflicts).Require(Permission.EditOpportunities).Produces<IReadOnlyList<ConflictView>>();
        all.MapPost("/", Ask).Require(Permission.EditOpportunities).Produces<RegistrationView>(StatusCodes.Status201Created);
        all.MapGet("/{id:guid}", Get).Require(Permission.ViewOpportunities).Produces<RegistrationView>();
        all.MapPost("/{id:guid}/acceptance", Accept).Require(Permission.DecideOpportunities).Produces<RegistrationView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/refusal", Refuse).Require(Permission.DecideOpportunities).Produces<RegistrationView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/withdrawal", Withdraw).Require(Permission.EditOpportunities).Produces<RegistrationView>(StatusCodes.Status201Created);
        all.MapPost("/{id:guid}/opportunity", Link).Require(Permission.EditOpportunities).Produces<RegistrationView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists registrations, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="partner">Of a partner.</param>
    /// <param name="state">asked, accepted, refused, expired or withdrawn.</param>
    /// <param name="company">Of a company, by the core of its name.</param>
    /// <param name="read">Partners.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Guid? partner, string? state, string? company, ReadPartners read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var wanted = PartnerWords.Member<RegistrationState>(state);
        if (!string.IsNullOrEmpty(state) && wanted is null)
        {
            return Problem.BadParameter(new FieldError("state", "not_a_choice"));
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await read.Registrations(viewer, new RegistrationFilter(partner, wanted, company), after, page.Size, ct);
        return TypedResults.Ok(new Page<RegistrationView>([.. items.Select(r => RegistrationView.Of(r, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Tells what would stand against a company's registration: own leads, open opportunities, other partners.</summary>
    public static async Task<IResult> Conflicts(string? company, Guid? partner, RegisterDeal register, Setting setting, CancellationToken ct) =>
        await register.Conflicts(company, partner, ct) is { } found
            ? TypedResults.Ok<IReadOnlyList<ConflictView>>([.. found.Select(c => ConflictView.Of(c, setting))])
            : Problem.BadParameter(new FieldError("company", "company_name"));

    /// <summary>Asks for a registration in a partner's name; it waits for some days to be decided. A partner registers a company once at a time (already_registered).</summary>
    public static async Task<IResult> Ask(RegistrationBody body, RegisterDeal register, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(await register.Ask(viewer, new RegistrationInput(body.PartnerId, body.Kind, body.Company, body.Need, body.Amount, body.ExpectedOn), ct), read, viewer, setting, http, ct);

    /// <summary>Gets a registration with what stands against it.</summary>
    public static async Task<IResult> Get(Guid id, ReadPartners read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Registration(viewer, id, ct) is { } found ? TypedResults.Ok(RegistrationView.Of(found.Registration, setting, found.Conflicts)) : Problem.NotFound();

    /// <summary>
    /// Accepts a registration: the partner is protected at that company for some days. Not where another partner is (company_protected), not by who asked (own_request); a reason is asked for
    /// where anything stands against it (reason_required).
    /// </summary>
    public static async Task<IResult> Accept(Guid id, RegistrationReasonBody body, RegisterDeal register, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(await register.Accept(viewer, id, body.Reason, ct), read, viewer, setting, http, ct);

    /// <summary>Refuses a registration, with a reason.</summary>
    public static async Task<IResult> Refuse(Guid id, RegistrationReasonBody body, RegisterDeal register, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(await register.Refuse(viewer, id, body.Reason, ct), read, viewer, setting, http, ct);

    /// <summary>Takes a registration back that waits or protects.</summary>
    public static async Task<IResult> Withdraw(Guid id, RegisterDeal register, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(await register.Withdraw(viewer, id, ct), read, viewer, setting, http, ct);

    /// <summary>Says which opportunity came of an accepted registration; it must be the same company's (other_company).</summary>
    public static async Task<IResult> Link(Guid id, RegistrationOpportunityBody body, RegisterDeal register, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await Answer(await register.Link(viewer, id, body.OpportunityId ?? Guid.Empty, ct), read, viewer, setting, http, ct);

    private static async Task<IResult> Answer(AccountResult<PartnerRegistration> result, ReadPartners read, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (result is not AccountResult<PartnerRegistration>.Done(var registration))
        {
            return result.Problem(http)!;
        }

        var (found, conflicts) = (await read.Registration(viewer, registration.Id, ct))!.Value;
        return TypedResults.Created($"/api/v1/partner-registrations/{registration.Id}", RegistrationView.Of(found, setting, conflicts));
    }
}
