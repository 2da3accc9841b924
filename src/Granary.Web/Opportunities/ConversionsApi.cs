using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>A conversion of a lead.</summary>
/// <param name="Criteria">What holds of the four criteria; enough of them must.</param>
/// <param name="Account">The account; the one that matches, else a new one, when left out.</param>
/// <param name="Opportunity">The opportunity; a new one of what the lead says when left out.</param>
public sealed record ConversionBody(CriteriaBody? Criteria = null, ConversionAccountBody? Account = null, ConversionOpportunityBody? Opportunity = null);

/// <summary>The four criteria of conversion.</summary>
/// <param name="Intention">They said that they want to buy.</param>
/// <param name="BudgetConfirmed">Whether the budget is confirmed.</param>
/// <param name="Budget">The confirmed budget in the organisation's currency.</param>
/// <param name="DecisionMaker">The key person of the decision takes part.</param>
/// <param name="Date">The day by which they want to have bought.</param>
public sealed record CriteriaBody(bool Intention = false, bool BudgetConfirmed = false, decimal? Budget = null, bool DecisionMaker = false, DateOnly? Date = null);

/// <summary>The account of a conversion.</summary>
/// <param name="Id">One that exists.</param>
/// <param name="Name">Name under which it is looked for and made; the lead's company when left out.</param>
public sealed record ConversionAccountBody(Guid? Id = null, string? Name = null);

/// <summary>The opportunity of a conversion.</summary>
/// <param name="Id">An open one of the account.</param>
/// <param name="Name">Name of a new one.</param>
/// <param name="Line">Id of its business line.</param>
/// <param name="ProductLine">Its product line.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
public sealed record ConversionOpportunityBody(
    Guid? Id = null, string? Name = null, string? Line = null, string? ProductLine = null, decimal? Amount = null, DateOnly? ExpectedOn = null);

/// <summary>What a lead was converted into.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="AccountId">The account.</param>
/// <param name="AccountMade">Whether it was made.</param>
/// <param name="ContactId">The contact.</param>
/// <param name="ContactMade">Whether it was made.</param>
/// <param name="OpportunityId">The opportunity.</param>
/// <param name="OpportunityMade">Whether it was made.</param>
/// <param name="Criteria">Names of the criteria that held.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record ConversionView(
    Guid LeadId, Guid AccountId, bool AccountMade, Guid? ContactId, bool ContactMade, Guid OpportunityId, bool OpportunityMade, IReadOnlyList<string> Criteria, DateTimeOffset At, OwnerAnswer? By)
{
    /// <summary>A conversion with the name of who did it.</summary>
    public static ConversionView Of(LeadConversion c, Setting setting) =>
        new(c.LeadId, c.AccountId, c.AccountMade, c.ContactId, c.ContactMade, c.OpportunityId, c.OpportunityMade, c.Criteria, c.At, OwnerAnswer.Of(c.ActorId, setting));
}

/// <summary>Converting leads into accounts and opportunities (§12).</summary>
public static class ConversionsApi
{
    internal static void MapConversions(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}/conversion").WithTags("Leads").Idempotent();
        lead.MapGet("", Get).Require(Permission.ViewLeads).Produces<ConversionView>();
        lead.MapPost("", Convert).Require(Permission.EditLeads).Require(Permission.EditOpportunities).Produces<ConversionView>(StatusCodes.Status201Created);
        lead.MapPost("/undo", Undo).Require(Permission.EditLeads).Require(Permission.EditOpportunities).Produces<LeadState>(StatusCodes.Status201Created);
    }

    /// <summary>Gets what a lead was converted into.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="read">The conversions.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadConversions read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Of(viewer, id, ct) is { } found ? TypedResults.Ok(ConversionView.Of(found.Conversion, setting)) : Problem.NotFound();

    /// <summary>
    /// Converts a lead: account, contact and opportunity, each new or one that is there, in one transaction. Refused with
    /// criteria_not_met, already_converted, not_owned, account_of_another.
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">What holds, and what it becomes.</param>
    /// <param name="convert">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Convert(Guid id, ConversionBody body, ConvertLead convert, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (body.Criteria is not { } c)
        {
            return Problem.Invalid([new FieldError("criteria", "required")]);
        }

        var input = new ConversionInput(
            new ConversionCriteria { Intention = c.Intention, BudgetConfirmed = c.BudgetConfirmed, Budget = c.Budget, DecisionMaker = c.DecisionMaker, Date = c.Date },
            body.Account is { } a ? new ConversionAccount(a.Id, a.Name) : null,
            body.Opportunity is { } o ? new ConversionOpportunity(o.Id) { Name = o.Name, Line = o.Line, ProductLine = o.ProductLine, Amount = o.Amount, ExpectedOn = o.ExpectedOn } : null);
        var (result, conversion) = await convert.Convert(viewer, id, input, LeadAnswers.Seen(http), ct);
        return conversion is null ? result.Problem(http)! : TypedResults.Created($"/api/v1/opportunities/{conversion.OpportunityId}", ConversionView.Of(conversion, setting));
    }

    /// <summary>
    /// Undoes a conversion while its time lasts and nobody has worked on the opportunity (undo_too_late, opportunity_touched); the lead
    /// is its owner's again.
    /// </summary>
    /// <param name="id">The lead.</param>
    /// <param name="undo">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Undo(Guid id, UndoConversion undo, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await undo.Undo(viewer, id, LeadAnswers.Seen(http), ct)).Answer(http, setting);
}
