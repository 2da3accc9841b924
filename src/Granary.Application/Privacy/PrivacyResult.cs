using Granary.Domain.Policies;

namespace Granary.Application.Privacy;

/// <summary>What became of something that was asked of privacy.</summary>
/// <typeparam name="T">What there is when it is done.</typeparam>
public abstract record PrivacyResult<T>
{
    /// <summary>It is done.</summary>
    public sealed record Done(T Value) : PrivacyResult<T>;

    /// <summary>There is no such thing for this viewer.</summary>
    public sealed record NotFound : PrivacyResult<T>;

    /// <summary>They see it, but may not do this.</summary>
    public sealed record Forbidden : PrivacyResult<T>;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Current">The version it has now.</param>
    public sealed record Stale(int Current) : PrivacyResult<T>;

    /// <summary>As things stand it cannot be done.</summary>
    /// <param name="Code">A code of <see cref="PrivacyRefusal"/>.</param>
    public sealed record Refused(string Code) : PrivacyResult<T>;

    /// <summary>Fields are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : PrivacyResult<T>;
}

/// <summary>Why something cannot be done; stable codes of the API.</summary>
public static class PrivacyRefusal
{
    /// <summary>The person does not want it.</summary>
    public const string ConsentWithdrawn = "consent_withdrawn";

    /// <summary>The person wants their data kept and not used.</summary>
    public const string Restricted = "processing_restricted";

    /// <summary>Nobody restricted its use.</summary>
    public const string NotRestricted = "not_restricted";

    /// <summary>There is no person any more.</summary>
    public const string Anonymised = "anonymised";

    /// <summary>It must be kept.</summary>
    public const string LegalHold = "legal_hold";

    /// <summary>It was decided already.</summary>
    public const string Decided = "request_decided";

    /// <summary>Whoever asks was not identified.</summary>
    public const string IdentityUnchecked = "identity_unchecked";

    /// <summary>Nothing is kept about the person.</summary>
    public const string NothingKept = "nothing_kept";

    /// <summary>Why nobody may work on a lead; null when they may.</summary>
    public static string? Of(Capture.Lead lead) =>
        lead.AnonymisedAt is not null ? Anonymised
        : lead.Privacy.HasFlag(Capture.LeadPrivacy.ConsentWithdrawn) ? ConsentWithdrawn
        : lead.Privacy.HasFlag(Capture.LeadPrivacy.Restricted) ? Restricted
        : null;
}
