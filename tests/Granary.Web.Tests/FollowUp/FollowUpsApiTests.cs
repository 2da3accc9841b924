using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.FollowUp;

public sealed class FollowUpsApiTests
{
    private const string Words = "客户确认预算，约周四演示";

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_a_follow_up_is_refused_with_its_reason_and_leaves_nothing(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (_, owner) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var path = $"/api/v1/leads/{lead}/follow-ups";
        var received = (await Office.Get(owner, $"/api/v1/leads/{lead}")).GetProperty("receivedAt").GetDateTimeOffset();
        var now = clock.GetUtcNow();

        await Refused(new { method = "call", content = Words, at = now.AddHours(1) }, "in_the_future");
        await Refused(new { method = "call", content = Words, at = received.AddHours(-1) }, "before_the_lead");
        await Refused(new { method = "call", content = "  " }, "too_short");
        await Refused(new { method = "call" }, "too_short");
        await Refused(new { method = "call", content = "已联系" }, "too_short");
        await Refused(new { }, "invalid", "method", "required");
        await Refused(new { method = "call", content = new string('长', 4001) }, "invalid", "content", "too_long");
        await Refused(new { method = "call", content = Words, nextAt = now.AddMinutes(-1) }, "invalid", "nextAt", "in_the_past");
        await Refused(new { method = "call", content = Words, bant = new { budgetMin = -1 } }, "invalid", "bant.budget.min");
        await Refused(new { method = "pigeon", content = Words }, "wrong_type");
        await Refused(new { method = "call", content = Words, @at = "yesterday" }, "wrong_type");
        await Refused(new { method = "call", content = Words, mood = "good" }, "unknown_field");
        Assert.Equal(0, (await Office.Get(owner, path)).GetProperty("items").GetArrayLength());
        Assert.Equal("pending", (await Office.Get(owner, $"/api/v1/leads/{lead}")).GetProperty("status").GetString());

        async Task Refused(object body, string code, string? field = null, string? why = null)
        {
            var problem = await Office.Post(owner, path, body, HttpStatusCode.UnprocessableEntity);
            if (field is null)
            {
                Assert.Equal(code, problem.GetProperty("code").GetString());
            }
            else
            {
                Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("field").GetString() == field && (why is null || e.GetProperty("code").GetString() == why));
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_follows_up_a_lead_that_is_somebody_elses_or_reads_what_they_may_not_see(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, owner) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        var (_, stranger) = await office.Hire("Li");
        var (_, reader) = await office.Hire("Zhao", "operations");
        var path = $"/api/v1/leads/{lead}/follow-ups";
        var body = new { method = "call", content = Words };

        Assert.Equal("not_found", Code(await Office.Post(stranger, path, body, HttpStatusCode.NotFound)));
        Assert.Equal("not_owner", Code(await Office.Post(reader, path, body, HttpStatusCode.Conflict)));
        await Office.Send(stranger, HttpMethod.Get, path, null, HttpStatusCode.NotFound);
        using var nobody = office.Granary.CreateClient();
        await Office.Send(nobody, HttpMethod.Get, path, null, HttpStatusCode.Unauthorized);

        // A key sent twice records once.
        var first = await Office.Send(owner, HttpMethod.Post, path, body, HttpStatusCode.Created, ("Idempotency-Key", "f1"));
        var again = await Office.Send(owner, HttpMethod.Post, path, body, HttpStatusCode.Created, ("Idempotency-Key", "f1"));
        Assert.Equal(first.GetProperty("id").GetGuid(), again.GetProperty("id").GetGuid());
        Assert.Equal(1, (await Office.Get(reader, path)).GetProperty("items").GetArrayLength());
        Assert.Equal("bad_cursor", Code(await Office.Send(owner, HttpMethod.Get, $"{path}?after=x", null, HttpStatusCode.BadRequest)));
    }

    [Theory, OnBothDatabases]
    public async Task A_list_of_follow_ups_goes_on_behind_its_cursor(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (_, owner) = await office.Hire("Zhang");
        var path = $"/api/v1/leads/{(await office.Submit(office.Lead())).GetProperty("id").GetGuid()}/follow-ups";
        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Office.Post(owner, path, new { method = "call", content = $"第 {i} 次通话，{Words}" });
        }

        var first = await Office.Get(owner, $"{path}?limit=2");
        Assert.Equal([2, 1], Contents(first));
        Assert.Equal([0], Contents(await Office.Get(owner, $"{path}?limit=2&after={first.GetProperty("next").GetString()}")));

        static IEnumerable<int> Contents(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(f => f.GetProperty("content").GetString()![2] - '0');
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;
}
