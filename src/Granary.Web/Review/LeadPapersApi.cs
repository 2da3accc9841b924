using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.Opportunities;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.Review;

/// <summary>What is written about a lead while it is incubated.</summary>
/// <param name="PainChain">Pain chain.</param>
/// <param name="Interest">What raises interest.</param>
/// <param name="DecisionChain">Decision chain.</param>
/// <param name="Vision">Vision.</param>
public sealed record LeadPapersView(PainChain? PainChain, Interest? Interest, DecisionChain? DecisionChain, Vision? Vision);

/// <summary>A success case that may interest the customer.</summary>
/// <param name="OpportunityId">The opportunity it tells of.</param>
/// <param name="Account">Whom it was won from.</param>
/// <param name="ProductLine">What was sold.</param>
/// <param name="SameIndustry">Whether it is of the same industry.</param>
/// <param name="Case">The case.</param>
public sealed record MatchedCaseView(Guid OpportunityId, string? Account, string? ProductLine, bool SameIndustry, SuccessCase Case);

/// <summary>Incubation of leads (§7): the diagrams of opportunities, before there is one; all of it carries over at conversion.</summary>
public static class LeadPapersApi
{
    internal static void MapLeadPapers(this IEndpointRouteBuilder app)
    {
        var lead = app.MapGroup("/api/v1/leads/{id:guid}").WithTags("Reviews").Idempotent();
        lead.MapGet("/papers", Get).Require(Permission.ViewLeads).Produces<LeadPapersView>();
        lead.MapGet("/papers/cases", Cases).Require(Permission.ViewLeads).Produces<IReadOnlyList<MatchedCaseView>>();
        lead.MapPost("/pain-chain", PainChain).Require(Permission.EditLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/decision-chain", DecisionChain).Require(Permission.EditLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/vision", Vision).Require(Permission.EditLeads).Produces<LeadState>(StatusCodes.Status201Created);
        lead.MapPost("/interest", Interest).Require(Permission.EditLeads).Produces<LeadState>(StatusCodes.Status201Created);
    }

    /// <summary>Gets what is written about a lead.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="write">The papers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, WriteLeadPaper write, Viewer viewer, CancellationToken ct) => await write.Of(viewer, id, ct) is { } papers
        ? TypedResults.Ok(new LeadPapersView(
            papers.GetValueOrDefault(PaperKind.PainChain)?.Read<PainChain>(), papers.GetValueOrDefault(PaperKind.Interest)?.Read<Interest>(),
            papers.GetValueOrDefault(PaperKind.DecisionChain)?.Read<DecisionChain>(), papers.GetValueOrDefault(PaperKind.Vision)?.Read<Vision>()))
        : Problem.NotFound();

    /// <summary>Lists success cases of the same industry or product, of opportunities that the caller sees.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="match">The cases.</param>
    /// <param name="write">The papers.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Cases(Guid id, MatchCases match, WriteLeadPaper write, Viewer viewer, CancellationToken ct) => await write.Of(viewer, id, ct) is null
        ? Problem.NotFound()
        : TypedResults.Ok<IReadOnlyList<MatchedCaseView>>([.. (await match.Of(viewer, id, ct)).Select(c => new MatchedCaseView(c.OpportunityId, c.Account, c.ProductLine, c.SameIndustry, c.Case))]);

    /// <summary>Writes the pain chain.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The chain.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> PainChain(Guid id, PainChainBody body, WriteLeadPaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new PainChain(Known(body.Pains), Known(body.Links)), write, viewer, setting, http, ct);

    /// <summary>Writes the decision chain; the plan for each relation stands with the person.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The chain.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> DecisionChain(Guid id, DecisionChainBody body, WriteLeadPaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new DecisionChain(Known(body.People)), write, viewer, setting, http, ct);

    /// <summary>Writes the vision.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The vision.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Vision(Guid id, VisionBody body, WriteLeadPaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new Vision(body.Summary, Known(body.Capabilities)), write, viewer, setting, http, ct);

    /// <summary>Writes what raises interest: success cases, new products, technology.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">Each of it.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Interest(Guid id, InterestBody body, WriteLeadPaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new Interest(Known(body.Items)), write, viewer, setting, http, ct);

    private static async Task<IResult> Write(Guid id, object paper, WriteLeadPaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await write.Write(viewer, id, paper, LeadAnswers.Seen(http), ct)).Answer(http, setting);

    // What stands for nothing within a list is no line of it.
    private static IReadOnlyList<T> Known<T>(IReadOnlyList<T>? list)
        where T : class => [.. (list ?? []).OfType<T>()];
}
