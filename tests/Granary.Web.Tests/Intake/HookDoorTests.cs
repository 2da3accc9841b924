using System.Net;
using System.Text.Json;
using Granary.Application.Capture;
using Granary.Application.Settings;
using Granary.Testing;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Intake;

public sealed class HookDoorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Another_systems_delivery_is_read_by_the_mapping_and_lands_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = await Hook(office);
        using var platform = office.Granary.CreateClient();
        const string delivery = """{"data":{"clue":{"user":{"n":"张三","tel":["138 0013 8000"]}},"answers":[{"v":"采购 CRM"},{"v":3}]}}""";

        var first = await Office.Post(platform, path, delivery, HttpStatusCode.OK);
        var again = await Office.Post(platform, path, delivery, HttpStatusCode.OK);

        Assert.Equal("created", first.GetProperty("outcome").GetString());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        var lead = await office.Read(db => db.Set<Lead>().SingleAsync(Ct));
        Assert.Equal(("张三", "采购 CRM", 3), (lead.ContactName, lead.Requirement, lead.Headcount));
    }

    [Theory, OnBothDatabases]
    public async Task What_cannot_be_taken_in_is_answered_with_a_problem(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var path = await Hook(office);
        using var platform = office.Granary.CreateClient();

        Assert.Equal("broken_json", Code(await Office.Post(platform, path, "{", HttpStatusCode.BadRequest)));
        Assert.Equal("invalid", Code(await Office.Post(platform, path, "{}", HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("invalid", Code(await Office.Post(platform, path, """{"data":{"answers":[0,{"v":"many"}]}}""", HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("not_found", Code(await Office.Post(platform, "/hooks/guess", "{}", HttpStatusCode.NotFound)));
        Assert.Equal(0, await office.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private static async Task<string> Hook(Office office)
    {
        var setting = await office.Granary.Services.GetRequiredService<SettingCache>().Get(Ct);
        var issued = await office.Granary.Services.GetRequiredService<SaveHook>().Create(
            setting.People.Keys.Single(),
            new HookInput("Ads", setting.Channels.All[0].Id, true, new Dictionary<string, string>
            {
                ["contact.name"] = "$.data.clue.user.n",
                ["contact.phones"] = "data.clue.user.tel[0]",
                ["requirement"] = "data.answers[0].v",
                ["company.headcount"] = "data.answers[1].v",
            }),
            Ct);
        return $"/hooks/{issued.Token}";
    }
}
