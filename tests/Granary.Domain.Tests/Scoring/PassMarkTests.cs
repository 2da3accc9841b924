using Granary.Domain.Capture;
using Granary.Domain.Scoring;
using static Granary.Domain.Capture.TouchKind;

namespace Granary.Domain.Tests.Scoring;

public sealed class PassMarkTests
{
    [Fact]
    public void Lead_at_60_is_mature() =>
        Assert.True(Leads.Facts(CompanySize.Large, BuyingRole.DecisionMaker, BudgetMatch.Full).Scored().Mature);

    [Fact]
    public void Lead_below_60_is_not_mature() =>
        Assert.False(Leads.Facts(CompanySize.Medium, BuyingRole.DecisionMaker, BudgetMatch.Partial).Scored().Mature);

    [Fact]
    public void Touch_that_lifts_the_total_over_the_mark_makes_the_lead_mature() =>
        Assert.True(Leads.Facts(CompanySize.Medium, BuyingRole.DecisionMaker, BudgetMatch.Partial).Scored(new TouchTally(CorePageViewed, 1)).Mature);

    [Fact]
    public void Lead_promoted_by_hand_is_mature_whatever_its_score()
    {
        var facts = Leads.Facts() with { Score = Leads.Facts().Scored() };

        Assert.Equal(["no"], facts.Values("mature"));
        Assert.Equal(["yes"], (facts with { Promoted = true }).Values("mature"));
    }

    [Fact]
    public void Set_of_cells_decides_instead_of_the_total()
    {
        var mark = new PassMark(60) { Cells = ["A1", "B1"] };

        Assert.True(mark.IsReached(10, "B1"));
        Assert.False(mark.IsReached(100, "A2"));
    }
}
