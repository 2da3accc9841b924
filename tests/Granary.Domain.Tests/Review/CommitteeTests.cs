using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.FollowUp;
using Granary.Domain.Policies;
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
    public void A_rule_of_review_needs_a_line_and_a_committee_whose_chair_is_a_member()
    {
        Assert.Empty(ReviewPolicy.BuiltIn.Validate());
        Assert.Equal(["lines[0].line", "lines[0].members"], Errors(new ReviewRule()));
        var rule = new ReviewRule { Line = "default", Members = Members };
        Assert.Empty(Errors(rule));
        Assert.Equal(["lines[0].chair"], Errors(rule with { Rule = CommitteeRule.Chair }));
        Assert.Equal(["lines[0].chair"], Errors(rule with { Chair = Guid.Empty }));
        Assert.Equal(["lines[0].members[5]"], Errors(rule with { Members = [.. Members, Members[0]] }));
        Assert.Equal(["lines[1].line"], Errors(rule, rule));
        Assert.Equal(["lines[0].requiredFields[0]", "lines[0].statusReviewDays"], Errors(rule with { RequiredFields = ["phone"], StatusReviewDays = 0 }));
        Assert.Equal(["lines[0].opinion.minutes"], Errors(rule with { Opinion = new DecisionRule { Minutes = 0 } }));
    }

    [Fact]
    public void Who_is_reviewed_does_not_change_with_a_score_or_the_hour()
    {
        var rule = new ReviewRule { Line = "default", Members = Members };

        Assert.Equal(["lines[0].when[0].field"], Errors(rule with { When = [new Condition("priority", Comparison.AnyOf, ["high"])] }));
        Assert.Empty(Errors(rule with { When = [new Condition("budget.max", Comparison.AtLeast, ["1000000"]), new Condition("custom.plant", Comparison.Present)] }));
    }

    [Fact]
    public void The_owner_is_whom_the_chair_names_else_whom_most_name()
    {
        var (one, other) = (new Guid(9, 0, 0, new byte[8]), new Guid(8, 0, 0, new byte[8]));
        ReviewOpinion[] opinions = [Approves(1, Large) with { OwnerId = one }, Approves(2, Large) with { OwnerId = other }, Approves(3, Large) with { OwnerId = other }];

        Assert.Equal(other, Five.Standing(CommitteeRule.Majority, opinions).OwnerId);
        Assert.Equal(one, Five.Standing(CommitteeRule.Majority, [.. opinions, Approves(0, Large) with { OwnerId = one }]).OwnerId);
        Assert.Null(Five.Standing(CommitteeRule.Majority, [Approves(1, Large), Approves(2, Large), Approves(3, Large)]).OwnerId);
    }

    [Fact]
    public void A_decision_says_by_which_rule_and_how_the_grade_came_about()
    {
        Assert.Empty(Five.Standing(CommitteeRule.Majority, [Approves(1, Large)]).Reasons);
        var passed = Five.Standing(CommitteeRule.Majority, [Approves(1, Large), Approves(2, Large), Approves(3, Large)]).Reasons;
        Assert.Equal(["decided", "amount", "ownership", "customer", "grade"], passed.Select(r => r.Code));
        Assert.Equal(("majority", "3", "5", "15"), (passed[0].Rule, passed[0].Facts["count"], passed[0].Facts["members"], passed[4].Facts["sum"]));
        var tied = Five.Standing(CommitteeRule.Majority, [Says(0, ReviewVerdict.Return), Says(1, ReviewVerdict.Return), Approves(2, Large), Approves(3, Large), Says(4, ReviewVerdict.Reject)]).Reasons;
        Assert.Equal("chair", Assert.Single(tied).Rule);
    }

    [Fact]
    public void A_status_review_that_changes_something_says_why()
    {
        Assert.Empty(StatusReviews.Errors(LookOutcome.Confirm, null, null, ProjectGrade.A));
        Assert.Equal(["reason"], StatusReviews.Errors(LookOutcome.Close, null, " ", ProjectGrade.A).Select(e => e.Field));
        Assert.Equal(["reason", "elements"], StatusReviews.Errors(LookOutcome.Regrade, null, null, ProjectGrade.A).Select(e => e.Field));
        Assert.Equal("no_change", Assert.Single(StatusReviews.Errors(LookOutcome.Regrade, Large, "why", ProjectGrade.A)).Code);
        Assert.Equal("elements.amount", Assert.Single(StatusReviews.Errors(LookOutcome.Regrade, Small with { Amount = -1 }, "why", ProjectGrade.A)).Field);
        Assert.Empty(StatusReviews.Errors(LookOutcome.Regrade, Small, "why", ProjectGrade.A));
    }

    private static IEnumerable<string> Errors(params IReadOnlyList<ReviewRule> rules) => new ReviewPolicy { Lines = rules }.Validate().Select(e => e.Field);

    private static ReviewOpinion Approves(int member, GradeElements elements) => new(Members[member], ReviewVerdict.Approve, null, elements);

    private static ReviewOpinion Says(int member, ReviewVerdict verdict) => new(Members[member], verdict, "why");

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
