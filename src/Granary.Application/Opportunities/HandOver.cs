using Granary.Application.People;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>What is handed to delivery.</summary>
/// <param name="ReceiverId">Who takes it over; somebody active.</param>
/// <param name="Customer">Data of the customer.</param>
/// <param name="Needs">What they need.</param>
/// <param name="Terms">What was agreed.</param>
public sealed record HandoverInput(Guid ReceiverId, string? Customer, string? Needs, string? Terms);

/// <summary>Hands what was won to delivery (§13), who accepts it or sends it back; it is due from then on.</summary>
public sealed class HandOver(OpportunityVerb verb)
{
    private const int Longest = 4_000;

    /// <summary>Hands it over.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity; won.</param>
    /// <param name="input">What is handed over.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Give(Viewer viewer, Guid id, HandoverInput input, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, null, async (work, o) =>
        {
            List<FieldError> errors = [.. Text(input.Customer, "customer"), .. Text(input.Needs, "needs"), .. Text(input.Terms, "terms")];
            if (!work.Setting.People.ContainsKey(input.ReceiverId))
            {
                errors.Add(new FieldError("receiver", "unknown_value"));
            }

            if (errors.Count > 0)
            {
                return new OpportunityResult.Invalid(errors);
            }

            if (!work.Setting.CanOwn(input.ReceiverId))
            {
                return new OpportunityResult.Refused(OpportunityRefusal.InactiveUser);
            }

            if (o.Inquiry != InquiryGrade.S)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.NotWon);
            }

            var row = await work.Db.Set<OpportunityHandover>().SingleOrDefaultAsync(h => h.OpportunityId == id, ct);
            if (row?.State == HandoverState.Accepted)
            {
                return new OpportunityResult.Refused(OpportunityRefusal.AlreadyAccepted);
            }

            if (row is null)
            {
                row = new OpportunityHandover { OpportunityId = id, Customer = "", Needs = "", Terms = "" };
                work.Db.Add(row);
            }

            (row.ReceiverId, row.Customer, row.Needs, row.Terms) = (input.ReceiverId, input.Customer!.Trim(), input.Needs!.Trim(), input.Terms!.Trim());
            (row.State, row.ActorId, row.At, row.JudgedAt, row.Comment) = (HandoverState.Waiting, viewer.UserId, work.Now, null, null);
            var late = work.Now > o.HandoverDueAt;
            (o.ReceiverId, o.HandoverDueAt) = (input.ReceiverId, null);
            work.Happened(o, OpportunityEvent.HandedOver, new { receiverId = input.ReceiverId, late });
            work.Tell(input.ReceiverId, NoticeKind.OpportunityHandedOver, o);
            return work.Changed(o);
        }, ct);

    /// <summary>The receiver takes it over.</summary>
    /// <param name="viewer">Who; the receiver.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Accept(Viewer viewer, Guid id, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, null, (work, o) => Judge(work, o, HandoverState.Accepted, null, ct), ct);

    /// <summary>The receiver sends it back; it is due anew.</summary>
    /// <param name="viewer">Who; the receiver.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Return(Viewer viewer, Guid id, string? reason, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewOpportunities, null, async (work, o) =>
            OpportunityReason.Missing(reason) ?? await Judge(work, o, HandoverState.Returned, reason!.Trim(), ct), ct);

    private static async Task<OpportunityResult> Judge(OpportunityWork work, Opportunity o, HandoverState state, string? reason, CancellationToken ct)
    {
        if (o.ReceiverId != work.Viewer.UserId)
        {
            return new OpportunityResult.Forbidden();
        }

        if (await work.Db.Set<OpportunityHandover>().SingleOrDefaultAsync(h => h.OpportunityId == o.Id, ct) is not { State: HandoverState.Waiting } row)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.NothingToDecide);
        }

        (row.State, row.JudgedAt, row.Comment) = (state, work.Now, reason);
        o.HandoverDueAt = state == HandoverState.Returned ? work.Policy.Handover.DueAt(work.Now, work.Setting.Calendar) : null;
        work.Happened(o, state == HandoverState.Accepted ? OpportunityEvent.HandoverAccepted : OpportunityEvent.HandoverReturned, new { reason });
        work.Tell(o.OwnerId, NoticeKind.OpportunityDecided, o);
        return work.Changed(o);
    }

    private static IEnumerable<FieldError> Text(string? text, string field) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldError(field, "required")] : text.Length > Longest ? [new FieldError(field, "too_long", $"{Longest}")] : [];
}
