using Granary.Application.Capture;
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
    public sealed record Refused(string Code) : LeadResult;

    /// <summary>Fields of the request are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : LeadResult;
}

/// <summary>Why a verb cannot be done; stable codes of the API.</summary>
public static class LeadRefusal
{
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

    /// <summary>It is held for a check.</summary>
    public const string Held = "lead_held";

    /// <summary>It is not held.</summary>
    public const string NotHeld = "not_held";

    /// <summary>A reason must be given.</summary>
    public const string ReasonRequired = "reason_required";
}
