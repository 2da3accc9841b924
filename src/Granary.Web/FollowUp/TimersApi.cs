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
/// <param name="Owner">Who has to meet it; null where it is a review's, which those meet whose turn it is.</param>
/// <param name="DeadlineAt">By when; it may have passed.</param>
/// <param name="RuleId">Id of its rule; <c>review</c> for a review.</param>
public sealed record TimerAnswer(Guid LeadId, string? Company, OwnerAnswer? Owner, DateTimeOffset DeadlineAt, string? RuleId);

/// <summary>Deadlines that come, over the API.</summary>
public static class TimersApi
{
    internal static void MapTimers(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/timers", List).WithTags("FollowUp").Require(Permission.ViewLeads).Produces<Page<TimerAnswer>>();

    /// <summary>The earliest deadline of each lead you may see that is still to be met, and those of their reviews; the earliest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="list">The use case.</param>
    /// <param name="sources">Deadlines that others keep.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    /// <param name="dueBefore">Only those due before this instant.</param>
    public static async Task<IResult> List(
        [AsParameters] PageQuery page, ListViolations list, IEnumerable<DeadlineSource> sources, Viewer viewer, Setting setting, CancellationToken ct, DateTimeOffset? dueBefore = null)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Place>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        (DateTimeOffset At, Guid Lead)? place = after is null ? null : (after.At, after.Lead);
        var before = dueBefore?.ToUniversalTime();
        List<(TimerAnswer Timer, bool Other)> read =
            [.. (await list.Deadlines(viewer, before, place, page.Size, ct)).Select(d => (new TimerAnswer(d.LeadId, d.Company, OwnerAnswer.Of(d.OwnerId, setting), d.DeadlineAt, d.Rule), false))];
        foreach (var source in sources)
        {
            // At one instant a lead's own deadline comes before what others keep of it.
            var others = await source.Read(viewer, before, place, after is { Other: false }, page.Size, ct);
            read.AddRange(others.Select(d => (new TimerAnswer(d.LeadId, d.Company, null, d.At, d.Rule), true)));
        }

        var sorted = read.OrderBy(t => t.Timer.DeadlineAt).ThenBy(t => t.Timer.LeadId.ToString(), StringComparer.Ordinal).ThenBy(t => t.Other).Take(page.Size + 1).ToList();
        return TypedResults.Ok(Page.Cut(
            [.. sorted.Select(t => t.Timer)],
            page.Size,
            t => Cursor.Write(new Place(t.DeadlineAt, t.LeadId, sorted.Find(s => ReferenceEquals(s.Timer, t)).Other))));
    }

    private sealed record Place(DateTimeOffset At, Guid Lead, bool Other = false);
}
