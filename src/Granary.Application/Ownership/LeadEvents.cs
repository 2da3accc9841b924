using Granary.Application.Capture;
using Granary.Application.Privacy.Audit;

namespace Granary.Application.Ownership;

/// <summary>Kinds of events of a lead, as the log keeps them.</summary>
public static class LeadEvent
{
    /// <summary>It was recorded.</summary>
    public const string Captured = "lead.captured";

    /// <summary>Somebody got it.</summary>
    public const string Assigned = "lead.assigned";

    /// <summary>A pool took it.</summary>
    public const string Pooled = "lead.pooled";

    /// <summary>It waits in a tray.</summary>
    public const string Trayed = "lead.trayed";

    /// <summary>It came in again.</summary>
    public const string Reentered = "lead.reentered";

    /// <summary>Another lead was linked to it.</summary>
    public const string LinkedFrom = "lead.linked_from";

    /// <summary>Another lead has the same company.</summary>
    public const string PossibleDuplicate = "lead.possible_duplicate";

    /// <summary>Its score changed.</summary>
    public const string Scored = "lead.scored";

    /// <summary>It was touched.</summary>
    public const string Touched = "lead.touched";

    /// <summary>What its person had done before they said who they are came to it.</summary>
    public const string Stitched = "lead.stitched";

    /// <summary>It was released from the check.</summary>
    public const string Released = "lead.released";

    /// <summary>It was found invalid.</summary>
    public const string Invalidated = "lead.invalidated";

    /// <summary>Fields were changed.</summary>
    public const string Edited = "lead.edited";

    /// <summary>It was voided.</summary>
    public const string Voided = "lead.voided";

    /// <summary>It was promoted by hand.</summary>
    public const string Promoted = "lead.promoted";

    /// <summary>It reached a stage of qualification.</summary>
    public const string Qualified = "lead.qualified";

    /// <summary>The next stage accepted the judgement.</summary>
    public const string QualificationAccepted = "lead.qualification_accepted";

    /// <summary>The next stage sent it back.</summary>
    public const string QualificationRejected = "lead.qualification_rejected";

    /// <summary>Contact data was revealed.</summary>
    public const string Revealed = "lead.contact_revealed";

    /// <summary>Somebody claimed it from a pool.</summary>
    public const string Claimed = "lead.claimed";

    /// <summary>Its owner returned it.</summary>
    public const string Returned = "lead.returned";

    /// <summary>A deadline or a flow rule took it from its owner.</summary>
    public const string Recycled = "lead.recycled";

    /// <summary>It went from one owner to another.</summary>
    public const string Transferred = "lead.transferred";

    /// <summary>A manager took it from its owner.</summary>
    public const string Withdrawn = "lead.withdrawn";

    /// <summary>It went from one pool to another.</summary>
    public const string Moved = "lead.moved";

    /// <summary>It was invalid or voided and is worked on again.</summary>
    public const string Reopened = "lead.reopened";

    /// <summary>A supervisor confirmed that it is invalid.</summary>
    public const string Archived = "lead.archived";

    /// <summary>A manager locked or unlocked it for its owner.</summary>
    public const string Locked = "lead.locked";

    /// <summary>Its protection was extended by hand.</summary>
    public const string Protected = "lead.protected";

    /// <summary>It was followed up.</summary>
    public const string FollowedUp = "lead.followed_up";

    /// <summary>The author of a follow-up corrected it.</summary>
    public const string FollowUpCorrected = "lead.follow_up_corrected";

    /// <summary>Files were added to a follow-up.</summary>
    public const string FileAttached = "lead.file_attached";

    /// <summary>A file was taken off a follow-up.</summary>
    public const string FileRemoved = "lead.file_removed";

    /// <summary>A file of a follow-up was opened.</summary>
    public const string FileOpened = "lead.file_opened";

    /// <summary>Its next step is done.</summary>
    public const string NextStepDone = "lead.next_step_done";

    /// <summary>Its owner was reminded of a deadline or a next step.</summary>
    public const string Reminded = "lead.reminded";

    /// <summary>A deadline was missed.</summary>
    public const string Violated = "lead.violated";

    /// <summary>Something was said of a violation.</summary>
    public const string ViolationNoted = "lead.violation_noted";

    /// <summary>Somebody asked for something about it.</summary>
    public const string Requested = "lead.requested";

    /// <summary>A request about it was decided.</summary>
    public const string RequestDecided = "lead.request_decided";

    /// <summary>A request about it was not decided in time.</summary>
    public const string RequestOverdue = "lead.request_overdue";

