using System.Text;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.People;

public sealed class CalendarTests
{
    private static readonly DateOnly National = new(2026, 10, 7);

    [Theory, OnBothDatabases]
    public async Task An_edited_day_overrides_the_built_in_one_until_it_is_cleared(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (chief, save) = (await shop.Hire("主管", "lead_administrator"), new SaveCalendar(shop.Settings, shop.Time));
        var before = await shop.Settings.Get(Shop.Ct);
        Assert.Equal("国庆节", before.Calendar.ExceptionOn(National)!.Name);

        Assert.IsType<SettingResult.Done>(await save.SetDay(chief, National, true, " 盘点\t日 ", Shop.Ct));
        var after = await (await shop.SecondNode()).Settings.Latest(Shop.Ct);
        Assert.Equal(new CalendarException(National, true, "盘点 日", CalendarSource.Edited), after.Calendar.ExceptionOn(National));
        Assert.True(after.Revision > before.Revision);

        Assert.IsType<SettingResult.Done>(await save.SetDay(chief, National, false, "", Shop.Ct));
        Assert.IsType<SettingResult.Done>(await save.ClearDay(chief, National, Shop.Ct));
        Assert.IsType<SettingResult.Missing>(await save.ClearDay(chief, National, Shop.Ct));
        Assert.Equal("国庆节", (await shop.Settings.Get(Shop.Ct)).Calendar.ExceptionOn(National)!.Name);
        Assert.Equal(["calendar.day_set", "calendar.day_set", "calendar.day_cleared"], await Events(shop));
    }

