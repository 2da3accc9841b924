using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Review;

namespace Granary.Domain.Tests.Review;

public sealed class CommitteeTests
{
    private static readonly Guid[] Members = [.. Enumerable.Range(1, 5).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly Committee Five = new(Members, Members[0]);

    private static readonly GradeElements Large = new(5_000_000m, 0.5m, CustomerClass.Strategic), Small = new(1m, 0, CustomerClass.Other);

    [Fact]
    public void Three_of_five_decide_before_the_others_have_spoken()
    {
        var standing = Five.Standing(CommitteeRule.Majority, [Approves(1, Large), Approves(2, Large), Approves(3, Small)]);

        Assert.Equal((ReviewVerdict.Approve, ProjectGrade.A), (standing.Decided, standing.Grade));
        Assert.Equal([Members[0], Members[4]], standing.Missing);
    }

    [Fact]
    public void Two_of_five_do_not() => Assert.Null(Five.Standing(CommitteeRule.Majority, [Approves(1, Large), Approves(2, Large)]).Decided);

    [Fact]
    public void When_no_majority_can_come_the_chair_decides()
    {
        ReviewOpinion[] opinions = [Says(0, ReviewVerdict.Return), Says(1, ReviewVerdict.Return), Approves(2, Large), Approves(3, Large), Says(4, ReviewVerdict.Reject)];

        Assert.Equal((ReviewVerdict.Return, true), (Five.Standing(CommitteeRule.Majority, opinions).Decided, Five.Standing(CommitteeRule.Majority, opinions).Stuck));
        Assert.Equal((null, true), (new Committee(Members, null).Standing(CommitteeRule.Majority, opinions).Decided, true));
    }

    [Fact]
    public void By_the_chair_nobody_else_decides()
    {
        var others = Members.Skip(1).Select(m => new ReviewOpinion(m, ReviewVerdict.Reject, "no")).ToList();

        Assert.Null(Five.Standing(CommitteeRule.Chair, others).Decided);
        Assert.Equal(ReviewVerdict.Approve, Five.Standing(CommitteeRule.Chair, [.. others, Approves(0, Large)]).Decided);
    }

    [Fact]
    public void Only_the_last_opinion_of_a_member_counts_and_none_of_a_stranger()
    {
        var stranger = new ReviewOpinion(Guid.Empty, ReviewVerdict.Approve, null, Large);
        var standing = Five.Standing(CommitteeRule.Majority, [Approves(1, Large), Approves(2, Large), Approves(3, Large), Says(3, ReviewVerdict.Reject), stranger]);

        Assert.Null(standing.Decided);
    }

    [Fact]
    public void The_grade_is_the_middle_of_those_who_approve()
    {
        var standing = Five.Standing(CommitteeRule.Majority, [Approves(0, Large), Approves(1, Small), Approves(2, Small), Approves(3, Large)]);

        Assert.Equal(ProjectGrade.C, standing.Grade);
    }

    [Fact]
    public void A_decision_of_the_majority_is_never_changed_by_who_speaks_later() => Prop.ForAll(
        (from member in Gen.Choose(0, 4) from verdict in Gen.Elements(Enum.GetValues<ReviewVerdict>()) select (member, verdict)).ArrayOf().ToArbitrary(),
        said =>
        {
            ReviewVerdict? decided = null;
            List<ReviewOpinion> opinions = [];
            foreach (var (member, verdict) in said.DistinctBy(s => s.member))
            {
                opinions.Add(new ReviewOpinion(Members[member], verdict, "why"));
                var now = new Committee(Members, null).Standing(CommitteeRule.Majority, opinions).Decided;
                if (decided is not null && now != decided)
                {
                    return false;
                }

                decided = now;
            }

            return true;
        }).Check(Run.Property);

    [Theory]
    [InlineData("2026-01-20", "2026-01-20")]
    [InlineData("2026-03-01", "2026-01-31")]
    [InlineData("2026-01-01", "2026-01-31")]
    public void A_status_review_comes_with_the_plan_or_after_thirty_days(string planned, string expected) =>
        Assert.Equal(Day(expected), StatusReviews.NextOn([Day(planned)], new DateOnly(2026, 1, 1), 30));

    [Fact]
    public void Conversion_is_opportunities_by_valid_leads()
    {
        Assert.Equal(0.25m, new ReviewKpi(20, 8, 2).Conversion);
        Assert.Null(new ReviewKpi(20, 0, 0).Conversion);
    }

    [Fact]
    public void A_policy_of_review_needs_a_committee_once_it_is_in_force()
    {
        Assert.Empty(ReviewPolicy.BuiltIn.Validate());
        Assert.Equal("members", Assert.Single((ReviewPolicy.BuiltIn with { Enabled = true }).Validate()).Field);
        Assert.Equal(
            ["chair"],
            (ReviewPolicy.BuiltIn with { Enabled = true, Members = Members, Rule = CommitteeRule.Chair }).Validate().Select(e => e.Field));
        Assert.Equal("not_a_member", Assert.Single((ReviewPolicy.BuiltIn with { Members = Members, Chair = Guid.Empty }).Validate()).Code);
    }

    private static ReviewOpinion Approves(int member, GradeElements elements) => new(Members[member], ReviewVerdict.Approve, null, elements);

    private static ReviewOpinion Says(int member, ReviewVerdict verdict) => new(Members[member], verdict, "why");

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
