using System.Net;
using System.Text.Json;
using Granary.Application.Privacy.Audit;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Desk;

/// <summary>The audit over HTTP: who may read it, the feed, the search, the chain.</summary>
public sealed class AuditApiTests
{
    private const string Audit = "/api/v1/audit", Events = "/api/v1/events";

    [Theory, OnBothDatabases]
    public async Task Only_who_may_read_the_audit_reads_it(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var (_, legal) = await office.Hire("Li", "legal");
        foreach (var path in new[] { Audit, Events, $"{Audit}/chain", $"{Audit}/verifications" })
        {
            await Office.Send(seller, HttpMethod.Get, path, null, HttpStatusCode.Forbidden);
            await Office.Get(legal, path);
        }

        await Office.Post(seller, $"{Audit}/verifications", new { }, HttpStatusCode.Forbidden);
        await Office.Send(legal, HttpMethod.Get, $"{Audit}/verifications/{Guid.NewGuid()}", null, HttpStatusCode.NotFound);
    }

    [Theory, OnBothDatabases]
    public async Task The_feed_gives_every_event_once_and_goes_on_where_it_ended(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        await office.Submit(office.Lead());
        List<long> positions = [];
        var next = await Follow(null);
        await office.Submit(office.Lead());
        await Follow(next);
        var written = await office.Read(db => db.Set<EventRecord>().OrderBy(e => e.Position).Select(e => e.Position).ToListAsync(Office.Ct));
        Assert.Equal(written, positions);
        Assert.Equal("bad_cursor", (await Office.Send(office.Admin, HttpMethod.Get, $"{Events}?after=x", null, HttpStatusCode.BadRequest)).GetProperty("code").GetString());

        async Task<string> Follow(string? after)
        {
            for (var quiet = 0; quiet < 2;)
            {
                var page = await Office.Get(office.Admin, $"{Events}?limit=3{(after is null ? "" : $"&after={after}")}");
                positions.AddRange(Items(page).Select(e => e.GetProperty("position").GetInt64()));
                quiet = Items(page).Any() ? 0 : quiet + 1;
                after = page.GetProperty("next").GetString();
            }

            return after!;
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_search_filters_by_who_what_and_when_and_masks_numbers_that_somebody_wrote(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (zhang, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        await Office.Post(seller, $"/api/v1/leads/{lead}/return", new { reason = "客户让打 13800138000 找王总" });

        var own = Items(await Office.Get(office.Admin, $"{Audit}?actor={zhang}")).ToList();
        Assert.Equal("lead.returned", Assert.Single(own).GetProperty("kind").GetString());
        Assert.DoesNotContain("13800138000", own[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("王总", own[0].GetRawText(), StringComparison.Ordinal);
        Assert.All(Items(await Office.Get(office.Admin, $"{Audit}?subject={lead}")), e => Assert.Equal(lead, e.GetProperty("subject").GetGuid()));
        Assert.All(Items(await Office.Get(office.Admin, $"{Audit}?kind=user.*&kind=api_key.created")), e => Assert.Matches("^(user\\.|api_key\\.created)", e.GetProperty("kind").GetString()));
        Assert.Empty(Items(await Office.Get(office.Admin, $"{Audit}?from=2100-01-01T00:00:00Z")));
        Assert.Empty(Items(await Office.Get(office.Admin, $"{Audit}?to=2020-01-01T00:00:00Z")));
        Assert.NotEmpty(Items(await Office.Get(office.Admin, $"{Audit}?from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")));
        var first = await Office.Get(office.Admin, $"{Audit}?limit=2");
        var second = await Office.Get(office.Admin, $"{Audit}?limit=2&after={first.GetProperty("next").GetString()}");
        var positions = Items(first).Concat(Items(second)).Select(e => e.GetProperty("position").GetInt64()).ToList();
        Assert.Equal(positions.OrderDescending(), positions);
        Assert.Equal(4, positions.Distinct().Count());
    }

    [Theory, OnBothDatabases]
    public async Task A_verification_runs_in_the_background_finds_a_noted_hash_and_names_what_was_done(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Submit(office.Lead());
        await office.Granary.Services.GetRequiredService<SealEvents>().Run(Office.Ct);
        var hash = (await Office.Get(office.Admin, $"{Audit}/chain")).GetProperty("seal").GetProperty("hash").GetString();
        Assert.Equal("bad_hash", (await Office.Post(office.Admin, $"{Audit}/verifications", new { noted = "abc" }, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0].GetProperty("code").GetString());

        var sound = await Verified(office, hash);
        Assert.Equal(("sound", JsonValueKind.Null), (sound.GetProperty("state").GetString(), sound.GetProperty("fault").ValueKind));
        Assert.True(sound.GetProperty("events").GetInt64() > 0);
        Assert.Equal("notedSealMissing", (await Verified(office, new string('0', 64))).GetProperty("fault").GetProperty("kind").GetString());

        var store = office.Granary.Services.GetRequiredService<Store>();
        var position = await office.Read(db => db.Set<EventRecord>().MinAsync(e => e.Position, Office.Ct));
        await store.Write(scope => scope.Db.Set<EventRecord>().Where(e => e.Position == position).ExecuteUpdateAsync(e => e.SetProperty(x => x.Data, "{}"), Office.Ct), Office.Ct);
        var fault = (await Verified(office, null)).GetProperty("fault");
        Assert.Equal(("eventChanged", position), (fault.GetProperty("kind").GetString(), fault.GetProperty("position").GetInt64()));
        Assert.Equal(3, Items(await Office.Get(office.Admin, $"{Audit}?kind=audit.verified")).Count());
    }

    [Theory, OnBothDatabases]
    public async Task Who_looks_at_a_lead_that_is_not_theirs_is_in_the_audit_once_a_day_and_not_in_the_timeline(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (_, seller) = await office.Hire("Zhang");
        var lead = (await office.Submit(office.Lead())).GetProperty("id").GetGuid();
        for (var i = 0; i < 3; i++)
        {
            await Office.Get(office.Admin, $"/api/v1/leads/{lead}");
            await Office.Get(seller, $"/api/v1/leads/{lead}");
            await office.Granary.Services.GetRequiredService<SeenLeads>().Flush(Office.Ct);
        }

        var look = Assert.Single(Items(await Office.Get(office.Admin, $"{Audit}?kind=lead.viewed")));
        Assert.Equal((lead, await office.AdminId()), (look.GetProperty("subject").GetGuid(), look.GetProperty("actor").GetProperty("id").GetGuid()));
        Assert.DoesNotContain(Items(await Office.Get(office.Admin, $"/api/v1/leads/{lead}/timeline")), e => e.GetProperty("kind").GetString() == "lead.viewed");
    }

    private static async Task<JsonElement> Verified(Office office, string? noted)
    {
        var id = (await Office.Post(office.Admin, $"{Audit}/verifications", new { noted })).GetProperty("id").GetGuid();
        for (var patience = 0; ; patience++)
        {
            var now = await Office.Get(office.Admin, $"{Audit}/verifications/{id}");
            if (now.GetProperty("state").GetString() != "running" || patience > 600)
            {
                return now;
            }

            await Task.Delay(100, Office.Ct);
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement page) => page.GetProperty("items").EnumerateArray();
}
