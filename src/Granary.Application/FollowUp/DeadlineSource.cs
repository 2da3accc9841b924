using Granary.Application.People;

namespace Granary.Application.FollowUp;

/// <summary>A deadline of a lead that others than its owner have to meet.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Company">Its company, where the viewer may see it.</param>
/// <param name="At">By when; it may have passed.</param>
/// <param name="Rule">What sets it.</param>
public sealed record OtherDeadline(Guid LeadId, string? Company, DateTimeOffset At, string Rule);

/// <summary>Deadlines that a later room keeps of leads.</summary>
public abstract class DeadlineSource
{
    /// <summary>Those within somebody's reach, the earliest first and by lead; one more than asked for where there are more.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="before">Only those before this instant.</param>
    /// <param name="after">Only those behind this place.</param>
    /// <param name="including">Whether the one at that place itself is wanted.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public abstract Task<IReadOnlyList<OtherDeadline>> Read(Viewer viewer, DateTimeOffset? before, (DateTimeOffset At, Guid Lead)? after, bool including, int take, CancellationToken ct);
}
