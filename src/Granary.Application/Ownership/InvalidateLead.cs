using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>Finds a lead invalid, with a reason (§9); a held lead is confirmed to be so by those who check them (§4).</summary>
public sealed class InvalidateLead(LeadVerb verb)
{
    /// <summary>Longest reason.</summary>
    public const int Reason = 60;

    /// <summary>Longest note.</summary>
    public const int Note = 500;

    /// <summary>The reasons that come with the product (§9).</summary>
    public static IReadOnlyList<string> Reasons { get; } =
        ["wrong_contact", "no_intention", "unreachable", "competitor", "not_target_industry", "no_budget", "test", "other"];

    /// <summary>Finds it invalid.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">One of <see cref="Reasons"/>, or the organisation's own.</param>
    /// <param name="note">A note.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Invalidate(Viewer viewer, Guid id, string? reason, string? note, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, (work, lead) => work.Held(lead) ? Permission.CheckHeldLeads : Permission.EditLeads, seen, async (work, lead) =>
        {
            if (Refusal(lead, reason, note) is { } refusal)
            {
                return refusal;
            }

            var (held, owner) = (work.Held(lead), lead.OwnerId);
            await work.End(lead, Ended.Invalid, reason!.Trim(), ct);
            (lead.Status, lead.InvalidReason, lead.TrayUserId, lead.RetryAt) = (LeadStatus.Invalid, reason!.Trim(), null, null);
            if (lead.OwnerId is null)
            {
                (lead.PoolId, lead.PlacedAt) = (work.Setting.Pools.Invalid, work.Now);
            }

            work.Changes.Happened(lead.Id, LeadEvent.Invalidated, work.Now, work.ActorId, new InvalidatedData(owner, lead.PoolId, lead.InvalidReason, note));
            await Confirm(work, viewer, lead, held, note, ct);
            if (owner is { } loser)
            {
                work.Changes.Tell(loser, NoticeKind.LeadTaken, lead.Id, work.Now, work.ActorId);
            }

            return work.Changed(lead);
        }, ct);

    // Who may confirm it has done so by saying it; a held lead is said to be invalid only by them.
    private static async Task Confirm(LeadWork work, Viewer viewer, Lead lead, bool held, string? note, CancellationToken ct)
    {
        if (held || await viewer.Leads(work.Scope.Db, Permission.CheckHeldLeads).AnyAsync(l => l.Id == lead.Id, ct))
        {
            work.Changes.Happened(lead.Id, LeadEvent.Archived, work.Now, work.ActorId, new { reason = lead.InvalidReason });
        }
        else if (work.Setting.PoolRules.ConfirmInvalid)
        {
            work.Ask(lead, LeadRequestKind.Invalidation, viewer.UserId, note ?? lead.InvalidReason!, null);
        }
    }

    private static LeadResult? Refusal(Lead lead, string? reason, string? note) =>
        string.IsNullOrWhiteSpace(reason) ? new LeadResult.Refused(LeadRefusal.ReasonRequired)
        : reason.Length > Reason ? new LeadResult.Invalid([new FieldError("reason", "too_long", $"{Reason}")])
        : note?.Length > Note ? new LeadResult.Invalid([new FieldError("note", "too_long", $"{Note}")])
        : lead.Status == LeadStatus.Converted ? new LeadResult.Refused(LeadRefusal.AlreadyConverted)
        : lead.Status is LeadStatus.Invalid or LeadStatus.Voided ? new LeadResult.Refused(LeadRefusal.Closed)
        : null;
}
