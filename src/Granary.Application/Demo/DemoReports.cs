using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Analytics;
using Granary.Domain.Ownership;
using Granary.Domain.People;

namespace Granary.Application.Demo;

/// <summary>What the director of the demo organisation keeps about reports: some saved ones, one that could be sent, and the retrospective of the last quarter.</summary>
internal static class DemoReports
{
    public static async Task Make(Store store, SettingCache settings, TimeProvider time, CancellationToken ct)
    {
        var setting = await settings.Latest(ct);
        if (setting.People.Values.FirstOrDefault(p => p.Roles.Contains(BuiltInRoles.SalesDirector)) is not { } person || setting.ViewerOf(person.Id) is not { } director)
        {
            return;
        }

        var saved = new SavedReports(store, new ReportNames(new HashSet<string> { "efficiency", "invalid", "meeting" }), time);
        await saved.Save(director, new("本月跟进效率", "efficiency", "period=thisMonth&compare=previous", Shared: true), ct);
        await saved.Save(director, new("上周无效原因", "invalid", "period=lastWeek&compare=previous"), ct);
        if (await saved.Save(director, new("周会材料", "meeting", "period=thisWeek&pack=week", Shared: true), ct) is SavedReportResult.Done(var meeting))
        {
            // Off, as the demo has no mail server.
            var monday = new ReactivationSchedule { Every = ReactivationRhythm.Weekly, Weekdays = [DayOfWeek.Monday], At = new TimeOnly(8, 30) };
            await new ScheduleReports(store, settings, time).Add(director, new(meeting, monday, NoticeChannelKind.Mail, [director.UserId], Open: false), ct);
        }

        if (person.DepartmentId is { } team)
        {
            var (from, to) = RelativePeriod.LastQuarter.On(setting.Calendar.DateOf(time.Now));
            var owner = setting.People.Values.Where(p => p.DepartmentId == team && setting.CanOwn(p.Id)).Select(p => p.Id).Order().First();
            await new Retrospectives(store, settings, time).Write(
                director, from, to, team,
                new("行业案例在首访前发给客户，关键决策人在第二次拜访前见到；展会线索当天分配、次日跟进。", [new("A 级商机两周内安排高层互访", owner, to.AddDays(45)), new("输单报告按月复盘，价格类输单提前做总成本测算", director.UserId, to.AddDays(60))]),
                ct);
        }
    }
}
