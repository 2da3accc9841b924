using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;
using static Granary.Domain.Capture.TouchKind;

namespace Granary.Domain.Tests.Scoring;

public sealed class MatrixTests
{
    private static readonly MatrixSettings Matrix = ScoreModel.BuiltIn.Matrix;

    [Fact]
    public void Engagement_85_and_fit_67_3_is_B1() => Assert.Equal("B1", MatrixCell.Name(Matrix.FitOf(67.3m), Matrix.LevelOf(85m)));

    [Theory]
    [InlineData("80", 1)]
    [InlineData("79.99", 2)]
    [InlineData("60", 2)]
    [InlineData("59.5", 3)]
    [InlineData("40", 3)]
    [InlineData("39.99", 4)]
    [InlineData("0", 4)]
    [InlineData("500", 1)]
    public void Fraction_belongs_to_the_level_whose_lower_bound_it_reaches(string points, int level) =>
        Assert.Equal(level, Matrix.LevelOf(decimal.Parse(points)));

    [Theory]
    [InlineData("80", Fit.A)]
    [InlineData("79.9", Fit.B)]
    [InlineData("60", Fit.B)]
    [InlineData("59.9", Fit.C)]
    [InlineData("40", Fit.C)]
    [InlineData("39.9", Fit.D)]
    public void Fit_begins_at_its_lower_bound(string points, Fit fit) => Assert.Equal(fit, Matrix.FitOf(decimal.Parse(points)));

    [Theory]
    [InlineData(FormSubmitted, 20)]
    [InlineData(ServiceConsulted, 20)]
    [InlineData(OfflineEventAttended, 20)]
    [InlineData(MailReplied, 20)]
    [InlineData(SpamComplaint, -20)]
    [InlineData(AccountFollowed, 10)]
    [InlineData(AccountUnfollowed, -10)]
    [InlineData(LiveWatched, 10)]
    [InlineData(ReplayWatched, 10)]
    [InlineData(MailOpened, 10)]
    [InlineData(FormVisited, 5)]
    [InlineData(PageVisited, 5)]
    [InlineData(ModuleClicked, 5)]
    [InlineData(ArticleClicked, 5)]
    [InlineData(Unsubscribed, -5)]
    public void Event_counts_its_signed_points(TouchKind kind, int points)
    {
        var score = Leads.Facts().Scored(new(FormSubmitted, 2), new(kind, 1));

        Assert.Equal(40 + points, score.EngagementPoints);
    }

    [Fact]
    public void Engagement_is_floored_at_zero_and_the_breakdown_says_so()
    {
        var score = Leads.Facts().Scored(new(SpamComplaint, 2), new(PageVisited, 1));

        Assert.Equal(0, score.EngagementPoints);
        Assert.Equal(4, score.Engagement);
        Assert.Contains(new ScoreLine(ScoreDimension.Engagement, ScoreSource.Floor, "", 0, 35), score.Lines);
    }

    [Fact]
    public void Engagement_is_not_capped() => Assert.Equal(400, Leads.Facts().Scored(new TouchTally(FormSubmitted, 20)).EngagementPoints);

    [Fact]
    public void Forty_attribute_points_are_a_fit_of_two_thirds_and_B()
    {
        var score = Leads.Facts(CompanySize.Large, match: BudgetMatch.Full).Scored(new TouchTally(FormSubmitted, 4));

        Assert.Equal(66.67m, Math.Round(score.FitPoints, 2));
        Assert.Equal("B1", score.Cell);
    }

    [Fact]
    public void Negative_attributes_are_a_fit_of_zero()
    {
        var model = ScoreModel.BuiltIn with { AttributeRules = [new AttributeRule("student", [new("contact.title", Comparison.Contains, ["学生"])], -30)] };

        var score = Scorer.Score(model, Leads.Facts() with { ContactTitle = "在校学生" }, [], Leads.Now);

        Assert.Equal(-30, score.Total);
        Assert.Equal(0, score.FitPoints);
    }
}
