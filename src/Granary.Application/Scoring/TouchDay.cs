using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Scoring;

/// <summary>How many touches of leads happened on a day by a channel and a campaign; written with the touches, see <see cref="TouchDays"/>.</summary>
public sealed class TouchDay
{
    /// <summary>Day in organisation time.</summary>
    public DateOnly Day { get; set; }

    /// <summary>Channel; <see cref="Guid.Empty"/> for touches that name none.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Campaign; empty for touches that name none.</summary>
    public required string Campaign { get; set; }

    /// <summary>Kind.</summary>
    public TouchKind Kind { get; set; }

    /// <summary>How many, as <see cref="Touch.Count"/> says.</summary>
    public long Count { get; set; }
}

internal sealed class TouchDayTable : IEntityTypeConfiguration<TouchDay>
{
    public void Configure(EntityTypeBuilder<TouchDay> table)
    {
        table.ToTable("TouchDay");
        table.HasKey(t => new { t.Day, t.ChannelId, t.Campaign, t.Kind });
        table.Property(t => t.Campaign).HasMaxLength(FieldLimits.Source);
        table.HasIndex(t => new { t.ChannelId, t.Day }, "ix_touch_day_channel");
    }
}

/// <summary>
/// Keeps <see cref="TouchDay"/>. Whoever writes touches adds them here in the same transaction, as the last thing: these rows are
/// shared by everybody, and are locked in one order.
/// </summary>
public static class TouchDays
{
    private const string Clash = " ON CONFLICT (day, channel_id, campaign, kind) DO UPDATE SET count = touch_day.count + excluded.count";

    /// <summary>Counts touches that were written.</summary>
    internal static Task Add(WriteScope scope, IReadOnlyCollection<Touch> touches, WorkingCalendar calendar, CancellationToken ct) =>
        touches.Count == 0 ? Task.CompletedTask : Write(scope, Sum(touches, calendar), ct);

    /// <summary>Counts touches no more that are taken back.</summary>
    internal static Task Take(WriteScope scope, IReadOnlyCollection<Touch> touches, WorkingCalendar calendar, CancellationToken ct)
    {
        if (touches.Count == 0)
        {
            return Task.CompletedTask;
        }

        var days = Sum(touches, calendar);
        days.ForEach(d => d.Count = -d.Count);
        return Write(scope, days, ct);
    }

    /// <summary>Touches by day, channel, campaign and kind, in the order in which rows are locked.</summary>
    public static List<TouchDay> Sum(IEnumerable<Touch> touches, WorkingCalendar calendar) =>
    [
        .. touches.GroupBy(t => (Day: calendar.DateOf(t.At), Channel: t.ChannelId ?? Guid.Empty, Campaign: t.Campaign ?? "", t.Kind))
            .Select(g => new TouchDay { Day = g.Key.Day, ChannelId = g.Key.Channel, Campaign = g.Key.Campaign, Kind = g.Key.Kind, Count = g.Sum(t => (long)t.Count) })
            .OrderBy(d => d.Day).ThenBy(d => d.ChannelId, IdOrder.Instance).ThenBy(d => d.Campaign, StringComparer.Ordinal).ThenBy(d => d.Kind),
    ];

    private static async Task Write(WriteScope scope, List<TouchDay> days, CancellationToken ct)
    {
        if (!scope.Store.IsSqlite)
        {
            await using var batch = scope.Batch();
            batch.BatchCommands.Add(scope.Store.Shapes.Get<TouchDay>(scope.Db).Postgres(days, Clash));
            await batch.ExecuteNonQueryAsync(ct);
            return;
        }

        await using var command = scope.Sqlite($"INSERT INTO touch_day (day, channel_id, campaign, kind, count) VALUES ($day, $channel, $campaign, $kind, $count){Clash}");
        var (day, channel, campaign, kind, count) = (command.CreateParameter(), command.CreateParameter(), command.CreateParameter(), command.CreateParameter(), command.CreateParameter());
        (day.ParameterName, channel.ParameterName, campaign.ParameterName, kind.ParameterName, count.ParameterName) = ("$day", "$channel", "$campaign", "$kind", "$count");
        command.Parameters.AddRange([day, channel, campaign, kind, count]);
        foreach (var row in days)
        {
            day.Value = row.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            (channel.Value, campaign.Value, kind.Value, count.Value) = (row.ChannelId.ToByteArray(true), row.Campaign, (int)row.Kind, row.Count);
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
