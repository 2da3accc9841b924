using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>What became of a verb on a lead.</summary>
public abstract record LeadResult
{
    /// <summary>It is done; the lead as it stands now.</summary>
    public sealed record Done(Lead Lead) : LeadResult;

    /// <summary>There is no such lead for this viewer.</summary>
    public sealed record NotFound : LeadResult;

    /// <summary>They see the lead, but the verb does not reach it.</summary>
    public sealed record Forbidden : LeadResult;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Current">The version it has now.</param>
    public sealed record Stale(int Current) : LeadResult;

    /// <summary>As the lead stands, it cannot be done.</summary>
    /// <param name="Code">A code of <see cref="LeadRefusal"/>.</param>
    public sealed record Refused(string Code) : LeadResult
    {
        /// <summary>From when on it can be done; null where no time is known.</summary>
        public DateTimeOffset? Until { get; init; }

        /// <summary>The lead to do it with instead; null where there is none.</summary>
        public Guid? Instead { get; init; }
    }

    /// <summary>Fields of the request are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : LeadResult;
}

/// <summary>Why a verb cannot be done; stable codes of the API.</summary>
public static class LeadRefusal
{
    /// <summary>It was merged into another lead.</summary>
    public const string Merged = "lead_merged";

    /// <summary>They own it already.</summary>
    public const string AlreadyOwned = "already_owned";

    /// <summary>The user holds as many leads as they may.</summary>
    public const string HoldingCapReached = "holding_cap_reached";

    /// <summary>The user is away or has left.</summary>
    public const string InactiveUser = "inactive_user";

    /// <summary>It was converted.</summary>
    public const string AlreadyConverted = "already_converted";

    /// <summary>It was found invalid or voided.</summary>
    public const string Closed = "lead_closed";

    /// <summary>The person does not want to be contacted.</summary>
    public const string ConsentWithdrawn = PrivacyRefusal.ConsentWithdrawn;

    /// <summary>It is held for a check.</summary>
    public const string Held = "lead_held";

    /// <summary>It is not held.</summary>
    public const string NotHeld = "not_held";

    /// <summary>A reason must be given.</summary>
    public const string ReasonRequired = "reason_required";

    /// <summary>Nobody owns it.</summary>
    public const string NotOwned = "not_owned";

    /// <summary>Only its owner can do it.</summary>
    public const string NotOwner = "not_owner";

    /// <summary>They are not a member of the pool.</summary>
    public const string NotAMember = "not_a_member";

    /// <summary>It lies in no pool.</summary>
    public const string NotInPool = "not_in_pool";

    /// <summary>Nobody holds it from this pool.</summary>
    public const string NotHeldFromPool = "not_held_from_pool";

    /// <summary>Nothing is claimed from this pool.</summary>
    public const string NotClaimable = "not_claimable";

    /// <summary>They have claimed as many as they may today.</summary>
    public const string ClaimCapReached = "claim_cap_reached";

    /// <summary>They have looked at as many as they may today.</summary>
    public const string ViewCapReached = "view_cap_reached";

    /// <summary>They have looked at the contact data of as many records as they may today.</summary>
    public const string RevealQuotaReached = "reveal_quota_reached";

    /// <summary>The rules find nobody who can get it now.</summary>
    public const string NobodyEligible = "nobody_eligible";

    /// <summary>They lost or returned it too short a time ago.</summary>
    public const string CoolingDown = "cooling_down";

    /// <summary>The text is too short to be of use.</summary>
    public const string TooShort = "too_short";

    /// <summary>The time lies in the future.</summary>
    public const string InTheFuture = "in_the_future";

    /// <summary>The time lies before the lead was received.</summary>
    public const string BeforeTheLead = "before_the_lead";

    /// <summary>Only who wrote it can change it.</summary>
    public const string NotAuthor = "not_author";

    /// <summary>The time in which it could be corrected is over.</summary>
    public const string CorrectionClosed = "correction_closed";

    /// <summary>It is neither invalid nor voided.</summary>
    public const string NotClosed = "not_closed";

    /// <summary>The same is asked already.</summary>
    public const string RequestOpen = "request_open";

    /// <summary>It was decided already.</summary>
    public const string RequestDecided = "request_decided";

    /// <summary>It has reached the stage, or is beyond.</summary>
    public const string AlreadyQualified = "already_qualified";

    /// <summary>What is asked for is not all there.</summary>
    public const string CriteriaNotMet = "criteria_not_met";

    /// <summary>Nothing waits for a judgement.</summary>
    public const string NothingToJudge = "nothing_to_judge";

    /// <summary>Nobody accepts or rejects what they judged themselves.</summary>
    public const string OwnJudgement = "own_judgement";
}
