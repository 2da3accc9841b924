namespace Granary.Domain.Capture;

/// <summary>
/// To whom touches of a visitor belong. A visitor is a browser, and more than one person can use it: what happened before one of
/// them signed off, or before another one said who they are, never reaches the other (§18).
/// </summary>
/// <param name="LeadId">The lead whose person uses the browser; null while nobody has said who they are.</param>
/// <param name="Since">When the present person began, so far as is known; touches up to then belong to nobody who comes later.</param>
public readonly record struct VisitorEpoch(Guid? LeadId, DateTimeOffset Since)
{
    /// <summary>A visitor of whom nothing is known.</summary>
    public static VisitorEpoch Unknown { get; } = new(null, DateTimeOffset.UnixEpoch);

    /// <summary>Whether a touch happened within the epoch; what came with it, or before, did not.</summary>
    public bool Holds(DateTimeOffset at) => at > Since;

    /// <summary>The lead that a touch belongs to at once; null where it waits with the visitor, or belongs to nobody.</summary>
    public Guid? LeadOf(DateTimeOffset at) => Holds(at) ? LeadId : null;

    /// <summary>After somebody has said who they are.</summary>
    /// <param name="lead">Their lead.</param>
    /// <param name="isSame">Whether they are who was known before: the same lead, or one with a contact point in common.</param>
    /// <param name="now">When.</param>
    public VisitorEpoch Submitted(Guid lead, bool isSame, DateTimeOffset now) => LeadId is null || isSame ? this with { LeadId = lead } : new VisitorEpoch(lead, now);

    /// <summary>After somebody has signed off.</summary>
    public static VisitorEpoch SignedOff(DateTimeOffset now) => new(null, now);
}
