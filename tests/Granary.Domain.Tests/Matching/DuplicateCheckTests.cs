using Granary.Domain.Matching;

namespace Granary.Domain.Tests.Matching;

public sealed class DuplicateCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Zhang = Id(1);
    private static readonly Guid Li = Id(2);

    [Fact]
    public void A_lead_of_the_same_phone_is_linked_to_its_source_and_gets_the_owner()
    {
        var decision = DuplicateCheck.Decide(DuplicatePolicy.Business, [Lead(11, daysAgo: 5, owner: Zhang)], Now);

        Assert.Equal(MatchOutcome.Linked, decision.Outcome);
        Assert.Equal(LeadLabel.Linked, decision.Label);
        Assert.Equal(Id(11), decision.SourceLeadId);
        Assert.Equal(Zhang, decision.OwnerId);
        Assert.Equal("lead_phone", decision.Rule);
    }

    [Fact]
    public void A_third_lead_that_shares_the_phone_of_a_linked_one_is_linked_to_the_earliest()
    {
        var l2 = Lead(12, daysAgo: 3, owner: Zhang) with { SourceLeadId = Id(11) };

        var decision = DuplicateCheck.Decide(DuplicatePolicy.Business, [l2], Now);

        Assert.Equal(Id(11), decision.SourceLeadId);
        Assert.Equal(Zhang, decision.OwnerId);
        Assert.Contains(decision.Reasons, reason => reason.Code == "linked_through" && reason.Facts["throughLeadId"] == Id(12).ToString());
    }

    [Fact]
    public void Of_several_matching_leads_the_earliest_is_the_source_whatever_their_order()
    {
        MatchCandidate[] found = [Lead(13, daysAgo: 1, owner: Li), Lead(11, daysAgo: 9, owner: Zhang), Lead(12, daysAgo: 4, owner: Li)];

        foreach (var order in new[] { found, [.. found.Reverse()] })
            Assert.Equal((Id(11), Zhang), Source(DuplicateCheck.Decide(DuplicatePolicy.Business, order, Now)));
    }

    [Fact]
    public void An_accounts_company_goes_before_everything_else()
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Business,
            [Lead(11, daysAgo: 5, owner: Li), Account(21, MatchKeyKind.Company, owner: Zhang) with { Level = MatchLevel.Strong }],
            Now);

        Assert.Equal(MatchOutcome.ConvertedToExisting, decision.Outcome);
        Assert.Equal(LeadLabel.KnownAccountContact, decision.Label);
        Assert.Equal(Id(21), decision.AccountId);
        Assert.Equal(Zhang, decision.OwnerId);
        Assert.Equal("strong", Assert.Single(decision.Reasons).Facts["level"]);
    }

    [Fact]
    public void A_phone_of_an_accounts_contact_leads_to_the_account()
    {
        var contact = Account(21, MatchKeyKind.Phone, owner: Zhang) with { Target = MatchTarget.AccountContact };

        var decision = DuplicateCheck.Decide(DuplicatePolicy.Business, [contact, Lead(11, daysAgo: 5, owner: Li)], Now);

        Assert.Equal((MatchOutcome.ConvertedToExisting, "account_contact_phone"), (decision.Outcome, decision.Rule));
        Assert.Equal(Zhang, decision.OwnerId);
    }

    [Fact]
    public void A_weak_company_match_moves_nothing()
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Business, [Account(21, MatchKeyKind.Company, owner: Zhang) with { Level = MatchLevel.Weak }], Now);

        Assert.Equal(MatchOutcome.New, decision.Outcome);
        Assert.Null(decision.OwnerId);
        Assert.Null(decision.Rule);
        Assert.Equal("no_match", Assert.Single(decision.Reasons).Code);
    }

    [Fact]
    public void Strong_names_of_accounts_with_different_owners_give_the_lead_to_neither()
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Business,
            [
                Account(21, MatchKeyKind.Company, owner: Zhang) with { Level = MatchLevel.Strong },
                Account(22, MatchKeyKind.Company, owner: Li) with { Level = MatchLevel.Strong },
            ],
            Now);

        Assert.Equal((MatchOutcome.New, (Guid?)null), (decision.Outcome, decision.OwnerId));
        Assert.Equal(["ambiguous_account", "no_match"], decision.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData(MatchKeyKind.Company)]
    [InlineData(MatchKeyKind.CreditCode)]
    public void An_exact_account_wins_over_a_strong_one_of_somebody_else(MatchKeyKind key)
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Business,
            [Account(21, MatchKeyKind.Company, owner: Zhang) with { Level = MatchLevel.Strong }, Account(22, key, owner: Li)],
            Now);

        Assert.Equal((Id(22), Li), (decision.AccountId!.Value, decision.OwnerId!.Value));
    }

    [Fact]
    public void Leads_of_the_same_company_are_tagged_and_nothing_else_happens()
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Business,
            [
                Lead(12, daysAgo: 1, owner: Li) with { Key = MatchKeyKind.Company, Level = MatchLevel.Strong },
                Lead(11, daysAgo: 2, owner: Zhang) with { Key = MatchKeyKind.Company },
            ],
            Now);

        Assert.Equal((MatchOutcome.New, LeadLabel.NewLead, (Guid?)null), (decision.Outcome, decision.Label, decision.OwnerId));
        Assert.Equal([Id(11), Id(12)], decision.PossibleDuplicates);
        Assert.Equal("lead_company", decision.Rule);
    }

    [Fact]
    public void Invalid_and_voided_leads_take_no_new_interest_in()
    {
        var decision = DuplicateCheck.Decide(DuplicatePolicy.Business, [Lead(11, daysAgo: 5, owner: Zhang) with { Closed = true }], Now);

        Assert.Equal(MatchOutcome.New, decision.Outcome);
        Assert.Equal(["closed_left_out", "no_match"], decision.Reasons.Select(reason => reason.Code));
    }

    [Theory]
    [InlineData(MatchKeyKind.Phone)]
    [InlineData(MatchKeyKind.WeChat)]
    public void A_consumer_who_comes_again_refreshes_the_most_recent_lead(MatchKeyKind key)
    {
        var decision = DuplicateCheck.Decide(
            DuplicatePolicy.Consumer, [Lead(11, daysAgo: 80, owner: Li), Lead(12, daysAgo: 30, owner: Zhang) with { Key = key }], Now);

        Assert.Equal((MatchOutcome.Refreshed, LeadLabel.Reentered), (decision.Outcome, decision.Label));
        Assert.Equal((Id(12), Zhang), (decision.TargetLeadId!.Value, decision.OwnerId!.Value));
        Assert.Equal("30", decision.Reasons[0].Facts["days"]);
    }

    [Theory]
    [InlineData(90, 90, MatchOutcome.Refreshed)]
    [InlineData(90, 91, MatchOutcome.New)]
    [InlineData(180, 91, MatchOutcome.Refreshed)]
    [InlineData(180, 181, MatchOutcome.New)]
    [InlineData(90, -3, MatchOutcome.Refreshed)]
    public void The_window_counts_days_back_from_the_new_lead(int window, int daysAgo, MatchOutcome expected)
    {
        var policy = DuplicatePolicy.Consumer with { Rules = [DuplicatePolicy.Consumer.Rules[0] with { LookBackDays = window }] };

        Assert.Equal(expected, DuplicateCheck.Decide(policy, [Lead(11, daysAgo, Zhang)], Now).Outcome);
    }

    [Fact]
    public void An_instant_before_the_window_is_too_old()
    {
        var old = Lead(11, daysAgo: 90, owner: Zhang);

        Assert.Equal(MatchOutcome.New, DuplicateCheck.Decide(DuplicatePolicy.Consumer, [old with { ReceivedAt = old.ReceivedAt.AddTicks(-1) }], Now).Outcome);
    }

    [Fact]
    public void The_first_rule_that_matches_decides()
    {
        var linkFirst = DuplicatePolicy.Business with { Rules = [.. DuplicatePolicy.Business.Rules.Reverse()] };
        MatchCandidate[] found = [Lead(11, daysAgo: 5, owner: Li), Account(21, MatchKeyKind.Company, owner: Zhang)];

        Assert.Equal(MatchOutcome.ConvertedToExisting, DuplicateCheck.Decide(DuplicatePolicy.Business, found, Now).Outcome);
        Assert.Equal(MatchOutcome.Linked, DuplicateCheck.Decide(linkFirst, found, Now).Outcome);
    }

    private static (Guid, Guid) Source(MatchDecision decision) => (decision.SourceLeadId!.Value, decision.OwnerId!.Value);

    private static MatchCandidate Lead(int id, int daysAgo, Guid owner) => new()
    {
        Target = MatchTarget.Lead,
        Id = Id(id),
        Key = MatchKeyKind.Phone,
        OwnerId = owner,
        ReceivedAt = Now.AddDays(-daysAgo),
    };

    private static MatchCandidate Account(int id, MatchKeyKind key, Guid owner) => new()
    {
        Target = MatchTarget.Account,
        Id = Id(id),
        Key = key,
        OwnerId = owner,
        AccountId = Id(id),
        ReceivedAt = Now.AddDays(-100),
    };

    private static Guid Id(int n) => new(n, 0, 0, new byte[8]);
}
