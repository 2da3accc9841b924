using System.Net;
using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.FollowUp;

public sealed class ViolationsApiTests
{
    [Theory, OnBothDatabases]
    public async Task A_deadline_that_is_missed_is_found_explained_and_excused(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var office = await Office.Open(kind, clock);
        var (zhang, owner) = await office.Hire("Zhang");
        var rule = new { id = "call", name = "call", minutes = 60, clock = "workingHours", reminders = Array.Empty<int>() };
        await Office.Post(office.Admin, "/api/v1/policies/sla/draft", new { rules = new[] { rule } });
        await Office.Post(office.Admin, "/api/v1/policies/sla/publication", new { note = "within the hour" });
        await Office.Post(office.Admin, "/api/v1/policies/assignment/draft", new { rules = new[] { new { id = "all", name = "all", target = new { users = new[] { zhang } }, method = "roundRobin" } }, fallbackPool = "sdr" });
        await Office.Post(office.Admin, "/api/v1/policies/assignment/publication", new { note = "all to one" });
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();

        var violation = await Patiently(clock, async () => (await Office.Get(owner, "/api/v1/violations?open=true")).GetProperty("items"));
        var id = violation.GetProperty("id").GetGuid();

        Assert.Equal((lead, "call", 60), (violation.GetProperty("leadId").GetGuid(), violation.GetProperty("ruleId").GetString(), violation.GetProperty("minutes").GetInt32()));
        Assert.Equal(lead, (await Office.Get(owner, "/api/v1/timers")).GetProperty("items")[0].GetProperty("leadId").GetGuid());
        await Office.Post(owner, $"/api/v1/violations/{id}/explanation", new { text = "客户出差" });
        await Office.Send(owner, HttpMethod.Post, $"/api/v1/violations/{id}/excuse", new { text = "自己" }, HttpStatusCode.Forbidden);
        await Office.Post(office.Admin, $"/api/v1/violations/{id}/excuse", new { text = "属实" });
        await Office.Send(office.Admin, HttpMethod.Post, $"/api/v1/violations/{id}/excuse", new { text = "再次" }, HttpStatusCode.Conflict);
        Assert.Equal(0, (await Office.Get(office.Admin, "/api/v1/violations?open=true")).GetProperty("items").GetArrayLength());
        Assert.Equal(2, (await Office.Get(office.Admin, $"/api/v1/violations/{id}")).GetProperty("notes").GetArrayLength());
        await Office.Post(office.Admin, $"/api/v1/violations/{id}/excuse-withdrawal", new { text = "查证有误" });
        await Office.Send(owner, HttpMethod.Get, $"/api/v1/violations/{Guid.NewGuid()}", null, HttpStatusCode.NotFound);
    }

    [Theory, OnBothDatabases]
    public async Task A_policy_whose_rule_never_fires_is_refused_in_words(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var high = new { field = "priority", comparison = "anyOf", values = new[] { "high" } };
        var low = new { field = "priority", comparison = "anyOf", values = new[] { "low" } };

        var problem = await Office.Send(
            office.Admin, HttpMethod.Post, "/api/v1/policies/sla/draft", new { rules = new[] { new { id = "a", name = "a", minutes = 60, when = new[] { high, low } } } }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("never_fires", problem.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"id":"a","name":"a","minutes":0}""", "rules[0].minutes", "always_fires")]
    [InlineData("""{"id":"a","name":"a","minutes":60,"from":"nextStep","goal":"conversion"}""", "rules[0].goal", "never_fires")]
    [InlineData("""{"id":"a","name":"a","minutes":-5}""", "rules[0].minutes", "out_of_range")]
    [InlineData("""{"id":"a","name":"a","minutes":60,"when":[{"field":"owner.role","comparison":"anyOf","values":["astronaut"]}]}""", "rules[0].when[0].values", "unknown")]
    public async Task A_rule_that_always_fires_or_never_can_is_refused_at_its_place(string rule, string field, string code)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        var problem = await Office.Send(office.Admin, HttpMethod.Post, "/api/v1/policies/sla/draft", $"{{\"rules\":[{rule}]}}", HttpStatusCode.UnprocessableEntity);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("field").GetString() == field && e.GetProperty("code").GetString() == code && e.GetProperty("message").GetString() != "");
    }

    // The clock moves as days do: the log is followed every second, and what is due is swept every five.
    private static async Task<JsonElement> Patiently(FakeClock clock, Func<Task<JsonElement>> read)
    {
        for (var patience = 0; patience < 300; patience++)
        {
            if (await read() is var found && found.GetArrayLength() > 0)
            {
                return found[0];
            }

            await Task.Delay(50, Office.Ct);
            clock.Advance(TimeSpan.FromSeconds(30));
        }

        throw new InvalidOperationException("Nothing was marked.");
    }
}
