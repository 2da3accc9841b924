using Granary.Domain.Assignment;
using Granary.Domain.People;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class PrecedenceTests
{
    private static readonly AssignmentRule EachInTurn = Rule(AssignmentMethod.RoundRobin);

    [Fact]
    public void Duplicates_owner_comes_before_the_named_account_owner_and_both_before_the_rules()
    {
        var office = new Office(EachInTurn, Zhang, Li, Wang);

        Assert.Equal("李", office.Names(1, Lead with { DuplicatesOwner = Li.Id, NamedAccountOwner = Wang.Id }));
        Assert.Equal("王", office.Names(1, Lead with { NamedAccountOwner = Wang.Id }));
        Assert.Equal("张", office.Names(1));
    }

    [Fact]
    public void Named_account_owner_who_had_the_lead_and_lost_it_does_not_get_it_back()
    {
        var office = new Office(EachInTurn, Zhang, Li);

        var decision = office.Decide(Lead with { NamedAccountOwner = Li.Id, EarlierOwners = [Li.Id] });

        Assert.Equal(Zhang.Id, decision.OwnerId);
        Assert.Equal(new CandidateVerdict(null, Li.Id, Ineligible.EarlierOwner), decision.Candidates[0]);
    }

    [Fact]
    public void An_owner_who_was_passed_over_once_is_not_asked_again()
    {
        var office = new Office(EachInTurn, Zhang with { Status = PersonStatus.Away }, Li);

        var decision = office.Decide(Lead with { DuplicatesOwner = Zhang.Id, NamedAccountOwner = Zhang.Id });

        Assert.Equal(Li.Id, decision.OwnerId);
        Assert.Single(decision.Candidates, c => c.RuleId is null);
    }

    [Fact]
    public void Owner_by_precedence_needs_no_working_hours_and_no_speciality()
    {
        var rule = EachInTurn with { Require = new() { WithinWorkingHours = true, MatchRegion = true } };
        var office = new Office(rule, Zhang with { Regions = ["西藏"] }) { Now = At(2026, 11, 7, 3, 0) };

        var decision = office.Decide(From("上海") with { DuplicatesOwner = Zhang.Id });

        Assert.Equal(Zhang.Id, decision.OwnerId);
        Assert.Null(decision.RuleId);
        Assert.Equal(new RepresentativeLoad(1, 1), office.Board.LoadOf(Zhang.Id));
    }

    [Theory]
    [InlineData(PersonStatus.Departed, "inactive")]
    [InlineData(PersonStatus.Away, "away")]
    public void Duplicates_owner_who_does_not_work_here_is_passed_over_and_the_ledger_says_why(PersonStatus status, string why)
    {
        var office = new Office(EachInTurn, Zhang with { Status = status }, Li);

        var decision = office.Decide(Lead with { DuplicatesOwner = Zhang.Id });

        Assert.Equal(Li.Id, decision.OwnerId);
        var reason = decision.Reasons[0];
        Assert.Equal(("duplicates_owner_passed_over", "张", why), (reason.Code, reason.Facts["owner"], reason.Facts["ineligible"]));
        Assert.Null(decision.Candidates[0].RuleId);
    }

    [Fact]
    public void Duplicates_owner_at_a_cap_is_passed_over_since_caps_are_never_exceeded()
    {
        var office = new Office(EachInTurn, Zhang with { HoldingCap = 150, DailyIntakeCap = 20 }, Li);

        office.Board.Load(Zhang.Id, new RepresentativeLoad(0, 150));
        Assert.Equal(Li.Id, office.Decide(Lead with { DuplicatesOwner = Zhang.Id }).OwnerId);
        office.Board.Load(Zhang.Id, new RepresentativeLoad(20, 20));
        Assert.Equal(Li.Id, office.Decide(Lead with { DuplicatesOwner = Zhang.Id }).OwnerId);
    }

    [Fact]
    public void Owner_who_is_not_known_any_more_is_passed_over_for_the_next_in_precedence() =>
        Assert.Equal(Li.Id, new Office(EachInTurn, Zhang, Li).Decide(Lead with { DuplicatesOwner = Id(99), NamedAccountOwner = Li.Id }).OwnerId);

    [Fact]
    public void Turns_of_the_rules_are_not_used_up_by_precedence()
    {
        var office = new Office(EachInTurn, Zhang, Li, Wang);
        office.Names(3, Lead with { DuplicatesOwner = Zhang.Id });

        Assert.Equal("张李王", office.Names(3));
    }
}
