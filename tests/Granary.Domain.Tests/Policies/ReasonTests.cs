using Granary.Domain.Policies;

namespace Granary.Domain.Tests.Policies;

public sealed class ReasonTests
{
    [Fact]
    public void Facts_keep_their_order_and_a_later_one_takes_the_place_of_its_namesake()
    {
        var facts = Reason.Of("score", "total", null, ("total", "12"), ("stage", "mql"), ("total", "13")).Facts;

        Assert.Equal(2, facts.Count);
        Assert.Equal([("total", "13"), ("stage", "mql")], facts.Select(f => (f.Key, f.Value)));
        Assert.Equal(["total", "stage"], facts.Keys);
        Assert.Equal(["13", "mql"], facts.Values);
        Assert.Equal("13", facts["total"]);
        Assert.True(facts.ContainsKey("stage"));
    }

    [Fact]
    public void A_fact_that_is_not_there_is_asked_for_like_in_any_dictionary()
    {
        var facts = Reason.Of("match", "no_match").Facts;

        Assert.Empty(facts);
        Assert.False(facts.TryGetValue("count", out _));
        Assert.Throws<KeyNotFoundException>(() => facts["count"]);
    }
}
