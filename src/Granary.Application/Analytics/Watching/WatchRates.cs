using Granary.Application.Analytics.Facts;
using Granary.Application.Analytics.Reports;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Watching;

/// <summary>
/// Watches step rates (§15 point 9): every day that is over is judged once, a week on its Monday after, a month and a quarter on the first day after.
/// One that left its usual range is kept with what explains it, and told to those who read the reports of everybody. Days that passed while
/// nothing ran are judged when it runs again.
/// </summary>
public sealed class WatchRates(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Name of its position, which is the number of the last day that was judged.</summary>
    public const string Name = "rates";

    private const int MostDays = 35;

    // What happened before midnight has reached the facts by then.
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(30);

    /// <summary>Judges what is over and was not judged yet; how many alerts were raised.</summary>
    public async Task<int> Sweep(CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var yesterday = setting.Calendar.DateOf(time.Now - AfterMidnight).AddDays(-1);
        await using (var db = store.Open())
        {
            if (await db.Set<LogPosition>().AnyAsync(p => p.Consumer == Name && p.Position >= yesterday.DayNumber, ct) || await FactConsumer.IsWalking(db, ct))
            {
                return 0;
            }
        }

        return await store.Write(scope => Judge(scope, setting, yesterday, ct), ct);
    }

    private async Task<int> Judge(WriteScope scope, Setting setting, DateOnly yesterday, CancellationToken ct)
    {
        if (!store.IsSqlite)
        {
            // One node at a time.
            await scope.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({Name}))", ct);
        }

        var position = await scope.Db.Set<LogPosition>().SingleOrDefaultAsync(p => p.Consumer == Name, ct);
        if (position is null)
        {
            // History is not told as news: the first day that is judged is the last one.
            position = new LogPosition { Consumer = Name, Position = yesterday.DayNumber - 1 };
            scope.Db.Add(position);
        }

        List<RateAlert> found = [];
        for (var day = DateOnly.FromDayNumber((int)Math.Max(position.Position + 1, yesterday.DayNumber - MostDays + 1)); day <= yesterday; day = day.AddDays(1))
        {
            foreach (var span in Enum.GetValues<WatchSpan>().Where(s => WatchPeriod.Of(s, day).To == day))
            {
                found.AddRange(await Judge(scope.Db, setting, span, WatchPeriod.Of(span, day), ct));
            }
        }

        position.Position = yesterday.DayNumber;
        scope.Db.AddRange(found);
        if (found.Count > 0)
        {
            var now = time.Now;
            scope.Db.AddRange(setting.People.Values.Where(p => p.Status == PersonStatus.Active && p.Grants.GetValueOrDefault(Permission.ViewReports).HasFlag(DataScope.All))
                .Select(p => new Notice { Id = time.NewId(), UserId = p.Id, Kind = NoticeKind.RateAlert, SubjectId = found[^1].Id, At = now }));
        }

        await scope.Db.SaveChangesAsync(ct);
        return found.Count;
    }

    private async Task<List<RateAlert>> Judge(GranaryDb db, Setting setting, WatchSpan span, WatchPeriod period, CancellationToken ct)
    {
        var rule = WatchRule.BuiltIn;
        WatchPeriod[] usual = [.. period.Usual(span, rule)];
        var days = await StepRates.Days(db, FactFilter.Any, span, usual[^1].From, period.To, ct);
        var points = FunnelSteps.All.Skip(1).Select(step => (Step: step, Point: StepRates.Judge(days, step, span, period, rule))).Where(p => p.Point is { Alerts: true, Band: not null }).ToList();
        if (points.Count == 0)
        {
            return [];
        }

        List<RateAlert> found = [];
        var segments = await StepRates.Segments(db, setting, FactFilter.Any, span, [period], rule, ct);
        foreach (var (step, point) in points)
        {
            var (band, before, part) = (point.Band!, StepCount.Sum(usual.Select(p => StepRates.Of(days, step, p))), segments.Explain(step, period));
            found.Add(new RateAlert
            {
                Id = time.NewId(),
                Span = span,
                Step = WireName.Of(step),
                FromOn = period.From,
                ToOn = period.To,
                Base = point.Count.Base,
                Reached = point.Count.Reached,
                BaseBefore = before.Base,
                ReachedBefore = before.Reached,
                Low = band.Low,
                Median = band.Median,
                High = band.High,
                Dimension = part?.Counts.Dimension,
                Segment = part?.Counts.Segment is { } segment ? segment[..Math.Min(segment.Length, 200)] : null,
                RateEffect = part?.RateEffect,
                MixEffect = part?.MixEffect,
                At = time.Now,
            });
        }

        return found;
    }
}
