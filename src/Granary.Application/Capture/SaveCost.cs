using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>What became of a change to a channel's costs.</summary>
public abstract record CostResult
{
    /// <summary>It was done.</summary>
    /// <param name="Cost">The row; as it was, where it was taken away.</param>
    public sealed record Done(ChannelCost Cost) : CostResult;

    /// <summary>It is refused; nothing was written.</summary>
    /// <param name="Errors">The fields and why.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : CostResult;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Cost">The row as it stands.</param>
    public sealed record Stale(ChannelCost Cost) : CostResult;

    /// <summary>There is no such channel or row.</summary>
    public sealed record Missing : CostResult;
}

/// <summary>Records, corrects and takes away what channels cost (§15.2). One row for each channel, day, campaign, keyword and content.</summary>
public sealed class SaveCost(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Kind of event: a cost was recorded.</summary>
    public const string Recorded = "channel.cost_recorded";

    /// <summary>Kind of event: a cost was corrected.</summary>
    public const string Corrected = "channel.cost_corrected";

    /// <summary>Kind of event: a cost was taken away.</summary>
    public const string Removed = "channel.cost_removed";

    /// <summary>Records a cost.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="entry">What it cost.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<CostResult> Create(Guid actor, Guid channel, CostEntry entry, CancellationToken ct = default) => Write(actor, channel, null, _ => entry, null, ct);

    /// <summary>Corrects a cost.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="id">The row.</param>
    /// <param name="entry">What it is now, from what it was.</param>
    /// <param name="seen">The version the caller has seen; null when they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<CostResult> Change(Guid actor, Guid channel, Guid id, Func<CostEntry, CostEntry> entry, int? seen, CancellationToken ct = default) => Write(actor, channel, id, entry, seen, ct);

    /// <summary>Takes a cost away.</summary>
    public Task<CostResult> Remove(Guid actor, Guid channel, Guid id, int? seen, CancellationToken ct = default) => store.Write<CostResult>(
        async scope =>
        {
            if (await scope.Db.Set<ChannelCost>().SingleOrDefaultAsync(c => c.Id == id && c.ChannelId == channel, ct) is not { } cost)
            {
                return new CostResult.Missing();
            }

            if (seen is { } version && version != cost.Version)
            {
                return new CostResult.Stale(cost);
            }

            scope.Db.Remove(cost);
            scope.Db.Add(time.Event(actor, channel, Removed, CostData.Of(cost)));
            await scope.Db.SaveChangesAsync(ct);
            return new CostResult.Done(cost);
        },
        ct);

    private async Task<CostResult> Write(Guid actor, Guid channel, Guid? id, Func<CostEntry, CostEntry> change, int? seen, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        if (setting.Channels.Path(channel).Length == 0)
        {
            return new CostResult.Missing();
        }

        return await store.Write<CostResult>(
            async scope =>
            {
                var db = scope.Db;
                var cost = id is null ? new ChannelCost { Id = time.NewId(), ChannelId = channel, Version = 0 } : await db.Set<ChannelCost>().SingleOrDefaultAsync(c => c.Id == id && c.ChannelId == channel, ct);
                if (cost is null)
                {
                    return new CostResult.Missing();
                }

                if (seen is { } version && version != cost.Version)
                {
                    return new CostResult.Stale(cost);
                }

                var before = id is null ? null : CostData.Of(cost);
                var entry = change(Entry(cost)).Trimmed();
                if (entry.Validate(setting.Calendar.DateOf(time.Now)) is { Count: > 0 } errors)
                {
                    return new CostResult.Refused(errors);
                }

                Take(cost, entry, actor, time.Now);
                if (await db.Set<ChannelCost>().AnyAsync(
                    c => c.Id != cost.Id && c.ChannelId == channel && c.Day == cost.Day && c.Campaign == cost.Campaign && c.Keyword == cost.Keyword && c.Content == cost.Content, ct))
                {
                    return new CostResult.Refused([new FieldError("day", "duplicate")]);
                }

                if (id is null)
                {
                    db.Add(cost);
                }

                var after = CostData.Of(cost);
                db.Add(before is null ? time.Event(actor, channel, Recorded, after) : time.Event(actor, channel, Corrected, new { before, after }));
                await db.SaveChangesAsync(ct);
                return new CostResult.Done(cost);
            },
            ct);
    }

    /// <summary>A row as it is entered.</summary>
    internal static CostEntry Entry(ChannelCost cost) => new()
    {
        Day = cost.Day == default ? null : cost.Day,
        Campaign = Some(cost.Campaign),
        Keyword = Some(cost.Keyword),
        Content = Some(cost.Content),
        Amount = cost.Amount,
        Impressions = cost.Impressions,
        Clicks = cost.Clicks,
        Note = cost.Note,
    };

    /// <summary>Takes a checked entry over into a row.</summary>
    internal static void Take(ChannelCost cost, CostEntry entry, Guid actor, DateTimeOffset now)
    {
        (cost.Day, cost.Campaign, cost.Keyword, cost.Content) = (entry.Day!.Value, entry.Campaign ?? "", entry.Keyword ?? "", entry.Content ?? "");
        (cost.Amount, cost.Impressions, cost.Clicks, cost.Note) = (entry.Amount!.Value, entry.Impressions, entry.Clicks, entry.Note);
        (cost.AuthorId, cost.RecordedAt) = (actor, now);
        cost.Version++;
    }

    private static string? Some(string text) => text.Length == 0 ? null : text;
}

/// <summary>What the log says of a cost.</summary>
internal sealed record CostData(Guid Id, DateOnly Day, string Campaign, string Keyword, string Content, decimal Amount, long? Impressions, long? Clicks, string? Note)
{
    public static CostData Of(ChannelCost c) => new(c.Id, c.Day, c.Campaign, c.Keyword, c.Content, c.Amount, c.Impressions, c.Clicks, c.Note);
}
