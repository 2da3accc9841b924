using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Granary.Testing;
using Granary.Web.Tests.People;

namespace Granary.Web.Tests.Settings;

public sealed class CalendarApiTests
{
    private const string Path = "/api/v1/calendar";

    [Theory, OnBothDatabases]
    public async Task A_year_shows_its_days_and_one_not_announced_says_so(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var year = (await office.Api.Get($"{Path}?year=2026")).Body;
        Assert.Equal((true, "Asia/Shanghai", null), ((bool)year["announced"]!, (string)year["timeZone"]!, (string?)year["warning"]));
        Assert.Equal(["monday", "tuesday", "wednesday", "thursday", "friday"], year["weekdays"]!.AsArray().Select(d => (string)d!));
        Assert.Equal([2023, 2024, 2025, 2026], year["announcedYears"]!.AsArray().Select(y => (int)y!));
        Assert.Equal("""{"date":"2026-09-20","kind":"workday","name":"国庆节","source":"builtIn"}""", Day(year, "2026-09-20"));
        Assert.Equal("""{"date":"2026-09-25","kind":"holiday","name":"中秋节","source":"builtIn"}""", Day(year, "2026-09-25"));

        var next = (await office.Api.Get($"{Path}?year=2027")).Body;
        Assert.False((bool)next["announced"]!);
        Assert.Contains("2027", (string)next["warning"]!, StringComparison.Ordinal);
        Assert.Empty(next["days"]!.AsArray());
        Assert.Equal("bad_parameter", (await office.Api.Get($"{Path}?year=1999")).Code);
    }

    [Theory, OnBothDatabases]
    public async Task A_day_is_set_and_reset_by_who_sets_rules_and_read_by_all(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("zhang@example.com");
        using var seller = await office.Program("zhang@example.com");
        Assert.Equal(HttpStatusCode.OK, (await seller.Get(Path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Put(seller, "/days/2026-10-07", """{"kind":"workday"}""")).Status);

        var set = await Put(office.Api, "/days/2026-10-07", """{"kind":"workday","name":"盘点"}""");
        Assert.Equal("""{"date":"2026-10-07","kind":"workday","name":"盘点","source":"edited"}""", set.Body.ToJsonString(WireText));
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"{Path}/days/2026-10-07", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Send(HttpMethod.Delete, $"{Path}/days/2026-10-07", null)).Status);
        Assert.Contains("国庆节", Day((await office.Api.Get($"{Path}?year=2026")).Body, "2026-10-07"), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_is_refused_in_words_and_changes_nothing(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var before = await Shown();
        await Refused("/days/2026-02-30", """{"kind":"holiday"}""", "date", "impossible_date");
        await Refused("/days/1999-12-31", """{"kind":"holiday"}""", "date", "out_of_range");
        await Refused("/days/2026-02-03", "{}", "kind", "required");
        await Refused("", """{"weekdays":[],"hours":[]}""", "weekdays", "no_working_day");
        await Refused("", """{"weekdays":["monday"]}""", "hours", "required");
        await Refused("", """{"weekdays":["monday"],"hours":[{"day":"monday","from":"18:00:00","to":"09:00:00"}]}""", "hours[0].to", "before_start");
        await Refused("", """{"weekdays":["monday"],"hours":[{"day":"monday","from":"09:00:00","to":"12:00:00"},{"day":"monday","from":"11:00:00","to":"13:00:00"}]}""", "hours[1]", "overlapping");
        await Refused("", """{"weekdays":["monday","friday"],"hours":[{"day":"monday","from":"09:00:00","to":"12:00:00"}]}""", "weekdays[1]", "no_hours");
        await Refused("", """{"weekdays":["monday"],"hours":[null]}""", "hours", "required");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(office.Api, "/days/2026-02-03", """{"kind":"party"}""")).Status);
        Assert.Equal(before, await Shown());

