using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class DiagramTests
{
    [Fact]
    public void Causes_stand_left_of_their_effects()
    {
        var chain = new PainChain(
            [new("late", "用户", "报表总是晚"), new("blind", "销售总监", "看不清预测"), new("miss", "总经理", "目标落空"), new("cost", "财务", "加班费高")],
            [new("late", "blind"), new("blind", "miss"), new("late", "cost"), new("late", "miss")]);

        Assert.Empty(chain.Validate());
        Assert.Equal((0, 1, 2, 1), (chain.Levels()!["late"], chain.Levels()!["blind"], chain.Levels()!["miss"], chain.Levels()!["cost"]));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    public void Pains_that_cause_themselves_are_refused(string cause, string effect)
    {
        var chain = new PainChain([new("a", "用户", "一"), new("b", "用户", "二")], [new("a", "b"), new(cause, effect)]);

        Assert.Equal("goes_in_circles", Assert.Single(chain.Validate()).Code);
    }

    [Fact]
    public void A_chain_names_what_is_wrong_with_it()
    {
        var chain = new PainChain([new("a", "", "一"), new("a", "用户", new string('痛', 501))], [new("a", "c")]);

        Assert.Equal(
            [("painChain.pains[0].role", "required"), ("painChain.pains[1].text", "too_long"), ("painChain.pains[1].id", "duplicate"), ("painChain.links[0]", "unknown")],
            chain.Validate().Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void Support_weighs_attitude_by_influence_and_names_who_endangers_it()
    {
        var chain = new DecisionChain([Person("boss", -1, 5), Person("it", 2, 3, "boss"), Person("user", 1, 2, "it")]);

        Assert.Empty(chain.Validate());
        Assert.Equal(0.3m, chain.Support);
        Assert.Equal("boss", Assert.Single(chain.Risks).Id);
    }

    [Fact]
    public void People_who_report_to_each_other_are_refused()
    {
        var chain = new DecisionChain([Person("a", 0, 3, "b"), Person("b", 0, 3, "a"), Person("c", 0, 3, "a")]);

        Assert.Equal("goes_in_circles", Assert.Single(chain.Validate()).Code);
    }

    [Fact]
    public void Judgements_out_of_range_are_refused()
    {
        var chain = new DecisionChain([Person("a", 3, 6, "nobody") with { Relation = -1 }]);

        Assert.Equal(["attitude", "influence", "relation", "reportsTo"], chain.Validate().Select(e => e.Field.Split('.')[^1]));
    }

    [Fact]
    public void A_capability_names_a_pain_of_the_chain()
    {
        var pains = new PainChain([new("late", "用户", "报表总是晚")], []);
        var vision = new Vision("随时看到预测", [new("销售总监", "每周一早上", "一眼看清预测", "late"), new("财务", "", "少加班", "gone")]);

        Assert.Equal("vision.capabilities[1].painId", Assert.Single(vision.Validate(pains)).Field);
    }

    private static DecisionPerson Person(string id, int attitude, int influence, string? reportsTo = null) =>
        new() { Id = id, Name = id, Attitude = attitude, Influence = influence, ReportsTo = reportsTo };
}
