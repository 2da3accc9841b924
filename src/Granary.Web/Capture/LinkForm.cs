using Granary.Application.Capture;
using Granary.Domain.Capture;

namespace Granary.Web.Capture;

/// <summary>A tracked link as its form posts it.</summary>
public sealed class LinkForm
{
    public string? Name { get; set; }

    public string? Target { get; set; }

    public string? Source { get; set; }

    public string? Medium { get; set; }

    public string? UtmCampaign { get; set; }

    public string? Term { get; set; }

    public string? UtmContent { get; set; }

    public string? Channel { get; set; }

    public string? Campaign { get; set; }

    public string? Content { get; set; }

    /// <summary>For whom: an employee's id, <c>nobody</c>, or <c>department</c>.</summary>
    public string? For { get; set; }

    public string? Department { get; set; }

    /// <summary>Whether only the whole address is shown.</summary>
    public string? Preview { get; set; }

    /// <summary>The form of a link.</summary>
    public static LinkForm Of(TrackedLink link) => new()
    {
        Name = link.Name,
        Target = link.Target,
        Source = link.UtmSource,
        Medium = link.UtmMedium,
        UtmCampaign = link.UtmCampaign,
        Term = link.UtmTerm,
        UtmContent = link.UtmContent,
        Channel = link.ChannelId?.ToString(),
        Campaign = link.Campaign,
        Content = link.Content,
        For = link.UserId?.ToString(),
    };

    /// <summary>What it says.</summary>
    public LinkInput Input => new()
    {
        Name = Name,
        Target = Target,
        Utm = new UtmTags(Source, Medium, UtmCampaign, Term, UtmContent),
        ChannelId = Guid.TryParse(Channel, out var channel) ? channel : null,
        Campaign = Campaign,
        Content = Content,
        UserId = Guid.TryParse(For, out var user) ? user : null,
    };
}