    /// <summary>Another lead was merged into it.</summary>
    public const string MergedFrom = "lead.merged_from";

    /// <summary>It was merged into another lead.</summary>
    public const string MergedInto = "lead.merged_into";

    /// <summary>A merge was undone.</summary>
    public const string Unmerged = "lead.unmerged";

    /// <summary>It became an account's, or an opportunity.</summary>
    public const string Converted = "lead.converted";

    /// <summary>Its conversion was undone, and it is where it was before.</summary>
    public const string ConversionUndone = "lead.conversion_undone";

    /// <summary>The import that had placed it was taken back, and it is where it was before.</summary>
    public const string PutBack = "lead.put_back";

    /// <summary>Somebody who does not own it looked at it.</summary>
    public const string Viewed = SeenLeads.Viewed;

    /// <summary>A reactivation run pushed it.</summary>
    public const string Reactivated = "lead.reactivated";
}

/// <summary>What the log keeps of a capture.</summary>
public sealed record CapturedData(string Channel, string Outcome, string Label, int Score, int Findings, Guid? SourceLeadId, Guid? AccountId, Guid? ImportId, Guid? LinkId = null);

/// <summary>What the log keeps of an assignment.</summary>
public sealed record AssignedData(Guid OwnerId, string How, string? Rule, Guid? From, string? Reason);

/// <summary>What the log keeps of a lead that was found invalid.</summary>
/// <param name="From">Who owned it.</param>
/// <param name="PoolId">The pool that took it; null where it stays with its owner.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">In words.</param>
public sealed record InvalidatedData(Guid? From, Guid? PoolId, string Reason, string? Note);

/// <summary>What the log keeps of a merge.</summary>
/// <param name="LeadId">The other lead.</param>
/// <param name="MergeId">The merge.</param>
/// <param name="Changes">Fields that were taken over.</param>
public sealed record MergedData(Guid LeadId, Guid MergeId, IReadOnlyList<FieldChange> Changes);

/// <summary>What the log keeps of a lead that was voided.</summary>
/// <param name="From">Who owned it.</param>
/// <param name="Reason">Why.</param>
/// <param name="ImportId">The import that was taken back.</param>
public sealed record VoidedData(Guid? From, string? Reason, Guid? ImportId = null);

/// <summary>What the log keeps of a lead that an import had placed and that is where it was before.</summary>
public sealed record PutBackData(Guid? From, Guid? PoolId, Guid? UserId, Guid ImportId);

/// <summary>What the log keeps of a lead whose conversion was undone.</summary>
/// <param name="OwnerId">Whose it is again; null where they have left.</param>
/// <param name="Status">Where it stands again.</param>
/// <param name="PoolId">The pool that took it where its owner has left.</param>
public sealed record ConversionUndoneData(Guid? OwnerId, LeadStatus Status, Guid? PoolId);

/// <summary>What the log keeps of a lead that somebody lost to a pool.</summary>
public sealed record DroppedData(Guid? From, Guid PoolId, string Pool, string? Reason);

/// <summary>What the log keeps of a lead that went from one pool to another.</summary>
public sealed record MovedData(Guid From, Guid PoolId, string Pool, string? Rule);

/// <summary>What the log keeps of contact data that somebody looked at.</summary>
/// <param name="Count">Contact points.</param>
/// <param name="PoolId">The pool the lead lay in, where nobody owned it.</param>
public sealed record RevealedData(int Count, Guid? PoolId, string? Reason = null);

/// <summary>What the log keeps of a pool taking a lead.</summary>
public sealed record PooledData(Guid PoolId, string Pool, string? Rule, string? Reason);

/// <summary>What the log keeps of a field that changed; values of contact data are never kept.</summary>
public sealed record FieldChange(string Field, string? Before, string? After);

/// <summary>What the log keeps of a re-entry or an edit.</summary>
/// <param name="Changes">The fields that changed.</param>
/// <param name="Channel">Channel of a re-entry.</param>
/// <param name="SubmissionId">The submission that was kept.</param>
/// <param name="ImportId">The import that did it.</param>
/// <param name="Undo">What reverting that import needs.</param>
/// <param name="Counted">Whether it counted as a follow-up of the owner.</param>
/// <param name="LinkId">The tracked link by which a re-entry came.</param>
public sealed record EditedData(
    IReadOnlyList<FieldChange> Changes, string? Channel = null, Guid? SubmissionId = null, Guid? ImportId = null, LeadUndo? Undo = null, bool? Counted = null, Guid? LinkId = null);
