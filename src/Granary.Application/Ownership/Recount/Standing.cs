using Granary.Application.Capture;

namespace Granary.Application.Ownership.Recount;

/// <summary>Where a lead stands, and who owned it when: what a recount tells from the log, and what the tables say.</summary>
public sealed record Standing
{
    /// <summary>A lead of which nothing is known yet.</summary>
    public static Standing Unknown { get; } = new();

    /// <summary>Status.</summary>
    public LeadStatus Status { get; init; }

    /// <summary>Owner.</summary>
    public Guid? OwnerId { get; init; }

    /// <summary>The pool it lies in.</summary>
    public Guid? PoolId { get; init; }

    /// <summary>Whose tray it waits in.</summary>
    public Guid? TrayUserId { get; init; }

    /// <summary>Why it is invalid.</summary>
    public string? InvalidReason { get; init; }

    /// <summary>Its ownerships, the earliest first.</summary>
    public IReadOnlyList<Period> Periods { get; init; } = [];

    /// <summary>Whether nothing more is expected of anybody.</summary>
    public bool Closed => Status is LeadStatus.Converted or LeadStatus.Invalid or LeadStatus.Voided;

    /// <summary>Whether neither somebody has it nor a pool nor a tray, and it is not closed either: nobody would find it again.</summary>
    public bool Nowhere => !Closed && (OwnerId, PoolId, TrayUserId) == default;

    /// <summary>What a lead and its ownership records say.</summary>
    public static Standing Of(Lead lead, IEnumerable<OwnershipRecord> ownerships) => new()
    {
        Status = lead.Status,
        OwnerId = lead.OwnerId,
        PoolId = lead.PoolId,
        TrayUserId = lead.TrayUserId,
        InvalidReason = lead.InvalidReason,
        Periods = [.. ownerships.Select(o => new Period(o.OwnerId, o.Acquired, o.From, o.FromPoolId, o.FollowUps, o.Ended, o.To)).InOrder()],
    };

    /// <summary>What differs between the log and the tables, in words for whoever looks into it.</summary>
    public static IEnumerable<string> Differences(Standing log, Standing tables)
    {
        (string Name, object? Log, object? Tables)[] fields =
        [
            ("status", log.Status, tables.Status), ("owner", log.OwnerId, tables.OwnerId), ("pool", log.PoolId, tables.PoolId),
            ("tray", log.TrayUserId, tables.TrayUserId), ("invalid_reason", log.InvalidReason, tables.InvalidReason),
            ("ownerships", log.Periods.Count, tables.Periods.Count),
        ];
        return fields.Concat(log.Periods.InOrder().Zip(tables.Periods, (l, t) => ("ownership", (object?)l, (object?)t)))
            .Where(f => !Equals(f.Item2, f.Item3)).Select(f => $"{f.Item1}: log {f.Item2 ?? "-"}, tables {f.Item3 ?? "-"}");
    }
}

/// <summary>A period in which somebody owned a lead.</summary>
public sealed record Period(Guid OwnerId, Acquired Acquired, DateTimeOffset From, Guid? FromPoolId, int FollowUps = 0, Ended? Ended = null, DateTimeOffset? To = null);

internal static class Periods
{
    /// <summary>By time; what began and ended within one millisecond comes before what went on.</summary>
    public static IEnumerable<Period> InOrder(this IEnumerable<Period> periods) =>
        periods.OrderBy(p => p.From).ThenBy(p => p.To ?? DateTimeOffset.MaxValue).ThenBy(p => p.OwnerId).ThenBy(p => p.Acquired).ThenBy(p => p.Ended).ThenBy(p => p.FollowUps);
}
