using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;

namespace Granary.Application.Desk;

/// <summary>A lead as a list shows it: the columns of its row and nothing else.</summary>
public sealed record ListedLead
{
    /// <summary>The lead.</summary>
    public required Guid Id { get; init; }

    /// <summary>Company as typed.</summary>
    public string? Company { get; init; }

    /// <summary>Contact's name.</summary>
    public string? Contact { get; init; }

    /// <summary>Contact's title.</summary>
    public string? Title { get; init; }

    /// <summary>First phone, masked.</summary>
    public string? Phone { get; init; }

    /// <summary>Status.</summary>
    public LeadStatus Status { get; init; }

    /// <summary>Owner.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>Pool.</summary>
    public Guid? PoolId { get; init; }

    /// <summary>Whose tray it waits in.</summary>
    public Guid? TrayUserId { get; init; }

    /// <summary>Who entered it by hand.</summary>
    public Guid? RecorderId { get; init; }

    /// <summary>Channel.</summary>
    public Guid ChannelId { get; init; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>Industry.</summary>
    public string? Industry { get; init; }

    /// <summary>Region, short form.</summary>
    public string? Region { get; init; }

    /// <summary>Total score.</summary>
    public int Score { get; init; }

    /// <summary>Priority 1–3; 0 while not scored.</summary>
    public int Priority { get; init; }

    /// <summary>Cell of the matrix.</summary>
    public string? Cell { get; init; }

    /// <summary>Findings.</summary>
    public int Findings { get; init; }

    /// <summary>Custom field values as JSON.</summary>
    public string? Custom { get; init; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The row without what a pool does not show before a lead is claimed, see <see cref="PoolVeil"/>.</summary>
    internal ListedLead Veiled(Viewer viewer, Setting setting)
    {
        if (OwnerId is not null || TrayUserId == viewer.UserId || RecorderId == viewer.UserId || viewer.Visible(setting, PoolId) is not { } fields)
        {
            return this;
        }

        bool Shows(string field) => fields.Contains(field);
        var row = Shows("channel") ? this : this with { ChannelId = Guid.Empty, Campaign = null };
        row = Shows("score") ? row : row with { Score = 0, Priority = 0, Cell = null };
        return row with
        {
            Company = Shows("company") ? Company : null,
            Contact = Shows("contact") ? Contact : PoolVeil.MaskedName(Contact),
            Title = Shows("title") ? Title : null,
            Phone = Shows("contacts") ? Phone : null,
            Region = Shows("region") ? Region : null,
            Industry = Shows("industry") ? Industry : null,
            Custom = Shows("requirement") ? Custom : null,
        };
    }

    internal static IQueryable<ListedLead> Of(IQueryable<Lead> leads) => leads.Select(l => new ListedLead
    {
        Id = l.Id,
        Company = l.CompanyName,
        Contact = l.ContactName,
        Title = l.Title,
        Status = l.Status,
        OwnerId = l.OwnerId,
        PoolId = l.PoolId,
        TrayUserId = l.TrayUserId,
        RecorderId = l.RecorderId,
        ChannelId = l.ChannelId,
        Campaign = l.Campaign,
        Industry = l.Industry,
        Region = l.Region,
        Score = l.Score,
        Priority = l.Priority,
        Cell = l.Cell,
        Findings = l.Findings,
        Custom = l.Custom,
        ReceivedAt = l.ReceivedAt,
        ChangedAt = l.ChangedAt,
    });
}
