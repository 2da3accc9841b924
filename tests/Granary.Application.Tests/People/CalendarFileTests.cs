using System.Text;
using Granary.Application.People;
using Granary.Domain.People;

namespace Granary.Application.Tests.People;

public sealed class CalendarFileTests
{
    [Fact]
    public void The_public_list_of_holidays_is_read()
    {
        var file = Read("""{"$schema": "x", "year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-03", "isOffDay": false}, {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}""");
        Assert.Equal([Day(2027, 1, 1, false, "元旦"), Day(2027, 1, 3, true, "元旦")], file.Days);
    }

    [Fact]
    public void Marked_events_are_holidays_and_make_up_workdays_and_the_rest_is_left_out()
    {
        var file = Ics(
            Event("DTSTART;VALUE=DATE:20270926", "DTEND;VALUE=DATE:20270927", "SUMMARY:国庆节（班）"),
            Event("DTSTART;VALUE=DATE:20271001", "DTEND;VALUE=DATE:20271004", "SUMMARY:国庆节(休)"),
            Event("DTSTART;VALUE=DATE:20270210", "SUMMARY:春节 补班 第1天/共2天"),
            Event("DTSTART;VALUE=DATE:20270211", "SUMMARY:春节 假期 第1天/共3天"),
            Event("DTSTART;VALUE=DATE:20270308", "SUMMARY:国际妇女节"),
            Event("DTSTART;VALUE=DATE:20270101", "SUMMARY:New Year", "X-APPLE-SPECIAL-DAY:WORK-HOLIDAY"),
            Event("DTSTART;VALUE=DATE:20270102", "SUMMARY:New Year", "CATEGORIES:Workday"));
        Assert.Equal(
            [
                Day(2027, 1, 1, false, "New Year"), Day(2027, 1, 2, true, "New Year"), Day(2027, 2, 10, true, "春节"), Day(2027, 2, 11, false, "春节"),
                Day(2027, 9, 26, true, "国庆节"), Day(2027, 10, 1, false, "国庆节"), Day(2027, 10, 2, false, "国庆节"), Day(2027, 10, 3, false, "国庆节"),
            ],
            file.Days);
        var left = Assert.Single(file.LeftOut);
        Assert.Equal(("events[4]", "kind_unknown", "国际妇女节"), (left.Field, left.Code, left.Limit));
    }

    [Fact]
    public void In_a_file_without_marks_all_events_are_holidays()
    {
        var file = Ics(Event("DTSTART;VALUE=DATE:20271225", "DURATION:P2D", "SUMMARY:Christmas\\, and Boxing Day"), Event("DTSTART;VALUE=DATE:20270501", "DTEND;VALUE=DATE:20270501", "SUMMARY:Labour Day"));
        Assert.Equal([Day(2027, 5, 1, false, "Labour Day"), Day(2027, 12, 25, false, "Christmas, and Boxing Day"), Day(2027, 12, 26, false, "Christmas, and Boxing Day")], file.Days);
    }

    [Fact]
    public void Folded_lines_are_joined_and_an_alarm_within_an_event_is_not_its_summary()
    {
        var file = Ics(Event("DTSTART;X=\"a:b\";VALUE=\n DATE:2027\n 1001", "SUMMARY:国庆\n\t节", "BEGIN:VALARM", "SUMMARY:提醒", "DTSTART:20270101T090000", "END:VALARM"));
        Assert.Equal([Day(2027, 10, 1, false, "国庆节")], file.Days);
    }

    [Fact]
    public void Events_that_recur_or_have_a_time_are_left_out_one_by_one_and_cancelled_ones_in_silence()
    {
        var file = Ics(
            Event("DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=YEARLY", "SUMMARY:元旦"),
            Event("DTSTART:20270101T090000Z", "SUMMARY:例会"),
            Event("SUMMARY:无日期"),
            Event("DTSTART;VALUE=DATE:20270101", "DURATION:PT2H", "SUMMARY:两小时"),
            Event("DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20290101", "SUMMARY:两年"),
            Event("DTSTART;VALUE=DATE:20270502", "STATUS:CANCELLED", "SUMMARY:取消"),
            Event("DTSTART;VALUE=DATE:20271001", "SUMMARY:国庆节"));
        Assert.Equal(["recurrence_unsupported", "not_whole_days", "no_date", "not_whole_days", "event_too_long"], file.LeftOut.Select(e => e.Code));
        Assert.Equal([Day(2027, 10, 1, false, "国庆节")], file.Days);
    }

