using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Intake.Collect;

/// <summary>A touch that a page, a link or a mail reports.</summary>
public sealed record Collected
{
    /// <summary>What happened.</summary>
    public required TouchKind Kind { get; init; }

    /// <summary>When, by our clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The visitor; null where the lead is known.</summary>
    public Guid? VisitorId { get; init; }

    /// <summary>The lead, where a signed token names it; it is recorded once for each <see cref="Detail"/>.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>What it was about, such as a page, up to 200 characters.</summary>
    public string? Detail { get; init; }

    /// <summary>Channel.</summary>
    public Guid? ChannelId { get; init; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece.</summary>
    public string? Content { get; init; }

    /// <summary>The tracked link it came by.</summary>
    public Guid? LinkId { get; init; }

    internal Touch Of(Guid lead, DateTimeOffset now) => new()
    {
        Id = Clock.NewId(now),
        LeadId = lead,
        Kind = Kind,
        At = At,
        Detail = Detail,
        ChannelId = ChannelId,
        Campaign = Campaign,
        Keyword = Keyword,
        Content = Content,
        LinkId = LinkId,
        VisitorId = VisitorId,
    };

    internal VisitorTouch Waiting(DateTimeOffset now) => new()
    {
        VisitorId = VisitorId!.Value,
        Id = Clock.NewId(now),
        Kind = Kind,
        At = At,
        Detail = Detail,
        ChannelId = ChannelId,
        Campaign = Campaign,
        Keyword = Keyword,
        Content = Content,
        LinkId = LinkId,
    };

    internal static Touch Of(VisitorTouch touch, Guid lead) => new()
    {
        Id = touch.Id,
        LeadId = lead,
        Kind = touch.Kind,
        At = touch.At,
        Detail = touch.Detail,
        ChannelId = touch.ChannelId,
        Campaign = touch.Campaign,
        Keyword = touch.Keyword,
        Content = touch.Content,
        LinkId = touch.LinkId,
        VisitorId = touch.VisitorId,
    };
}

/// <summary>What comes at once from one visitor: touches, a click on a link, or that they signed off.</summary>
/// <param name="Touches">Touches, in their order.</param>
/// <param name="Click">A click on a link that is counted.</param>
/// <param name="SignedOff">The visitor who signed off before the touches.</param>
public sealed record Report(IReadOnlyList<Collected> Touches, LinkClick? Click = null, Guid? SignedOff = null);

/// <summary>A click on a link.</summary>
/// <param name="LinkId">The link.</param>
/// <param name="VisitorId">The visitor, where they agreed to be known.</param>
public sealed record LinkClick(Guid LinkId, Guid? VisitorId);
