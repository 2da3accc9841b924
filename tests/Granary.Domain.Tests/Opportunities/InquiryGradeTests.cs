using Granary.Domain.Opportunities;

namespace Granary.Domain.Tests.Opportunities;

public sealed class InquiryGradeTests
{
    [Theory]
    [InlineData(true, true, Leaning.Ours, InquiryGrade.A)]
    [InlineData(true, true, Leaning.Unclear, InquiryGrade.B)]
    [InlineData(true, false, Leaning.Competitor, InquiryGrade.C)]
    [InlineData(false, true, Leaning.Ours, InquiryGrade.D)]
    [InlineData(false, false, Leaning.Unclear, InquiryGrade.E)]
    public void The_facts_speak_for_a_grade(bool budget, bool intends, Leaning leaning, InquiryGrade grade) =>
        Assert.Equal(grade, InquiryGrades.Suggested(new InquiryFacts(budget, intends, leaning)));

    [Theory]
    [InlineData(InquiryGrade.B, InquiryGrade.B, "why", false, false, InquiryRefusal.NoChange)]
    [InlineData(InquiryGrade.B, InquiryGrade.A, " ", false, false, InquiryRefusal.ReasonRequired)]
    [InlineData(InquiryGrade.A, InquiryGrade.C, null, false, false, InquiryRefusal.ReasonRequired)]
    [InlineData(InquiryGrade.A, InquiryGrade.S, "signed", false, false, InquiryRefusal.SuccessCaseRequired)]
    [InlineData(InquiryGrade.B, InquiryGrade.F, "another won", false, false, InquiryRefusal.LossReportRequired)]
    [InlineData(InquiryGrade.F, InquiryGrade.B, "they came back", true, true, InquiryRefusal.AlreadyClosed)]
    [InlineData(InquiryGrade.S, InquiryGrade.A, "cancelled", true, true, InquiryRefusal.AlreadyClosed)]
    public void A_change_is_refused(InquiryGrade from, InquiryGrade to, string? reason, bool success, bool loss, InquiryRefusal refusal) =>
        Assert.Equal(refusal, InquiryGrades.Refusal(from, to, reason, success, loss));

    [Theory]
    [InlineData(InquiryGrade.D, InquiryGrade.A, false, false)]
    [InlineData(InquiryGrade.A, InquiryGrade.S, true, false)]
    [InlineData(InquiryGrade.C, InquiryGrade.F, false, true)]
    public void A_change_with_a_reason_is_made(InquiryGrade from, InquiryGrade to, bool success, bool loss) =>
        Assert.Null(InquiryGrades.Refusal(from, to, "budget approved", success, loss));
}
