using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Privacy;

public sealed class ExportPolicyTests
{
    [Theory]
    [InlineData(0, ExportVerdict.Free)]
    [InlineData(1_000, ExportVerdict.Free)]
    [InlineData(1_001, ExportVerdict.NeedsApproval)]
    [InlineData(100_000, ExportVerdict.NeedsApproval)]
    [InlineData(100_001, ExportVerdict.TooMany)]
    public void Above_a_thousand_rows_somebody_approves_and_above_a_hundred_thousand_nobody_can(int rows, ExportVerdict verdict) =>
        Assert.Equal(verdict, ExportPolicy.BuiltIn.Judge(rows));

    [Fact]
    public void Nought_asks_for_approval_always() => Assert.Equal(ExportVerdict.NeedsApproval, new ExportPolicy { ApprovalAbove = 0 }.Judge(1));

    [Fact]
    public void Contact_data_is_masked_unless_the_policy_says_otherwise() => Assert.False(ExportPolicy.BuiltIn.PlainContacts);

    [Theory]
    [InlineData(-1, 100, 7, "approvalAbove")]
    [InlineData(101, 100, 7, "approvalAbove")]
    [InlineData(0, 0, 7, "mostRows")]
    [InlineData(1, 1_000_001, 7, "mostRows")]
    [InlineData(1, 100, 0, "daysKept")]
    [InlineData(1, 100, 31, "daysKept")]
    public void Limits_that_make_no_sense_are_refused(int approval, int most, int days, string field) =>
        Assert.Equal(field, Assert.Single(new ExportPolicy { ApprovalAbove = approval, MostRows = most, DaysKept = days }.Validate()).Field);
}
