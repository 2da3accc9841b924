using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Capture;
using Granary.Domain.Scoring;

namespace Granary.Domain.Tests.Scoring;

public sealed class ScorerPropertyTests
{
    private static readonly Arbitrary<TouchTally[]> Touches = (
        from kind in Gen.Elements(Enum.GetValues<TouchKind>())
        from count in Gen.Choose(0, 5)
        from hours in Gen.Choose(0, 5_000)
        select new TouchTally(kind, count, Leads.Now.AddHours(-hours))).ArrayOf().ToArbitrary();

    private static readonly Arbitrary<LeadFacts> Facts = (
        from size in Gen.Elements<CompanySize?>(null, CompanySize.Small, CompanySize.Medium, CompanySize.Large)
        from role in Gen.Elements<BuyingRole?>(null, BuyingRole.User, BuyingRole.Influencer, BuyingRole.DecisionMaker)
        from match in Gen.Elements<BudgetMatch?>(null, BudgetMatch.None, BudgetMatch.Partial, BudgetMatch.Full)
        select Leads.Facts(size, role, match)).ToArbitrary();

    private static readonly Arbitrary<ScoreModel> Models = (
        from days in Gen.Elements<double?>(null, 1, 30)
        from signed in Gen.Elements(-15, 0, 7)
        select ScoreModel.BuiltIn with { HalfLifeDays = days, TouchRules = [.. ScoreModel.BuiltIn.TouchRules, new(TouchKind.Unsubscribed, signed)] })
        .ToArbitrary();

    [Fact]
    public void Lines_add_up_to_their_dimension_exactly() => Prop.ForAll(Models, Facts, Touches, (model, facts, touches) =>
    {
        var score = Scorer.Score(model, facts, touches, Leads.Now);

        Assert.Equal(score.Attributes, score.Sum(ScoreDimension.Attributes));
        Assert.Equal(score.Behaviour, score.Sum(ScoreDimension.Behaviour));
        Assert.Equal(score.EngagementPoints, score.Sum(ScoreDimension.Engagement));
        Assert.Equal(score.Total, score.Attributes + score.Behaviour);
    }).Check(Run.Property);

    [Fact]
    public void One_more_touch_with_positive_points_never_lowers_the_total() => Prop.ForAll(Models, Touches, Touches, (model, touches, more) =>
    {
        var positive = more.Where(touch => touch.Kind is TouchKind.Downloaded or TouchKind.CorePageViewed or TouchKind.WebinarAttended);
        var before = Scorer.Score(model, Leads.Facts(), touches, Leads.Now);
        var after = Scorer.Score(model, Leads.Facts(), [.. touches, .. positive], Leads.Now);

        Assert.True(after.Total >= before.Total);
    }).Check(Run.Property);

    [Fact]
    public void Caps_hold_and_the_order_of_touches_does_not_matter() => Prop.ForAll(Models, Facts, Touches, (model, facts, touches) =>
    {
        var score = Scorer.Score(model, facts, touches, Leads.Now);
        var reversed = Scorer.Score(model, facts, [.. touches.Reverse()], Leads.Now);

        Assert.True(score.Behaviour <= 40 && score.Attributes <= 60);
        Assert.Equal((score.Total, score.Cell, score.EngagementPoints), (reversed.Total, reversed.Cell, reversed.EngagementPoints));
    }).Check(Run.Property);

    [Fact]
    public void Without_a_half_life_touches_of_a_kind_may_be_folded_into_one_tally() => Prop.ForAll(Facts, Touches, (facts, touches) =>
    {
        TouchTally[] folded = [.. touches.GroupBy(touch => touch.Kind).Select(kind => new TouchTally(kind.Key, kind.Sum(touch => touch.Count)))];

        var (whole, parts) = (facts.Scored(folded), facts.Scored(touches));
        Assert.Equal((whole.Total, whole.EngagementPoints), (parts.Total, parts.EngagementPoints));
    }).Check(Run.Property);
}
