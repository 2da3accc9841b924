using Granary.Domain.Privacy;

namespace Granary.Domain.Tests.Privacy;

public sealed class PrivacyPolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_a_new_organisation_begins_with_can_be_published() => Assert.Empty(PrivacyPolicy.BuiltIn.Validate());

    [Fact]
    public void Only_what_was_found_invalid_or_voided_and_what_belongs_to_no_lead_is_cleared_unasked() => Assert.Equal(
        [RetentionSubject.Invalid, RetentionSubject.Voided, RetentionSubject.KeptSubmissions, RetentionSubject.VisitorTouches],
        PrivacyPolicy.BuiltIn.Retention.Where(r => r.Enabled).Select(r => r.Subject));

    [Fact]
    public void Contact_by_sales_cannot_be_left_out()
    {
        var policy = PrivacyPolicy.BuiltIn with { Purposes = [.. PrivacyPolicy.BuiltIn.Purposes.Where(p => p.Key != ConsentPurpose.SalesContact)] };
        Assert.Contains(("purposes", "required"), policy.Validate().Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void A_purpose_needs_a_key_of_its_own_and_words_in_both_languages()
    {
        var bad = new ConsentPurpose { Key = "Mail!", Name = new Dictionary<string, string> { ["zh-CN"] = "邮件" }, TextVersion = "" };
        var policy = PrivacyPolicy.BuiltIn with { Purposes = [.. PrivacyPolicy.BuiltIn.Purposes, PrivacyPolicy.BuiltIn.Purposes[0], bad] };
        var errors = policy.Validate().Select(e => (e.Field, e.Code)).ToList();
        Assert.Contains(("purposes[4].key", "duplicate"), errors);
        Assert.Contains(("purposes[5].key", "malformed"), errors);
        Assert.Contains(("purposes[5].name.en", "required"), errors);
        Assert.Contains(("purposes[5].text.zh-CN", "required"), errors);
        Assert.Contains(("purposes[5].textVersion", "required"), errors);
    }

    [Fact]
    public void Days_have_bounds_and_a_subject_stands_once()
    {
        var policy = PrivacyPolicy.BuiltIn with
        {
            AnswerDays = 91,
            RemindDays = [91],
            Retention = [new() { Subject = RetentionSubject.Invalid, Days = 0 }, new() { Subject = RetentionSubject.Invalid, Days = 1 }],
        };
        Assert.Equal(
            [("answerDays", "out_of_range"), ("remindDays[0]", "out_of_range"), ("retention[0].days", "out_of_range"), ("retention[1].subject", "duplicate")],
            policy.Validate().Select(e => (e.Field, e.Code)));
    }

    [Fact]
    public void Those_who_answer_are_reminded_seven_three_and_one_days_before_and_at_the_deadline()
    {
        var policy = PrivacyPolicy.BuiltIn;
        var due = policy.DueAt(Now);
        Assert.Equal(Now.AddDays(15), due);
        List<double> days = [];
        for (var at = policy.RemindAt(due, Now); at is { } next; at = policy.RemindAt(due, next))
        {
            days.Add((due - next).TotalDays);
        }

        Assert.Equal([7, 3, 1, 0], days);
    }
}
