using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.Ownership;
using Granary.Web.People;

namespace Granary.Web.FollowUp;

/// <summary>A follow-up to record.</summary>
/// <param name="Method">call, mail, visit, weChat, meeting or other.</param>
/// <param name="Content">What was said and done; at least as long as the policy asks, 10 characters by default, at most 4,000.</param>
/// <param name="Feedback">What the customer said, at most 4,000 characters.</param>
/// <param name="NextStep">What comes next, at most 200 characters.</param>
/// <param name="NextAt">When it comes next; a reminder then.</param>
/// <param name="At">When it took place; now when left out. It moves no clock.</param>
/// <param name="Answered">Whether a call was answered; a touch of the lead.</param>
/// <param name="Bant">Key fields that changed with it.</param>
public sealed record FollowUpBody(
    FollowUpMethod? Method = null, string? Content = null, string? Feedback = null, string? NextStep = null, DateTimeOffset? NextAt = null,
    DateTimeOffset? At = null, bool Answered = false, KeyFields? Bant = null);

/// <summary>A follow-up.</summary>
/// <param name="Id">Id.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="At">When it took place, as they say.</param>
/// <param name="RecordedAt">When it was recorded, by the server.</param>
/// <param name="Method">How.</param>
/// <param name="Content">What was said and done.</param>
/// <param name="Feedback">What the customer said.</param>
/// <param name="NextStep">What comes next.</param>
/// <param name="NextAt">When.</param>
/// <param name="Counted">Whether it counts for deadlines and protection.</param>
/// <param name="Corrections">How often its author corrected it.</param>
/// <param name="Attachments">Its files.</param>
/// <param name="Hidden">Whether its words are hidden: the lead lies in a pool that does not show all of it before it is claimed.</param>
public sealed record FollowUpView(
    Guid Id, OwnerAnswer? Author, DateTimeOffset At, DateTimeOffset RecordedAt, FollowUpMethod Method, string Content, string? Feedback, string? NextStep,
    DateTimeOffset? NextAt, bool Counted, int Corrections, IReadOnlyList<AttachmentView> Attachments, bool Hidden = false)
{
    internal static FollowUpView Of(FollowUpEntry entry, Setting setting) => Of(entry.Record, entry.Files, setting) with { Hidden = entry.Hidden };

    internal static FollowUpView Of(FollowUpRecord r, IReadOnlyList<AttachedFile> files, Setting setting) => new(
        r.Id, OwnerAnswer.Of(r.AuthorId, setting), r.At, r.RecordedAt, r.Method, r.Content, r.Feedback, r.NextStep, r.NextAt, r.Counted,
        FollowUpChanges.Of(r).Earlier.Count, [.. files.Select(AttachmentView.Of)]);
}

/// <summary>Follow-ups of a lead.</summary>
public static class FollowUpsApi
{
    internal static void MapFollowUps(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/leads/{id:guid}/follow-ups").WithTags("Leads").Require(Permission.ViewLeads);
        group.MapPost("", Log).Idempotent().Produces<FollowUpView>(StatusCodes.Status201Created);
        group.MapGet("", List).Produces<Page<FollowUpView>>();
    }

    /// <summary>Records a follow-up. The owner's moves the clocks of their deadlines.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="body">The follow-up.</param>
    /// <param name="log">The use case.</param>
    /// <param name="viewer">Who writes.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Log(Guid id, FollowUpBody body, LogFollowUp log, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var (record, result) = await log.Log(
            viewer,
            id,
            new FollowUpInput
            {
                Method = body.Method,
                Content = body.Content,
                Feedback = body.Feedback,
                NextStep = body.NextStep,
                NextAt = body.NextAt,
                At = body.At,
                Answered = body.Answered,
                Changes = body.Bant,
            },
            ct);
        return (IResult?)result.Problem(http) ?? TypedResults.Created($"/api/v1/leads/{id}/follow-ups/{record!.Id}", FollowUpView.Of(record, [], setting));
    }

    /// <summary>The follow-ups of a lead, the latest first.</summary>
    /// <param name="id">The lead.</param>
    /// <param name="page">Which page.</param>
    /// <param name="read">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Guid id, [AsParameters] PageQuery page, ReadFollowUps read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        return await read.Of(viewer, id, after, page.Size + 1, ct) is { } records
            ? TypedResults.Ok(Page.Cut([.. records.Select(r => FollowUpView.Of(r, setting))], page.Size, f => Cursor.Write(f.Id)))
            : Problem.NotFound();
    }
}
