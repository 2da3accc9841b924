using System.Text.Json.Nodes;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Matching;
using Granary.Domain.Ownership;
using Granary.Domain.Privacy;
using Granary.Testing;

namespace Granary.Application.Tests.Settings;

/// <summary>What people send for a policy is named where it is wrong, and never a fault.</summary>
public sealed class PolicyShapeTests
{
    [Theory]
    [InlineData("pools", """{"pools":{"x":null}}""", "pools.x", "required")]
    [InlineData("pools", """{"pools":null}""", "pools", "required")]
    [InlineData("pools", """{"default":null}""", "default", "required")]
    [InlineData("pools", """{"default":{"visibleFields":[null]}}""", "default.visibleFields[0]", "required")]
    [InlineData("pools", """{"flows":[null]}""", "flows[0]", "required")]
    [InlineData("pools", """{"flows":[{"id":"a","name":"a"}]}""", "flows[0].to", "required")]
    [InlineData("pools", """{"defaults":{}}""", "defaults", "unknown_field")]
    [InlineData("pools", """{"protection":[]}""", "protection", "wrong_type")]
    [InlineData("pools", """{"protection":{"days":"many"}}""", "protection.days", "wrong_type")]
    [InlineData("sla", """{"rules":{}}""", "rules", "wrong_type")]
    [InlineData("sla", """{"rules":[{"id":"a","name":"a","minutes":60,"when":[{"field":"priority"}]}]}""", "rules[0].when[0].comparison", "required")]
    [InlineData("sla", """{"rules":[{"id":"a","name":"a","minutes":60,"when":[{"field":"priority","comparison":"anyOf","values":null}]}]}""", "rules[0].when[0].values", "required")]
    [InlineData("sla", """{"rules":[{"id":"a","name":"a","minutes":60,"when":[{"field":"priority","comparison":99,"values":["high"]}]}]}""", "rules[0].when[0].comparison", "not_a_choice")]
    [InlineData("assignment", "null", "$", "required")]
    [InlineData("assignment", "[]", "$", "wrong_type")]
    [InlineData("assignment", "", "$", "invalid_json")]
    [InlineData("duplicates", """{"channels":[{"channel":"x"}]}""", "channels[0].policy", "required")]
    public void What_is_missing_empty_or_of_another_type_is_named_at_its_place(string kind, string body, string field, string code) =>
        Assert.Contains((field, code), PolicyKind.All.Single(k => k.Name == kind).Validate(body).Select(e => (e.Field, e.Code)));

    [Fact]
    public void A_condition_that_compares_with_nothing_needs_no_values() =>
        Assert.Empty(PolicyKind.Sla.Validate("""{"rules":[{"id":"a","name":"a","minutes":60,"when":[{"field":"company.industry","comparison":"present"}]}]}"""));

    [Fact]
    public void A_limit_that_was_emptied_stays_empty_when_it_is_stored()
    {
        var open = new PoolRules { DailyClaimCap = null, HoldingCap = null, DailyViewCap = null };
        var read = Json.Read<PoolPolicy>(Json.Write(PoolPolicy.BuiltIn with { Default = open })).Default;
        Assert.Equal((null, null, null), (read.DailyClaimCap, read.HoldingCap, read.DailyViewCap));
    }

    [Theory]
    [InlineData("capture")]
    [InlineData("cleansing")]
    [InlineData("duplicates")]
    [InlineData("scoring")]
    [InlineData("assignment")]
    [InlineData("pools")]
    [InlineData("sla")]
    [InlineData("masking")]
    public async Task Whatever_stands_in_place_of_any_part_of_a_policy_is_taken_or_refused_but_no_fault(string name)
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        var kind = PolicyKind.All.Single(k => k.Name == name);
        var saving = new SavePolicy(shop.Store, shop.Settings, shop.Time);
        var body = Full(kind);
        Assert.Empty(kind.Validate(body));
        foreach (var instead in new[] { "null", "[]", "{}", "\"\"", "0", "[null]", "{\"x\":null}", "true" })
        {
            foreach (var changed in Each(body, instead))
            {
                Assert.All(await saving.Check(kind, changed, Shop.Ct), error => Assert.False(string.IsNullOrEmpty(error.Code) || string.IsNullOrEmpty(error.Field), changed));
            }
        }
    }

    // The built-in policies with what they leave empty.
    private static string Full(PolicyKind kind) =>
        kind == PolicyKind.Assignment ? Json.Write(AssignmentPolicy.BuiltIn with
        {
            Rules =
            [
                new()
                {
                    Id = "all", Name = "all", When = [new("priority", Granary.Domain.Policies.Comparison.AnyOf, ["high"])],
                    Target = AssignmentTarget.OfRole("sales_representative"), Method = AssignmentMethod.RoundRobin,
                },
            ],
        })
        : kind == PolicyKind.Duplicates ? Json.Write(DuplicatePolicies.BuiltIn with { Channels = [new ChannelDuplicatePolicy("广告/抖音广告", DuplicatePolicy.Consumer)] })
        : kind == PolicyKind.Pools ? Json.Write(PoolPolicy.BuiltIn with { InvalidReasons = ["要价太高"], Default = new PoolRules { Regions = ["上海"], StandsFor = "nurture" } })
        : kind == PolicyKind.Masking ? Json.Write(MaskingPolicy.BuiltIn with { Places = new Dictionary<MaskPlace, ContactMasks> { [MaskPlace.Pool] = ContactMasks.Hidden } })
        : kind.BuiltIn;

    // The body with each of its parts replaced in turn, itself included.
    private static IEnumerable<string> Each(string body, string instead)
    {
        yield return instead;
        foreach (var path in Paths(JsonNode.Parse(body)!, []).ToList())
        {
            var root = JsonNode.Parse(body)!;
            var holder = path[..^1].Aggregate(root, (node, step) => step is int i ? node[i]! : node[(string)step]!);
            if (path[^1] is int at)
            {
                holder[at] = JsonNode.Parse(instead);
            }
            else
            {
                holder[(string)path[^1]] = JsonNode.Parse(instead);
            }

            yield return root.ToJsonString();
        }
    }

    private static IEnumerable<object[]> Paths(JsonNode node, object[] path)
    {
        IEnumerable<(object Step, JsonNode? Node)> parts = node switch
        {
            JsonObject members => members.Select(m => ((object)m.Key, m.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        return parts.SelectMany(part => Paths(part.Node!, [.. path, part.Step]).Prepend([.. path, part.Step]));
    }
}
