using System.Net;
using Granary.Application.People;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.People;

/// <summary>Duty and leave over HTTP: who plans for whom, and what assignment goes by afterwards (§2, §8).</summary>
public sealed class DutyApiTests
{
    // A Tuesday.
    private static readonly DateTimeOffset Now = new(2026, 11, 3, 2, 0, 0, TimeSpan.Zero);

    [Theory, OnBothDatabases]
    public async Task A_supervisor_plans_the_duty_of_their_team_and_of_nobody_else(DatabaseKind kind)
    {
        await using var office = await Testing.Office.Open(kind, new FakeClock(Now));
        var (boss, zhang, li) = await Team(office);
        object Plan(Guid who, string date = "2026-11-07", string from = "09:00:00", string to = "18:00:00") =>
            new { from = "2026-11-02", to = "2026-11-08", people = new[] { new { userId = who, shifts = new[] { new { date, from, to } } } } };

        var planned = await Testing.Office.Send(boss, HttpMethod.Put, "/api/v1/duty", Plan(zhang.Id), HttpStatusCode.OK);
        Assert.Equal("2026-11-07", planned.GetProperty("people").EnumerateArray().Single(p => p.GetProperty("user").GetProperty("id").GetGuid() == zhang.Id).GetProperty("shifts")[0].GetProperty("date").GetString());
        await Testing.Office.Send(boss, HttpMethod.Put, "/api/v1/duty", Plan(li.Id), HttpStatusCode.Forbidden);
        await Testing.Office.Send(zhang.Client, HttpMethod.Put, "/api/v1/duty", Plan(zhang.Id), HttpStatusCode.Forbidden);
        await Testing.Office.Send(boss, HttpMethod.Put, "/api/v1/duty", Plan(zhang.Id, "2026-11-09"), HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Send(boss, HttpMethod.Put, "/api/v1/duty", Plan(zhang.Id, from: "18:00:00", to: "09:00:00"), HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Send(boss, HttpMethod.Put, "/api/v1/duty", Plan(Guid.NewGuid()), HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Send(boss, HttpMethod.Get, "/api/v1/duty?from=2026-11-02&to=2027-11-08", null, HttpStatusCode.BadRequest);

        // The same profile that assignment goes by; what lies outside the period stays.
        var profile = (await Testing.Office.Get(office.Admin, $"/api/v1/users/{zhang.Id}")).GetProperty("profile");
        Assert.Equal(1, profile.GetProperty("duty").GetArrayLength());
        await Testing.Office.Send(office.Admin, HttpMethod.Put, "/api/v1/duty", new { from = "2026-11-09", to = "2026-11-15", people = new[] { new { userId = zhang.Id, shifts = Array.Empty<object>() } } }, HttpStatusCode.OK);
        Assert.Equal(1, (await Testing.Office.Get(office.Admin, $"/api/v1/users/{zhang.Id}")).GetProperty("profile").GetProperty("duty").GetArrayLength());
    }

    [Theory, OnBothDatabases]
    public async Task Leave_is_asked_for_granted_by_the_supervisor_and_ended(DatabaseKind kind)
    {
        await using var office = await Testing.Office.Open(kind, new FakeClock(Now));
        var (boss, zhang, li) = await Team(office);
        var asked = await Testing.Office.Post(zhang.Client, "/api/v1/leave", new { firstDay = "2026-11-01", lastDay = "2026-11-10", note = "回家" });
        Assert.Equal("waiting", asked.GetProperty("state").GetString());
        var path = $"/api/v1/leave/{asked.GetProperty("id").GetGuid()}";
        await Testing.Office.Post(zhang.Client, "/api/v1/leave", new { firstDay = "2026-11-10", lastDay = "2026-11-12" }, HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Post(zhang.Client, "/api/v1/leave", new { firstDay = "2026-10-01", lastDay = "2026-11-02" }, HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Post(zhang.Client, "/api/v1/leave", new { userId = li.Id, firstDay = "2026-11-20", lastDay = "2026-11-20" }, HttpStatusCode.Forbidden);
        Assert.Equal(0, (await Testing.Office.Get(li.Client, "/api/v1/leave")).GetProperty("items").GetArrayLength());

        await Testing.Office.Post(li.Client, $"{path}/decision", new { granted = true }, HttpStatusCode.NotFound);
        await Testing.Office.Post(zhang.Client, $"{path}/decision", new { granted = true }, HttpStatusCode.Forbidden);
        await Testing.Office.Post(boss, $"{path}/decision", new { granted = false }, HttpStatusCode.UnprocessableEntity);
        await Testing.Office.Post(boss, $"{path}/decision", new { granted = true });
        await Testing.Office.Post(boss, $"{path}/decision", new { granted = true }, HttpStatusCode.Conflict);
        var roster = await Testing.Office.Get(li.Client, "/api/v1/duty?from=2026-11-02&to=2026-11-08");
        Assert.Equal("2026-11-01", roster.GetProperty("people").EnumerateArray().Single(p => p.GetProperty("user").GetProperty("id").GetGuid() == zhang.Id).GetProperty("leave")[0].GetProperty("from").GetString());

        // The supervisor heard of it once, and whoever asked of the decision; nobody of what they did themselves.
        var told = await office.Read(db => db.Set<Notice>().Where(n => n.Kind == NoticeKind.LeaveAsked || n.Kind == NoticeKind.LeaveDecided).OrderBy(n => n.Kind).Select(n => new { n.Kind, n.UserId, n.SubjectId }).ToListAsync(Testing.Office.Ct));
        Assert.Equal([(NoticeKind.LeaveAsked, zhang.Id), (NoticeKind.LeaveDecided, zhang.Id)], told.Select(n => (n.Kind, n.SubjectId)));
        Assert.Equal((true, zhang.Id), (told[0].UserId != zhang.Id, told[1].UserId));

        // Today they are back, so that yesterday was the last day.
        var ended = await Testing.Office.Post(zhang.Client, $"{path}/ending", null);
        Assert.Equal("2026-11-02", ended.GetProperty("lastDay").GetString());
        await Testing.Office.Post(zhang.Client, $"{path}/ending", null, HttpStatusCode.Conflict);
        var leave = (await Testing.Office.Get(office.Admin, $"/api/v1/users/{zhang.Id}")).GetProperty("profile").GetProperty("leave");
        Assert.Equal("2026-11-02", Assert.Single(leave.EnumerateArray()).GetProperty("to").GetString());
    }

    [Theory, OnBothDatabases]
    public async Task Leave_that_an_administrator_gives_holds_at_once_and_its_days_get_no_lead(DatabaseKind kind)
    {
        await using var office = await Testing.Office.Open(kind, new FakeClock(Now));
        var (zhang, _) = await office.Hire("Zhang");
        Assert.Equal(zhang, (await office.Submit(office.Lead())).GetProperty("owner").GetProperty("id").GetGuid());

        var given = await Testing.Office.Post(office.Admin, "/api/v1/leave", new { userId = zhang, firstDay = "2026-11-03", lastDay = "2026-11-03" });

        Assert.Equal("granted", given.GetProperty("state").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await office.Submit(office.Lead())).GetProperty("owner").ValueKind);
        await Testing.Office.Post(office.Admin, $"/api/v1/leave/{given.GetProperty("id").GetGuid()}/ending", null);
        Assert.Equal(zhang, (await office.Submit(office.Lead())).GetProperty("owner").GetProperty("id").GetGuid());
    }

    private static async Task<(HttpClient Boss, (Guid Id, HttpClient Client) Zhang, (Guid Id, HttpClient Client) Li)> Team(Testing.Office office)
    {
        var team = (await Testing.Office.Post(office.Admin, "/api/v1/departments", new { name = "华东" })).GetProperty("id").GetGuid();
        var (boss, zhang, li) = (await office.Hire("Boss", "sales_supervisor"), await office.Hire("Zhang"), await office.Hire("Li"));
        foreach (var id in new[] { boss.Id, zhang.Id })
        {
            await Testing.Office.Send(office.Admin, HttpMethod.Patch, $"/api/v1/users/{id}", new { departmentId = team }, HttpStatusCode.OK);
        }

        return (boss.Client, zhang, li);
    }
}
