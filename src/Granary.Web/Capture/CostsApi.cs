using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Capture;

/// <summary>A cost to record, or what it is now.</summary>
/// <param name="Day">Day in organisation time, at most a year ahead.</param>
/// <param name="Amount">Amount in the organisation's currency, 0 to 1,000,000,000, two decimals at most.</param>
/// <param name="Campaign">Campaign as leads name it, up to 200 characters.</param>
/// <param name="Keyword">Search keyword, up to 200 characters.</param>
/// <param name="Content">Content piece, up to 200 characters.</param>
/// <param name="Impressions">How often it was shown.</param>
/// <param name="Clicks">How often it was clicked.</param>
/// <param name="Note">Note, up to 500 characters.</param>
public sealed record CostBody(
    DateOnly? Day = null, decimal? Amount = null, string? Campaign = null, string? Keyword = null, string? Content = null, long? Impressions = null, long? Clicks = null, string? Note = null)
{
    internal CostEntry Entry => new() { Day = Day, Amount = Amount, Campaign = Campaign, Keyword = Keyword, Content = Content, Impressions = Impressions, Clicks = Clicks, Note = Note };
}

/// <summary>What a channel cost on a day.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Counts changes.</param>
/// <param name="ChannelId">Channel.</param>
/// <param name="Day">Day in organisation time.</param>
/// <param name="Campaign">Campaign.</param>
/// <param name="Keyword">Search keyword.</param>
/// <param name="Content">Content piece.</param>
/// <param name="Amount">Amount.</param>
/// <param name="Currency">The organisation's currency.</param>
/// <param name="Impressions">How often it was shown.</param>
/// <param name="Clicks">How often it was clicked.</param>
/// <param name="Note">Note.</param>
/// <param name="AuthorId">Who recorded it last.</param>
/// <param name="RecordedAt">When.</param>
public sealed record CostView(
    Guid Id, int Version, Guid ChannelId, DateOnly Day, string? Campaign, string? Keyword, string? Content, decimal Amount, string Currency, long? Impressions, long? Clicks, string? Note, Guid AuthorId, DateTimeOffset RecordedAt)
{
    internal static CostView Of(ChannelCost c, Setting setting) => new(
        c.Id, c.Version, c.ChannelId, c.Day, Some(c.Campaign), Some(c.Keyword), Some(c.Content), c.Amount, setting.Organisation.Currency, c.Impressions, c.Clicks, c.Note, c.AuthorId, c.RecordedAt);

    private static string? Some(string text) => text.Length == 0 ? null : text;
}

/// <summary>What channels cost 渠道花费 (§15.2). One row for each channel, day, campaign, keyword and content.</summary>
public static class CostsApi
{
    internal static void MapCosts(this IEndpointRouteBuilder app)
    {
        var costs = app.MapGroup("/api/v1/channels/{id:guid}/costs").WithTags("Channels").Require(Permission.ManageCosts).Idempotent();
        costs.MapGet("/", List).Produces<Page<CostView>>();
        costs.MapPost("/", Create).Produces<CostView>(StatusCodes.Status201Created);
        costs.MapGet("/{cost:guid}", Get).Produces<CostView>();
        costs.MapPut("/{cost:guid}", Change).Produces<CostView>();
        costs.MapDelete("/{cost:guid}", Remove).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists a channel's costs, the latest day first.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="page">Which page.</param>
    /// <param name="from">From this day on.</param>
    /// <param name="to">Up to this day.</param>
    /// <param name="campaign">Of one campaign.</param>
    /// <param name="list">Costs.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, [AsParameters] PageQuery page, DateOnly? from, DateOnly? to, string? campaign, ListCosts list, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (setting.Channels.Path(id).Length == 0)
        {
            return Problem.NotFound();
        }

        if (!Cursor.TryRead<CostPlace>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await list.List(new CostFilter(id, from, to, campaign), after, page.Size, ct);
        return TypedResults.Ok(new Page<CostView>([.. items.Select(c => CostView.Of(c, setting))], next is null ? null : Cursor.Write(next)));
    }

    /// <summary>Records a cost.</summary>
    public static async Task<IResult> Create(Guid id, CostBody body, SaveCost save, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(await save.Create(viewer.UserId, id, body.Entry, ct), setting, http, created: true);

    /// <summary>Gets a cost, and the version as ETag.</summary>
    public static async Task<IResult> Get(Guid id, Guid cost, ListCosts list, Setting setting, HttpContext http, CancellationToken ct) =>
        await list.Find(id, cost, ct) is { } found ? Answer(new CostResult.Done(found), setting, http) : Problem.NotFound();

    /// <summary>Corrects a cost: the body is what it is now.</summary>
    public static async Task<IResult> Change(Guid id, Guid cost, CostBody body, SaveCost save, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        Answer(await save.Change(viewer.UserId, id, cost, _ => body.Entry, Seen(http), ct), setting, http);

    /// <summary>Takes a cost away.</summary>
    public static async Task<IResult> Remove(Guid id, Guid cost, SaveCost save, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct) =>
        await save.Remove(viewer.UserId, id, cost, Seen(http), ct) is var result && result is CostResult.Done ? TypedResults.NoContent() : Answer(result, setting, http);

    // A tag that is none of ours names a version that there is not.
    private static int? Seen(HttpContext http) => RecordVersion.Seen(http) is not { } tag ? null : int.TryParse(tag, out var version) ? version : 0;

    private static IResult Answer(CostResult result, Setting setting, HttpContext http, bool created = false)
    {
        switch (result)
        {
            case CostResult.Done(var cost):
                RecordVersion.Tag(http, $"{cost.Version}");
                var view = CostView.Of(cost, setting);
                return created ? TypedResults.Created($"/api/v1/channels/{cost.ChannelId}/costs/{cost.Id}", view) : TypedResults.Ok(view);
            case CostResult.Refused(var errors):
                return Problem.Invalid(errors);
            case CostResult.Stale(var now):
                return RecordVersion.Stale(RecordVersion.Seen(http), $"{now.Version}", CostView.Of(now, setting));
            default:
                return Problem.NotFound();
        }
    }
}
