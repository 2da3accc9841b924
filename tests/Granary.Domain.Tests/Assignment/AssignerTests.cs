using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using static Granary.Domain.Tests.Assignment.Office;

namespace Granary.Domain.Tests.Assignment;

public sealed class AssignerTests
{
    private static readonly AssignmentRule First = Rule(AssignmentMethod.RoundRobin, AssignmentTarget.OfUsers(Zhang.Id)) with { Id = "first", Name = "first" };

    private static readonly AssignmentRule Second = Rule(AssignmentMethod.RoundRobin, AssignmentTarget.OfUsers(Li.Id)) with { Id = "second", Name = "second" };

    [Fact]
    public void First_rule_that_finds_a_recipient_wins_and_the_ledger_keeps_those_before_it()
    {
        var office = new Office(new AssignmentPolicy { Rules = [First, Second] }, Zhang with { Status = PersonStatus.Away }, Li);

        var decision = office.Decide();

        Assert.Equal(("second", Li.Id), (decision.RuleId, decision.OwnerId));
        Assert.Equal([new("first", Zhang.Id, Ineligible.Away), new CandidateVerdict("second", Li.Id, Ineligible.No)], decision.Candidates);
        Assert.Equal(["nobody_eligible first", "round_robin second"], decision.Reasons.Select(reason => $"{reason.Code} {reason.Rule}"));
    }

    [Fact]
    public void Rule_whose_conditions_do_not_hold_is_not_considered()
    {
        var office = new Office(new AssignmentPolicy { Rules = [First with { When = [When("channel", "展会")] }, Second] }, Zhang, Li);

        Assert.Equal(["second"], office.Decide().Candidates.Select(verdict => verdict.RuleId));
        Assert.Equal("张", office.Names(1, Lead with { Facts = Lead.Facts with { Channel = "展会/上海" } }));
    }

    [Fact]
    public void Rule_to_a_pool_always_finds_a_recipient_and_is_not_retried()
    {
        var decision = new Office(new AssignmentPolicy { Rules = [First with { Target = AssignmentTarget.OfPool("east") }, Second] }, Li).Decide();

        Assert.Equal(("east", "first", null, false), (decision.PoolKey, decision.RuleId, decision.OwnerId, decision.Unassigned));
    }

    [Fact]
    public void Fallback_pool_takes_what_no_rule_could_give_and_it_is_retried_after_ten_minutes()
    {
        var office = new Office(First, Zhang with { Status = PersonStatus.Away });

        var decision = office.Decide();

        Assert.Equal((PoolKeys.Sdr, null, Morning.AddMinutes(10)), (decision.PoolKey, decision.RuleId, decision.RetryAt));
        Assert.True(decision.Unassigned);
        Assert.False(office.Board.Dirty);
    }

    [Fact]
    public void Retry_comes_with_the_next_start_of_work_when_that_is_sooner()
    {
        var office = new Office(First with { Require = new() { WithinWorkingHours = true } }, Zhang) { Now = At(2026, 11, 2, 8, 53) };

        Assert.Equal(At(2026, 11, 2, 9, 0), office.Decide().RetryAt);
    }

    [Fact]
    public void Board_knows_what_is_to_be_written_back()
    {
        var office = new Office(First, Zhang, Li);
        office.Board.Load(Zhang.Id, new RepresentativeLoad(3, 40));
        office.Board.Load(Li.Id, new RepresentativeLoad(1, 1));

        office.Decide();

        Assert.Equal([(Zhang.Id, new RepresentativeLoad(4, 41))], office.Board.ChangedLoads);
        Assert.Equal(["first"], office.Board.ChangedRotations.Select(rotation => rotation.RuleId));
    }

    [Fact]
    public void Reach_names_owners_by_precedence_and_the_rules_up_to_the_first_pool()
    {
        var policy = new AssignmentPolicy { Rules = [First with { When = [When("channel", "展会")] }, First with { Id = "pool", Target = AssignmentTarget.OfPool("east") }, Second] };
        var roster = new Roster([Zhang, Li, Wang]);

        var reach = Assigner.Reach(policy, [Lead with { Facts = Lead.Facts with { Channel = "展会" } }, Lead with { DuplicatesOwner = Wang.Id }], roster);

        Assert.Equal([Zhang.Id, Wang.Id], reach.Users);
        Assert.Equal(["first"], reach.Rules);
    }

    [Fact]
    public void No_cap_is_exceeded_nobody_inactive_gets_anything_and_only_what_reach_names_changes() => Prop.ForAll(Offices, office =>
    {
        var reach = Assigner.Reach(office.Policy, [Lead, Lead with { DuplicatesOwner = Id(1) }], office.Roster);
        for (var i = 0; i < 60; i++)
        {
            var decision = office.Decide(i % 7 == 0 ? Lead with { DuplicatesOwner = Id(1) } : Lead);
            var owner = decision.OwnerId is { } id ? office.Roster.Find(id)! : null;

            Assert.True(owner is null || owner.Status == PersonStatus.Active);
            Assert.Equal(1, new object?[] { decision.OwnerId, decision.TrayUserId, decision.PoolKey }.Count(outcome => outcome is not null));
            Assert.All(office.Board.ChangedLoads, changed =>
            {
                var person = office.Roster.Find(changed.UserId)!;
                Assert.True(changed.Load.TakenToday <= (person.DailyIntakeCap ?? int.MaxValue) && changed.Load.Holding <= (person.HoldingCap ?? int.MaxValue));
            });
        }

        Assert.Subset(reach.Users.ToHashSet(), office.Board.ChangedLoads.Select(changed => changed.UserId).ToHashSet());
        Assert.Subset(reach.Rules.ToHashSet(), office.Board.ChangedRotations.Select(rotation => rotation.RuleId).ToHashSet());
    }).Check(Run.Property);

    private static Arbitrary<Office> Offices => (
        from people in Gen.Choose(1, 8).SelectMany(count => Enumerable.Range(1, count).Select(Somebody).Aggregate(
            Gen.Constant(Array.Empty<Representative>()), (all, one) => from before in all from next in one select before.Append(next).ToArray()))
        from method in Gen.Elements(AssignmentMethod.Designated, AssignmentMethod.RoundRobin, AssignmentMethod.Weighted, AssignmentMethod.ByTier, AssignmentMethod.ByPerformance)
        from first in Gen.Elements(AssignmentMethod.RoundRobin, AssignmentMethod.Manual)
        select new Office(
            new AssignmentPolicy { Rules = [Rule(method), Rule(first, AssignmentTarget.OfUsers(Id(1), Id(2))) with { Id = "second" }] }, people)).ToArbitrary();

    private static Gen<Representative> Somebody(int number) =>
        from status in Gen.Elements(PersonStatus.Active, PersonStatus.Active, PersonStatus.Away, PersonStatus.Departed)
        from daily in Gen.Elements<int?>(null, 0, 1, 5)
        from holding in Gen.Elements<int?>(null, 0, 3, 10)
        from weight in Gen.Choose(0, 5)
        select Person(number) with { Status = status, DailyIntakeCap = daily, HoldingCap = holding, Weight = weight };
}
