using Granary.Application.Scoring;
using Granary.Domain.Capture;

namespace Granary.Application.Ownership;

/// <summary>What the log says of a touch.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="At">When it happened.</param>
/// <param name="Detail">What it was about.</param>
/// <param name="ChannelId">Channel.</param>
/// <param name="Campaign">Campaign.</param>
/// <param name="LinkId">Tracked link.</param>
internal sealed record TouchedData(TouchKind Kind, DateTimeOffset At, string? Detail, Guid? ChannelId, string? Campaign, Guid? LinkId)
{
    public static TouchedData Of(Touch touch) => new(touch.Kind, touch.At, touch.Detail, touch.ChannelId, touch.Campaign, touch.LinkId);
}