    [Theory]
    [InlineData("", "file", "not_a_calendar")]
    [InlineData("[]", "file", "not_a_calendar")]
    [InlineData("{\"days\": 5}", "file", "not_a_calendar")]
    [InlineData("{\"days\": [{\"date\": \"2026-10-01\", ", "file", "not_a_calendar")]
    [InlineData("{\"days\": [{\"date\": \"2026-10-01\", \"kind\": \"holiday\", \"name\": \"\\ud800\"}]}", "file", "not_a_calendar")]
    [InlineData("{\"days\": [{\"date\":[[[[[[[[[[1]]]]]]]]]]}]}", "file", "not_a_calendar")]
    [InlineData("{\"days\": []}", "file", "no_days")]
    [InlineData("{\"days\": [7]}", "days[0]", "wrong_type")]
    [InlineData("{\"days\": [{\"date\": \"2026-02-30\", \"isOffDay\": true}]}", "days[0].date", "impossible_date")]
    [InlineData("{\"days\": [{\"isOffDay\": true}]}", "days[0].date", "impossible_date")]
    [InlineData("{\"days\": [{\"date\": \"2026-02-03\"}]}", "days[0].kind", "unknown_value")]
    [InlineData("{\"days\": [{\"date\": \"2026-02-03\", \"isOffDay\": \"yes\"}]}", "days[0].kind", "unknown_value")]
    [InlineData("{\"days\": [{\"date\": \"2101-01-01\", \"isOffDay\": true}]}", "days[0].date", "out_of_range")]
    [InlineData("{\"days\": [{\"date\": \"2026-10-01\", \"kind\": \"holiday\"}, {\"date\": \"2026-10-01\", \"kind\": \"workday\"}]}", "days[1].date", "conflicting_day")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR", "file", "no_days")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260230\nEND:VEVENT", "events[0].start", "impossible_date")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260203\nDTEND;VALUE=DATE:20260201\nEND:VEVENT", "events[0].end", "before_start")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260203\nRRULE:FREQ=DAILY\nEND:VEVENT", "events[0]", "recurrence_unsupported")]
    public void What_cannot_be_a_calendar_is_refused_with_its_place(string text, string field, string code)
    {
        var file = Read(text);
        Assert.Equal((field, code), (file.Errors[0].Field, file.Errors[0].Code));
        Assert.Empty(file.Days);
    }

    [Fact]
    public void A_hostile_file_ends_soon_with_few_words()
    {
        Assert.Equal("file_too_large", Assert.Single(CalendarFile.Read(new byte[CalendarFile.Largest + 1]).Errors).Code);
        Assert.Equal("not_a_calendar", Assert.Single(CalendarFile.Read([0xff, 0xfe, 0x00]).Errors).Code);
        var wrong = string.Join(',', Enumerable.Repeat("""{"date": "2026-02-30", "isOffDay": true}""", 20_000));
        Assert.InRange(Read($$"""{"days": [{{wrong}}]}""").Errors.Count, 1, 50);
        var years = string.Join(',', Enumerable.Range(0, 6_000).Select(i => $$"""{"date": "{{new DateOnly(2000, 1, 1).AddDays(i):yyyy-MM-dd}}", "isOffDay": true}"""));
        Assert.Equal("too_many", Assert.Single(Read($$"""{"days": [{{years}}]}""").Errors).Code);
        Assert.Equal("too_many", Assert.Single(Ics([.. Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 10_001)]).Errors).Code);
        Assert.NotEmpty(Ics(Event("SUMMARY:第1天" + new string(' ', 900_000) + "x", "DTSTART;VALUE=DATE:20270101")).Days);
        Assert.NotEmpty(Ics(Event("DTSTART;VALUE=DATE:20270101", string.Concat(Enumerable.Repeat("X-A:b\n", 100_000)))).Days);
        Assert.NotEmpty(Ics(Event("DTSTART;VALUE=DATE:20270101", "SUMMARY:a" + string.Concat(Enumerable.Repeat("\n b", 200_000)))).Days);
    }

    private static CalendarFile Read(string text) => CalendarFile.Read(Encoding.UTF8.GetBytes(text));

    private static CalendarFile Ics(params string[] events) =>
        Read("\uFEFFBEGIN:VCALENDAR\nVERSION:2.0\n" + string.Concat(events) + "END:VCALENDAR\n");

    private static string Event(params string[] lines) => "BEGIN:VEVENT\n" + string.Concat(lines.Select(l => l + "\n")) + "END:VEVENT\n";

    private static CalendarException Day(int year, int month, int day, bool isWorkingDay, string name) =>
        new(new DateOnly(year, month, day), isWorkingDay, name, CalendarSource.Imported);
}
