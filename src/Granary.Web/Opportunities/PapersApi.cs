using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>A pain chain.</summary>
/// <param name="Pains">The pains.</param>
/// <param name="Links">What causes what.</param>
public sealed record PainChainBody(IReadOnlyList<Pain>? Pains = null, IReadOnlyList<PainLink>? Links = null);

/// <summary>A decision chain.</summary>
/// <param name="People">The people.</param>
public sealed record DecisionChainBody(IReadOnlyList<DecisionPerson>? People = null);

/// <summary>A vision.</summary>
/// <param name="Summary">In words.</param>
/// <param name="Capabilities">What the customer will be able to do.</param>
public sealed record VisionBody(string? Summary = null, IReadOnlyList<Capability>? Capabilities = null);

/// <summary>What raises interest.</summary>
/// <param name="Items">Success cases, new products, technology.</param>
public sealed record InterestBody(IReadOnlyList<InterestItem>? Items = null);

/// <summary>Everything that is written about an opportunity, as it is in force.</summary>
/// <param name="Plan">Conversion plan; without its lowest price where that is not the reader's to see.</param>
/// <param name="PainChain">Pain chain.</param>
/// <param name="DecisionChain">Decision chain.</param>
/// <param name="Vision">Vision.</param>
/// <param name="Charter">Project charter.</param>
/// <param name="SuccessCase">Success case.</param>
/// <param name="LossReport">Loss report.</param>
/// <param name="Interest">What raises interest.</param>
public sealed record PapersView(
    ConversionPlan? Plan, PainChain? PainChain, DecisionChain? DecisionChain, Vision? Vision, ProjectCharter? Charter, SuccessCase? SuccessCase, LossReport? LossReport, Interest? Interest);

/// <summary>What is written about opportunities: plan, chains, vision, charter, success case, loss report (§13).</summary>
public static class PapersApi
{
    internal static void MapPapers(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/opportunities/{id:guid}").WithTags("Opportunities").Idempotent();
        one.MapGet("/papers", Get).Require(Permission.ViewOpportunities).Produces<PapersView>();
        one.MapPost("/plan", Plan).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/plan/submission", Submit).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/plan/approval", Approve).Require(Permission.DecideOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/plan/rejection", Reject).Require(Permission.DecideOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/pain-chain", PainChain).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/decision-chain", DecisionChain).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/vision", Vision).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/interest", Interest).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/charter", Charter).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/success-case", Success).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
        one.MapPost("/loss-report", Loss).Require(Permission.EditOpportunities).Produces<OpportunityView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets everything that is written about an opportunity.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="read">Opportunities.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadOpportunity read, Viewer viewer, CancellationToken ct) => await read.Find(viewer, id, ct) is { } d
        ? TypedResults.Ok(new PapersView(
            d.Plan, d.Paper<PainChain>(PaperKind.PainChain), d.Paper<DecisionChain>(PaperKind.DecisionChain), d.Paper<Vision>(PaperKind.Vision), d.Paper<ProjectCharter>(PaperKind.Charter),
            d.Paper<SuccessCase>(PaperKind.SuccessCase), d.Paper<LossReport>(PaperKind.LossReport), d.Paper<Interest>(PaperKind.Interest)))
        : Problem.NotFound();

    /// <summary>Writes the conversion plan; what was approved before is approved anew.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The plan.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Plan(Guid id, ConversionPlan body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, body with { Pains = Known(body.Pains), Dates = Known(body.Dates) }, write, viewer, setting, http, ct);

    /// <summary>Hands the conversion plan in: A is decided by the sales director, B and C by the supervisor.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Submit(Guid id, DecidePlan decide, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await decide.Submit(viewer, id, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Approves the conversion plan that waits (director_required where the grade is A).</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">A comment.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Approve(Guid id, OpportunityCommentBody body, DecidePlan decide, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await decide.Approve(viewer, id, body.Comment, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Sends the conversion plan that waits back, with a reason.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">Why.</param>
    /// <param name="decide">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reject(Guid id, OpportunityReasonBody body, DecidePlan decide, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await decide.Reject(viewer, id, body.Reason, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    /// <summary>Writes the pain chain.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The chain.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> PainChain(Guid id, PainChainBody body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new PainChain(Known(body.Pains), Known(body.Links)), write, viewer, setting, http, ct);

    /// <summary>Writes the decision chain.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The chain.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> DecisionChain(Guid id, DecisionChainBody body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new DecisionChain(Known(body.People)), write, viewer, setting, http, ct);

    /// <summary>Writes the vision.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The vision.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Vision(Guid id, VisionBody body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new Vision(body.Summary, Known(body.Capabilities)), write, viewer, setting, http, ct);

    /// <summary>Writes what raises interest: success cases, new products, technology.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">Each of it.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Interest(Guid id, InterestBody body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, new Interest(Known(body.Items)), write, viewer, setting, http, ct);

    /// <summary>Writes the project charter.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The charter.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Charter(Guid id, ProjectCharter body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, body, write, viewer, setting, http, ct);

    /// <summary>Writes the success case, without which nothing is won.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The case.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Success(Guid id, SuccessCase body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, body, write, viewer, setting, http, ct);

    /// <summary>Writes the loss report, without which nothing is closed as lost.</summary>
    /// <param name="id">The opportunity.</param>
    /// <param name="body">The report.</param>
    /// <param name="write">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Loss(Guid id, LossReport body, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Write(id, body, write, viewer, setting, http, ct);

    private static async Task<IResult> Write(Guid id, object paper, WritePaper write, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        (await write.Write(viewer, id, paper, OpportunityAnswers.Seen(http), ct)).Answer(http, setting);

    // What stands for nothing within a list is no line of it.
    private static IReadOnlyList<T> Known<T>(IReadOnlyList<T>? list)
        where T : class => [.. (list ?? []).OfType<T>()];
}
