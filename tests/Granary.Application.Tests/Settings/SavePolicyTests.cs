using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Scoring;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Settings;

public sealed class SavePolicyTests
{
    private static readonly string Strict = Json.Write(ScoreModel.BuiltIn with { PassMark = new PassMark(90) });

    [Theory]
    [OnBothDatabases]
    public async Task A_draft_rules_nothing_until_it_is_published_with_a_note(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var chief = await shop.Hire("主管", "system_administrator");
        var policies = new SavePolicy(shop.Store, shop.Settings, shop.Time);

        Assert.Equal(new SettingResult.Done("2"), await policies.Draft(chief, PolicyKind.Scoring, Strict, Shop.Ct));
        Assert.Equal(60, (await shop.Settings.Latest(Shop.Ct)).Scoring.PassMark.Score);
        Assert.IsType<SettingResult.Refused>(await policies.Publish(chief, PolicyKind.Scoring, " ", Shop.Ct));

        Assert.Equal(new SettingResult.Done("2"), await policies.Publish(chief, PolicyKind.Scoring, "只要高分", Shop.Ct));
        Assert.Equal(90, (await shop.Settings.Latest(Shop.Ct)).Scoring.PassMark.Score);
        var history = await new ReadPolicy(shop.Store).Of(PolicyKind.Scoring, Shop.Ct);
        Assert.Null(history.Draft);
        Assert.Equal((2, "只要高分", chief), (history.InForce.Version, history.InForce.Note, history.InForce.AuthorId));
    }

    [Theory]
    [OnBothDatabases]
    public async Task An_earlier_version_comes_back_as_a_draft_of_its_own(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var chief = await shop.Hire("主管", "system_administrator");
        var policies = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        await policies.Draft(chief, PolicyKind.Scoring, Strict, Shop.Ct);
        await policies.Publish(chief, PolicyKind.Scoring, "只要高分", Shop.Ct);

        Assert.Equal(new SettingResult.Done("3"), await policies.Restore(chief, PolicyKind.Scoring, 1, Shop.Ct));
        var history = await new ReadPolicy(shop.Store).Of(PolicyKind.Scoring, Shop.Ct);
        Assert.Equal(PolicyKind.Scoring.BuiltIn, history.Draft!.Body);
        Assert.Equal(2, history.InForce.Version);

        await policies.Discard(chief, PolicyKind.Scoring, Shop.Ct);
        Assert.IsType<SettingResult.Missing>(await policies.Publish(chief, PolicyKind.Scoring, "没有草稿", Shop.Ct));
        var told = await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind.StartsWith("policy.")).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Shop.Ct));
        Assert.Equal(["policy.drafted", "policy.published", "policy.drafted", "policy.discarded"], told);
    }

    [Theory]
    [OnBothDatabases]
    public async Task What_is_wrong_is_said_at_its_field_and_not_saved(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var policies = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        var nowhere = AssignmentPolicy.BuiltIn with { FallbackPool = "nowhere" };

        var refused = Assert.IsType<SettingResult.Refused>(await policies.Draft(Guid.Empty, PolicyKind.Assignment, Json.Write(nowhere), Shop.Ct));
        Assert.Equal([("fallbackPool", "unknown")], refused.Errors.Select(e => (e.Field, e.Code)));
        refused = Assert.IsType<SettingResult.Refused>(await policies.Draft(Guid.Empty, PolicyKind.Assignment, "{", Shop.Ct));
        Assert.Equal("invalid_json", Assert.Single(refused.Errors).Code);
        Assert.Single((await new ReadPolicy(shop.Store).Of(PolicyKind.Assignment, Shop.Ct)).Versions);
    }
}