    [Theory, OnBothDatabases]
    public async Task The_week_and_its_hours_move_a_deadline(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (chief, save) = (await shop.Hire("主管", "lead_administrator"), new SaveCalendar(shop.Settings, shop.Time));
        var week = new WorkingWeek([DayOfWeek.Sunday, DayOfWeek.Monday], [Span(DayOfWeek.Monday, 8, 12), Span(DayOfWeek.Monday, 13, 15), Span(DayOfWeek.Sunday, 10, 0)]);
        Assert.IsType<SettingResult.Done>(await save.SetWeek(chief, week, Shop.Ct));
        var calendar = (await shop.Settings.Get(Shop.Ct)).Calendar;
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Sunday], calendar.Weekdays);
        var monday = new DateTimeOffset(2026, 11, 2, 11, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(monday.AddHours(3), calendar.Add(DeadlineClock.WorkingHours, monday, TimeSpan.FromHours(2)));
        Assert.Equal(new DateTimeOffset(2026, 11, 8, 11, 0, 0, TimeSpan.FromHours(8)), calendar.Add(DeadlineClock.WorkingHours, monday, TimeSpan.FromHours(4)));
        Assert.Equal(["calendar.week_changed"], await Events(shop));
    }

    [Theory, OnBothDatabases]
    public async Task An_impossible_week_is_refused_and_nothing_changes(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (chief, save) = (await shop.Hire("主管", "lead_administrator"), new SaveCalendar(shop.Settings, shop.Time));
        var revision = (await shop.Settings.Get(Shop.Ct)).Revision;
        Assert.Equal(("weekdays", "no_working_day"), await Refusal(new WorkingWeek([], WorkingWeek.BuiltIn.Hours)));
        Assert.Equal(("weekdays[1]", "no_hours"), await Refusal(new WorkingWeek([DayOfWeek.Monday, DayOfWeek.Tuesday], [Span(DayOfWeek.Monday, 9, 18)])));
        Assert.Equal(("hours[0].to", "before_start"), await Refusal(new WorkingWeek([DayOfWeek.Monday], [Span(DayOfWeek.Monday, 18, 9)])));
        Assert.Equal(("hours[1]", "overlapping"), await Refusal(new WorkingWeek([DayOfWeek.Monday], [Span(DayOfWeek.Monday, 9, 0), Span(DayOfWeek.Monday, 22, 23)])));
        Assert.Equal(("hours", "too_many"), await Refusal(new WorkingWeek([DayOfWeek.Monday], [.. Enumerable.Repeat(Span(DayOfWeek.Monday, 9, 10), 71)])));
        Assert.Equal(revision, (await shop.Settings.Latest(Shop.Ct)).Revision);
        Assert.Equal(WorkingCalendar.MondayToFriday, (await shop.Settings.Latest(Shop.Ct)).Calendar.Weekdays);

        async Task<(string, string)> Refusal(WorkingWeek week)
        {
            var error = Assert.Single(Assert.IsType<SettingResult.Refused>(await save.SetWeek(chief, week, Shop.Ct)).Errors);
            return (error.Field, error.Code);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_day_outside_the_years_or_with_a_long_name_is_refused(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var save = new SaveCalendar(shop.Settings, shop.Time);
        Assert.Equal("out_of_range", Code(await save.SetDay(Guid.Empty, new DateOnly(1999, 12, 31), false, "", Shop.Ct)));
        Assert.Equal("too_long", Code(await save.SetDay(Guid.Empty, National, false, new string('长', 61), Shop.Ct)));
        Assert.Empty(await Events(shop));
    }

    [Theory, OnBothDatabases]
    public async Task An_import_is_previewed_then_announces_its_year_and_keeps_what_is_the_same(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (chief, import) = (await shop.Hire("主管", "lead_administrator"), new ImportCalendar(shop.Store, shop.Settings, shop.Time));
        var file = Read("""
            {"year": 2027, "papers": [], "days": [
              {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "2027-01-03", "isOffDay": false},
              {"name": "国庆节", "date": "2026-10-07", "isOffDay": true}, {"name": "国庆节", "date": "2026-10-10", "kind": "holiday"}]}
            """);
        var preview = await import.Preview(file, Shop.Ct);
        Assert.Equal((2, 1, 1), (preview.Added, preview.Changed, preview.Unchanged));
        Assert.Equal([2026, 2027], preview.Years);
        Assert.False((await shop.Settings.Latest(Shop.Ct)).Calendar.IsAnnounced(2027));
        Assert.Empty(await Events(shop));

        Assert.Equal(3, (await import.Import(chief, file, Shop.Ct)).Changes.Count);
        var calendar = (await shop.Settings.Get(Shop.Ct)).Calendar;
        Assert.True(calendar.IsAnnounced(2027));
        Assert.True(calendar.IsWorkingDay(new DateOnly(2027, 1, 3)));
        Assert.Equal((false, CalendarSource.Imported), (calendar.IsWorkingDay(new DateOnly(2026, 10, 10)), calendar.ExceptionOn(new DateOnly(2026, 10, 10))!.Source));
        Assert.Equal(CalendarSource.BuiltIn, calendar.ExceptionOn(National)!.Source);
        Assert.Empty((await import.Import(chief, file, Shop.Ct)).Changes);
        Assert.Equal(["calendar.imported"], await Events(shop));
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_closes_for_more_than_sixty_days(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var import = new ImportCalendar(shop.Store, shop.Settings, shop.Time);
        var file = Read($$"""{"days": [{{string.Join(',', Enumerable.Range(0, 59).Select(i => $$"""{"date": "{{new DateOnly(2027, 3, 1).AddDays(i):yyyy-MM-dd}}", "kind": "holiday"}"""))}}]}""");
        Assert.Empty((await import.Import(Guid.Empty, file, Shop.Ct)).Errors);
        var save = new SaveCalendar(shop.Settings, shop.Time);
        Assert.Equal("endless_closure", Code(await save.SetDay(Guid.Empty, new DateOnly(2027, 4, 29), false, "", Shop.Ct) is SettingResult.Done
            ? await save.SetDay(Guid.Empty, new DateOnly(2027, 4, 30), false, "", Shop.Ct)
            : new SettingResult.Missing()));
        Assert.True((await shop.Settings.Latest(Shop.Ct)).Calendar.IsWorkingDay(new DateOnly(2027, 4, 30)));
        var more = await import.Import(Guid.Empty, Read("""{"days": [{"date": "2027-04-30", "kind": "holiday"}]}"""), Shop.Ct);
        Assert.Equal("endless_closure", Assert.Single(more.Errors).Code);
        Assert.True((await shop.Settings.Latest(Shop.Ct)).Calendar.IsWorkingDay(new DateOnly(2027, 4, 30)));
    }

    private static CalendarFile Read(string text) => CalendarFile.Read(Encoding.UTF8.GetBytes(text));

    private static WorkingHours Span(DayOfWeek day, int from, int to) => new(day, new TimeOnly(from, 0), new TimeOnly(to, 0));

    private static string Code(SettingResult result) => Assert.Single(Assert.IsType<SettingResult.Refused>(result).Errors).Code;

    private static async Task<List<string>> Events(Shop shop)
    {
        await using var db = shop.Store.Open();
        return await db.Set<EventRecord>().Where(e => e.Kind.StartsWith("calendar.")).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Shop.Ct);
    }
}