        async Task Refused(string path, string body, string field, string code)
        {
            var answer = await Put(office.Api, path, body);
            var error = answer.Body["errors"]![0]!;
            Assert.Equal((HttpStatusCode.UnprocessableEntity, field, code), (answer.Status, (string)error["field"]!, (string)error["code"]!));
            Assert.NotEqual("", (string)error["message"]!);
        }

        async Task<string> Shown() => (await office.Api.Get($"{Path}?year=2026")).Body.ToJsonString();
    }

    [Theory, OnBothDatabases]
    public async Task The_week_is_replaced_or_patched(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var week = await Put(office.Api, "", """{"weekdays":["saturday","monday"],"hours":[{"day":"saturday","from":"10:00:00","to":"00:00:00"},{"day":"monday","from":"09:00:00","to":"18:00:00"}]}""");
        Assert.Equal(["monday", "saturday"], week.Body["weekdays"]!.AsArray().Select(d => (string)d!));
        var patched = await office.Api.Patch(Path, new { weekdays = new[] { "saturday" } });
        Assert.Equal(HttpStatusCode.OK, patched.Status);
        Assert.Equal("saturday", (string)Assert.Single(patched.Body["weekdays"]!.AsArray())!);
        Assert.Equal(2, patched.Body["hours"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Api.Patch(Path, new { weekdays = new[] { "sunday" } })).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_calendar_is_tried_and_then_imported_as_ICS_or_JSON(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        const string ics = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20271001
            DTEND;VALUE=DATE:20271004
            SUMMARY:国庆节（休）
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20271009
            SUMMARY:国庆节（班）
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20270101
            RRULE:FREQ=YEARLY
            SUMMARY:元旦（休）
            END:VEVENT
            END:VCALENDAR
            """;
        var tried = await Import("/imports?dryRun=true", ics, "text/calendar");
        Assert.Equal((HttpStatusCode.OK, 3, 1, 4), (tried.Status, (int)tried.Body["holidays"]!, (int)tried.Body["workdays"]!, (int)tried.Body["added"]!));
        Assert.Equal("recurrence_unsupported", (string)tried.Body["leftOut"]![0]!["code"]!);
        Assert.False((bool)(await office.Api.Get($"{Path}?year=2027")).Body["announced"]!);

        Assert.Equal(HttpStatusCode.Created, (await Import("/imports", ics, "text/calendar")).Status);
        var year = (await office.Api.Get($"{Path}?year=2027")).Body;
        Assert.True((bool)year["announced"]!);
        Assert.Equal("""{"date":"2027-10-09","kind":"workday","name":"国庆节","source":"imported"}""", Day(year, "2027-10-09"));

        // What the API shows can be imported again, and changes nothing.
        var again = await Import("/imports", year.ToJsonString(), "application/json");
        Assert.Equal((HttpStatusCode.Created, 4), (again.Status, (int)again.Body["unchanged"]!));
        var conflict = await Import("/imports", """{"days":[{"date":"2027-05-01","isOffDay":true},{"date":"2027-05-01","isOffDay":false}]}""", "application/json");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "days[1].date"), (conflict.Status, conflict.Field));
        Assert.Equal("file", (await Import("/imports", "not a calendar", "text/calendar")).Field);
        Assert.Equal(4, (await office.Api.Get($"{Path}?year=2027")).Body["days"]!.AsArray().Count);

        Task<ApiAnswer> Import(string path, string content, string type) =>
            office.Api.Send(HttpMethod.Post, Path + path, new StringContent(content, Encoding.UTF8, type));
    }

    private static System.Text.Json.JsonSerializerOptions WireText => Granary.Web.Hosting.WireJson.Options;

    private static Task<ApiAnswer> Put(HttpClient http, string path, string body) =>
        http.Send(HttpMethod.Put, Path + path, new StringContent(body, Encoding.UTF8, "application/json"));

    private static string Day(JsonNode year, string date) =>
        year["days"]!.AsArray().Single(d => (string)d!["date"]! == date)!.ToJsonString(WireText);
}
