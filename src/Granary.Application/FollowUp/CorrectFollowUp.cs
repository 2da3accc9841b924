using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>
/// Corrects what a follow-up says: its author, within a day. What it said before stays with it, and no clock moves: those
/// look at when it was recorded.
/// </summary>
public sealed class CorrectFollowUp(LeadVerb verb)
{
    /// <summary>How long it can be corrected after it was recorded.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(1);

    /// <summary>Most corrections of one record.</summary>
    public const int Most = 20;

    /// <summary>Corrects it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="followUpId">The follow-up.</param>
    /// <param name="method">How; null leaves it.</param>
    /// <param name="content">What was said and done; null leaves it.</param>
    /// <param name="feedback">What the customer said; null leaves it, an empty text takes it away.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The record, null when it was not changed; and the lead, or why it was not.</returns>
    public async Task<(FollowUpRecord? Record, LeadResult Result)> Correct(
        Viewer viewer, Guid id, Guid followUpId, FollowUpMethod? method, string? content, string? feedback, CancellationToken ct = default)
    {
        FollowUpRecord? corrected = null;
        var result = await verb.Run(viewer, id, Permission.ViewLeads, null, async (work, lead) =>
        {
            if (await work.Scope.Db.Set<FollowUpRecord>().SingleOrDefaultAsync(f => f.LeadId == id && f.Id == followUpId, ct) is not { } record)
            {
                return new LeadResult.NotFound();
            }

            var earlier = FollowUpChanges.Of(record);
            var input = new FollowUpInput
            {
                Method = method ?? record.Method,
                Content = content ?? record.Content,
                Feedback = feedback ?? record.Feedback,
                At = record.At,
            }.Trimmed();
            if (((LeadResult?)Refusal(viewer, record, earlier, work.Now) ?? input.Refusal(lead.ReceivedAt, work.Setting.Sla.ShortestFollowUp, work.Now)) is { } refusal)
            {
                return refusal;
            }

            corrected = record;
            if ((input.Method, input.Content, input.Feedback) == (record.Method, record.Content, record.Feedback))
            {
                return new LeadResult.Done(lead);
            }

            record.Changes = (earlier with { Earlier = [new(work.Now, record.Method, record.Content, record.Feedback), .. earlier.Earlier] }).Written();
            (record.Method, record.Content, record.Feedback) = (input.Method!.Value, input.Content!, input.Feedback);
            work.Changes.Happened(lead.Id, LeadEvent.FollowUpCorrected, work.Now, work.ActorId, new { followUpId });
            return work.Changed(lead);
        }, ct);
        return (result is LeadResult.Done ? corrected : null, result);
    }

    /// <summary>Whether somebody may correct a record now.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="record">The record.</param>
    /// <param name="now">The instant.</param>
    public static bool May(Viewer viewer, FollowUpRecord record, DateTimeOffset now) => record.AuthorId == viewer.UserId && now <= record.RecordedAt + Within;

    private static LeadResult.Refused? Refusal(Viewer viewer, FollowUpRecord record, FollowUpChanges earlier, DateTimeOffset now) =>
        record.AuthorId != viewer.UserId ? new LeadResult.Refused(LeadRefusal.NotAuthor)
        : !May(viewer, record, now) || earlier.Earlier.Count >= Most ? new LeadResult.Refused(LeadRefusal.CorrectionClosed)
        : null;
}
