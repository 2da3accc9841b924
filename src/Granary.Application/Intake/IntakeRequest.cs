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

    /// <summary>The idempotency key it came with.</summary>
    public IdempotencyKey? Idempotency { get; init; }
}

/// <summary>Where an imported row comes from.</summary>
/// <param name="ImportId">The import.</param>
/// <param name="Number">Row in the file.</param>
/// <param name="Key">Hash of the row's content.</param>
public sealed record ImportOrigin(Guid ImportId, int Number, Guid Key);

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
