using System.Text.Json;
using Granary.Testing;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.Ownership;

public sealed class RetrySweepTests
{
    [Theory, OnBothDatabases]
    public async Task A_lead_of_the_evening_is_given_out_by_itself_when_work_begins(DatabaseKind kind)
    {
        // Monday 20:00 in China.
        var clock = new FakeClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var office = await Office.Open(kind, clock);
        var (zhang, _) = await office.Hire("Zhang");
        var rule = new { id = "at_work", name = "at_work", target = new { role = "sales_representative" }, method = "roundRobin", require = new { withinWorkingHours = true } };
        await Office.Post(office.Admin, "/api/v1/policies/assignment/draft", new { rules = new[] { rule }, fallbackPool = "sdr" });
        await Office.Post(office.Admin, "/api/v1/policies/assignment/publication", new { note = "within hours" });
        var lead = await office.Submit(office.Lead());
        Assert.Equal("sdr", lead.GetProperty("pool").GetString());
        var path = $"/api/v1/leads/{lead.GetProperty("id").GetGuid()}";

        clock.MoveTo(new DateTimeOffset(2026, 3, 3, 1, 0, 30, TimeSpan.Zero));

        JsonElement now = default;
        for (var patience = 0; patience < 100; patience++)
        {
            now = await Office.Get(office.Admin, path);
            if (now.GetProperty("owner").ValueKind != JsonValueKind.Null)
            {
                break;
            }

            await Task.Delay(100, Office.Ct);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(zhang, now.GetProperty("owner").GetProperty("id").GetGuid());
    }
}
