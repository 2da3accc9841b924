using System.Security.Cryptography;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.Intake;

/// <summary>A submission with what the door it came through knows about it.</summary>
public sealed record IntakeRequest
{
    /// <summary>The submission.</summary>
    public required LeadSubmission Submission { get; init; }

    /// <summary>Who records it; null for public doors.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Whether somebody typed it in by hand, which asks for more fields (§3).</summary>
    public bool ByHand { get; init; }

    /// <summary>The import it comes from, and its row.</summary>
    public ImportOrigin? Import { get; init; }

    /// <summary>Whether the importer states that there is no contact data to be had; only then is a lead without any taken in and not held.</summary>
    public bool WithoutContact { get; init; }

    /// <summary>By what it updates a lead that is there already; null lets it come in like any other.</summary>
    public LeadUpdate? Update { get; init; }

    /// <summary>What made a public door think that a program sent it, such as <c>honeypot</c>; the lead is held for a check.</summary>
    public string? Suspicion { get; init; }

    /// <summary>The visitor who sent it, as the web site knows them; what lay with them goes to the lead.</summary>
    public Guid? VisitorId { get; init; }

    /// <summary>The tracked link it came by.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>The idempotency key it came with.</summary>
    public IdempotencyKey? Idempotency { get; init; }
}

/// <summary>Where an imported row comes from.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Number">Row in the file.</param>
/// <param name="Key">Keyed hash of the row's content.</param>
public sealed record ImportOrigin(Guid ImportId, int Number, Guid Key)
{
    /// <summary>The row's key where it updates: its import's own, because a later import may update by an equal row again.</summary>
    public Guid OfUpdate
    {
        get
        {
            Span<byte> both = stackalloc byte[32], hash = stackalloc byte[32];
            ImportId.TryWriteBytes(both, true, out _);
            Key.TryWriteBytes(both[16..], true, out _);
            SHA256.HashData(both, hash);
            return new Guid(hash[..16], true);
        }
    }
}

/// <summary>Fields by which a submission finds the lead it updates (§3 Import modes).</summary>
public enum UpdateKey
{
    /// <summary>Id in the system it came from.</summary>
    ExternalId,

    /// <summary>A phone number.</summary>
    Phone,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>Unified social credit code.</summary>
    CreditCode,
}

/// <summary>How a submission updates a lead.</summary>
/// <param name="Key">By what the lead is found: of several the earliest that is not closed.</param>
/// <param name="CreatesUnknown">Whether it comes in as a new one when none is found; else it is refused as <c>not_found</c>.</param>
/// <param name="Viewer">Whose leads are reached, with the right to edit them; null reaches all.</param>
public sealed record LeadUpdate(UpdateKey Key, bool CreatesUnknown, Viewer? Viewer);

/// <summary>An idempotency key and what it was sent with (§3).</summary>
/// <param name="Key">Hash of caller and key.</param>
/// <param name="Request">Hash of the request.</param>
public sealed record IdempotencyKey(Guid Key, Guid Request);

/// <summary>What became of a submission.</summary>
public abstract record IntakeResult
{
    /// <summary>It landed; durable.</summary>
    public sealed record Landed(Landing Landing) : IntakeResult;

    /// <summary>It is refused; nothing was written.</summary>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : IntakeResult;

    /// <summary>The same row came in before with another upload.</summary>
    public sealed record Repeated(Guid LeadId) : IntakeResult;

    /// <summary>The idempotency key was used with another request.</summary>
    public sealed record KeyReused : IntakeResult;
}
