using Granary.Application.FollowUp;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.FollowUp;

/// <summary>A deadline that is still to be met.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Company">Its company.</param>
/// <param name="Owner">Who has to meet it.</param>
/// <param name="DeadlineAt">By when; it may have passed.</param>
/// <param name="RuleId">Id of its rule.</param>
public sealed record TimerAnswer(Guid LeadId, string? Company, OwnerAnswer? Owner, DateTimeOffset DeadlineAt, string? RuleId);

/// <summary>Deadlines that come, over the API.</summary>
public static class TimersApi
{
    internal static void MapTimers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/timers", List).WithTags("FollowUp").Require(Permission.ViewLeads).Produces<Page<TimerAnswer>>();

    /// <summary>The earliest deadline of each lead you may see that is still to be met, the earliest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="list">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="dueBefore">Only those due before this instant.</param>
    public static async Task<IResult> List(
        [AsParameters] PageQuery page, ListViolations list, Viewer viewer, Setting setting, CancellationToken ct, DateTimeOffset? dueBefore = null)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Place>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var read = await list.Deadlines(viewer, dueBefore?.ToUniversalTime(), after is null ? null : (after.At, after.Lead), page.Size, ct);
        return TypedResults.Ok(Page.Cut(
            [.. read.Select(d => new TimerAnswer(d.LeadId, d.Company, OwnerAnswer.Of(d.OwnerId, setting), d.DeadlineAt, d.Rule))],
            page.Size,
            t => Cursor.Write(new Place(t.DeadlineAt, t.LeadId))));
    }

    private sealed record Place(DateTimeOffset At, Guid Lead);
}
