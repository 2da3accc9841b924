using Granary.Application.Campaigns;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Qualification;

namespace Granary.Web.Campaigns;

/// <summary>The split of leads and the tracking reports of a campaign (§14 After).</summary>
public static class CampaignResultsApi
{
    internal static void MapCampaignResults(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/api/v1/campaigns/{id:guid}").WithTags("Campaigns").Idempotent();
        one.MapGet("/split", Split).Require(Permission.ViewCampaigns).Produces<SplitView>();
        one.MapGet("/split/preview", Preview).Require(Permission.SplitCampaigns).Produces<SplitView>();
        one.MapPost("/split", Run).Require(Permission.SplitCampaigns).Produces<SplitView>(StatusCodes.Status201Created);
        one.MapGet("/reports", Reports).Require(Permission.ViewCampaigns).Produces<IReadOnlyList<TrackingView>>();
    }

    /// <summary>Tells where each lead of the event went when they were split.</summary>
    public static async Task<IResult> Split(Guid id, SplitCampaign split, Viewer viewer, Setting setting, CancellationToken ct) =>
        await split.Report(viewer, id, ct) is { } report ? TypedResults.Ok(SplitView.Of(report, setting)) : Problem.NotFound();

    /// <summary>Tells where a split would send each lead now; nothing is changed.</summary>
    public static async Task<IResult> Preview(Guid id, SplitCampaign split, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await split.Preview(viewer, id, ct) is var result && result is AccountResult<SplitReport>.Done(var report) ? TypedResults.Ok(SplitView.Of(report, setting)) : result.Problem(http)!;

    /// <summary>Splits the leads that were not split before, in one transaction (nothing_to_split, too_many_leads above 5,000).</summary>
    public static async Task<IResult> Run(Guid id, SplitCampaign split, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await split.Run(viewer, id, ct) is var result && result is AccountResult<SplitReport>.Done(var report) ? TypedResults.Created($"/api/v1/campaigns/{id}/split", SplitView.Of(report, setting)) : result.Problem(http)!;

    /// <summary>Lists the tracking reports that were made, in order.</summary>
    public static async Task<IResult> Reports(Guid id, ReadCampaigns campaigns, CampaignResults results, Viewer viewer, CancellationToken ct) => await campaigns.Find(viewer, id, ct) is null
        ? Problem.NotFound() : TypedResults.Ok<IReadOnlyList<TrackingView>>([.. (await results.Reports(viewer, id, ct)).Select(TrackingView.Of)]);
}
