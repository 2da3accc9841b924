using FsCheck;
using FsCheck.Fluent;
using Granary.Domain.Capture;

namespace Granary.Domain.Tests.Capture;

public sealed class SubmissionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 30, 0, TimeSpan.Zero);

    private static readonly LeadSubmission Lead = new()
    {
        Channel = "官网/百度搜索",
        ReceivedAt = Now,
        Company = new CompanyDetails { Name = "北京纷扬科技有限公司", Industry = "软件", Size = CompanySize.Large, Headcount = 600 },
        Contact = new ContactDetails { Name = "张三", Role = BuyingRole.DecisionMaker, Phones = ["13800138000"], Emails = ["zhang@example.com"] },
        Requirement = "采购 CRM，预算 50 万\n\t三个月内上线 👍 𠮷",
        Budget = new Budget(400_000m, 500_000.50m, BudgetMatch.Full),
        PurchaseBy = new DateOnly(2027, 2, 1),
        Consent = new Consent("sales_contact", "1", Now),
        Custom = new Dictionary<string, string> { ["备注"] = "一\n二" },
        Touches = [new SubmittedTouch(TouchKind.PageVisited, Now.AddDays(-1), 3)],
    };

    [Fact]
    public void A_whole_submission_passes() => Assert.Empty(SubmissionRules.Validate(Lead, CapturePolicy.BuiltIn.For(Lead.Channel, isEnteredByStaff: true), Now));

    [Fact]
    public void Channel_name_and_one_way_of_contact_are_required_by_default() =>
        Assert.Equal(["channel: required", "contact.name: required", "contact: contact_required"], Errors(new LeadSubmission { Contact = new ContactDetails { Name = " ", Phones = [""] } }));

    [Theory]
    [InlineData("13800138000", null, null)]
    [InlineData(null, "zhang@example.com", null)]
    [InlineData(null, null, "zhang_san01")]
    public void Any_one_way_of_contact_is_enough(string? phone, string? email, string? weChat) =>
        Assert.Empty(Errors(Lead with
        {
            Contact = new ContactDetails { Name = "张三", Phones = phone is null ? [] : [phone], Emails = email is null ? [] : [email], WeChat = weChat },
        }));

    [Fact]
    public void Staff_must_tell_company_industry_size_and_requirement_besides()
    {
        var bare = Lead with { Company = CompanyDetails.Empty, Requirement = null };
        Assert.Empty(SubmissionRules.Validate(bare, CapturePolicy.BuiltIn.For(bare.Channel, isEnteredByStaff: false), Now));
        Assert.Equal(
            ["company.name", "company.industry", "company.size", "requirement"],
            SubmissionRules.Validate(bare, CapturePolicy.BuiltIn.For(bare.Channel, isEnteredByStaff: true), Now).Select(static error => error.Field));
    }

    [Fact]
    public void A_headcount_tells_the_size_too() =>
        Assert.Empty(new RequiredFields(["company.size"]).Missing(Lead with { Company = new CompanyDetails { Headcount = 3 } }));

    [Fact]
    public void A_wrong_phone_number_is_taken_in_for_cleansing_to_find() =>
        Assert.Empty(Errors(Lead with { Contact = Lead.Contact with { Phones = ["12345"], Emails = ["nobody"] } }));

    public static TheoryData<string, LeadSubmission> Refused { get; } = new()
    {
        { "channel: too_long", Lead with { Channel = new string('官', 101) } },
        { "channel: invalid_channel", Lead with { Channel = "官网/" } },
        { "channel: invalid_channel", Lead with { Channel = "a/b/c" } },
        { "company.name: too_long", Lead with { Company = Lead.Company with { Name = new string('司', 201) } } },
        { "company.name: control_character", Lead with { Company = Lead.Company with { Name = "北京\0公司" } } },
        { "company.name: control_character", Lead with { Company = Lead.Company with { Name = "北京\n公司" } } },
        { "company.creditCode: invalid_credit_code", Lead with { Company = Lead.Company with { CreditCode = "91330100799655058A" } } },
        { "company.size: unknown_value", Lead with { Company = Lead.Company with { Size = (CompanySize)9 } } },
        { "company.headcount: out_of_range", Lead with { Company = Lead.Company with { Headcount = -1 } } },
        { "company.headcount: out_of_range", Lead with { Company = Lead.Company with { Headcount = 10_000_001 } } },
        { "contact.role: unknown_value", Lead with { Contact = Lead.Contact with { Role = (BuyingRole)9 } } },
        { "contact.name: too_long", Lead with { Contact = Lead.Contact with { Name = new string('张', 101) } } },
        { "contact.phones: too_many", Lead with { Contact = Lead.Contact with { Phones = ["1", "2", "3", "4", "5", "6"] } } },
        { "contact.phones[1]: control_character", Lead with { Contact = Lead.Contact with { Phones = ["13800138000", "138\u00070013"] } } },
        { "contact.phones[0]: too_long", Lead with { Contact = Lead.Contact with { Phones = [new string('1', 61)] } } },
        { "contact.emails[0]: too_long", Lead with { Contact = Lead.Contact with { Emails = [new string('a', 255)] } } },
        { "requirement: too_long", Lead with { Requirement = new string('求', 4001) } },
        { "requirement: control_character", Lead with { Requirement = "a\u001Bb" } },
        { "requirement: invalid_text", Lead with { Requirement = "a" + (char)0xD83D } },
        { "requirement: invalid_text", Lead with { Requirement = (char)0xDC4D + "a" } },
        { "products: too_many", Lead with { Products = [.. Enumerable.Repeat("x", 21)] } },
        { "tags: too_many", Lead with { Tags = [.. Enumerable.Repeat("x", 21)] } },
        { "tags[0]: too_long", Lead with { Tags = [new string('x', 41)] } },
        { "keyword: too_long", Lead with { Keyword = new string('x', 201) } },
        { "landingPage: too_long", Lead with { LandingPage = new string('x', 2001) } },
        { "receivedAt: in_the_future", Lead with { ReceivedAt = Now.AddMinutes(5).AddSeconds(1) } },
        { "receivedAt: out_of_range", Lead with { ReceivedAt = default(DateTimeOffset) } },
        { "budget.min: out_of_range", Lead with { Budget = new Budget(-1, null, null) } },
        { "budget.max: out_of_range", Lead with { Budget = new Budget(null, 1_000_000_000_001m, null) } },
        { "budget.min: min_above_max", Lead with { Budget = new Budget(2, 1, null) } },
        { "budget.min: too_precise", Lead with { Budget = new Budget(1.005m, null, null) } },
        { "budget.match: unknown_value", Lead with { Budget = new Budget(1, 1, (BudgetMatch)9) } },
        { "purchaseBy: out_of_range", Lead with { PurchaseBy = new DateOnly(1999, 12, 31) } },
        { "consent.purpose: required", Lead with { Consent = new Consent(" ", null, null) } },
        { "consent.givenAt: in_the_future", Lead with { Consent = new Consent("sales_contact", null, Now.AddHours(1)) } },
        { "custom: too_many", Lead with { Custom = Enumerable.Range(0, 51).ToDictionary(static i => $"f{i}", static _ => "x") } },
        { "custom.备注: too_long", Lead with { Custom = new Dictionary<string, string> { ["备注"] = new string('x', 2001) } } },
        { "custom: too_long", Lead with { Custom = new Dictionary<string, string> { [new string('x', 61)] = "x" } } },
        { "touches[0].kind: unknown_value", Lead with { Touches = [new SubmittedTouch((TouchKind)99, null)] } },
        { "touches[0].count: out_of_range", Lead with { Touches = [new SubmittedTouch(TouchKind.PageVisited, null, 0)] } },
        { "touches[0].at: in_the_future", Lead with { Touches = [new SubmittedTouch(TouchKind.PageVisited, Now.AddHours(1))] } },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public void A_field_that_breaks_a_rule_is_named_with_the_rule(string expected, LeadSubmission lead) => Assert.Equal([expected], Errors(lead));

    [Fact]
    public void Every_limit_is_inclusive() =>
        Assert.Empty(Errors(Lead with
        {
            Company = Lead.Company with { Name = new string('司', 200), Headcount = 10_000_000 },
            Contact = Lead.Contact with { Phones = ["1", "2", "3", "4", "5"] },
            Requirement = new string('求', 4000),
            ReceivedAt = Now.AddMinutes(5),
            Tags = [.. Enumerable.Repeat(new string('x', 40), 20)],
            Budget = new Budget(1_000_000_000_000m, 1_000_000_000_000m, null),
        }));

    [Fact]
    public void White_space_around_a_text_neither_counts_nor_offends() =>
        Assert.Empty(Errors(Lead with { Company = Lead.Company with { Name = "\r\n" + new string('司', 200) + "\t" } }));

    [Fact]
    public void Emoji_count_as_the_two_units_a_browser_counts()
    {
        Assert.Empty(Errors(Lead with { Contact = Lead.Contact with { Name = string.Concat(Enumerable.Repeat("👍", 50)) } }));
        Assert.Equal(["contact.name: too_long"], Errors(Lead with { Contact = Lead.Contact with { Name = string.Concat(Enumerable.Repeat("👍", 51)) } }));
    }

    [Fact]
    public void A_credit_code_may_be_typed_in_lower_case_with_spaces() =>
        Assert.Empty(Errors(Lead with { Company = Lead.Company with { CreditCode = " 9133 0100 7996 5505 8b" } }));

    [Fact]
    public void Every_error_of_a_submission_is_told_at_once() =>
        Assert.Equal(
            ["channel: required", "company.headcount: out_of_range", "contact.phones: too_many"],
            Errors(Lead with { Channel = null, Company = Lead.Company with { Headcount = -1 }, Contact = Lead.Contact with { Phones = ["1", "2", "3", "4", "5", "6"] } }));

    [Fact]
    public void Any_text_in_any_field_is_judged_without_a_fault() =>
        Prop.ForAll<string[], string>(static (texts, text) =>
            SubmissionRules.Validate(
                new LeadSubmission
                {
                    Channel = text,
                    Requirement = text,
                    Tags = texts ?? [],
                    Company = new CompanyDetails { CreditCode = text, Name = text },
                    Contact = new ContactDetails { Phones = texts ?? [], Emails = texts ?? [] },
                },
                RequiredFields.BuiltIn,
                Now) is not null).Check(Run.Property);

    private static string[] Errors(LeadSubmission lead) =>
        [.. SubmissionRules.Validate(lead, RequiredFields.BuiltIn, Now).Select(static error => $"{error.Field}: {error.Code}")];
}
