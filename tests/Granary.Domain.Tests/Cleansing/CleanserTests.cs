using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;

namespace Granary.Domain.Tests.Cleansing;

public sealed class CleanserTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 30, 0, TimeSpan.Zero);

    private static readonly LeadSubmission Lead = new()
    {
        Channel = "官网/百度搜索",
        ReceivedAt = Now,
        Company = new CompanyDetails { Name = "北京纷扬科技有限公司", Province = "北京市" },
        Contact = new ContactDetails { Name = "张三", Title = "销售总监", Phones = ["13800138000"], Emails = ["zhang@example.com"] },
        Requirement = "采购 CRM，预算 50 万，三个月内上线",
        Products = ["CRM"],
    };

    [Fact]
    public void A_plain_lead_passes_with_nothing_found()
    {
        var clean = Clean(Lead);
        Assert.Equal(Finding.None, clean.Findings);
        Assert.Empty(clean.Reasons);
        Assert.False(clean.Held);
        Assert.Equal("+8613800138000", Assert.Single(clean.Phones).E164);
        Assert.Equal("zhang@example.com", Assert.Single(clean.Emails).Value);
    }

    [Fact]
    public void Every_text_is_brought_into_normal_form()
    {
        var submission = Clean(Lead with
        {
            Channel = " 官网 ／ 百度搜索 ",
            Company = new CompanyDetails { Name = " 北京纷扬科技有限公司（上海分公司） ", CreditCode = "９１３３０１００７９９６５５０５８ｂ" },
            Tags = ["重点", " 重点 ", "", "ＶＩＰ", "vip"],
            Custom = new Dictionary<string, string> { [" 来源 "] = " Ａ ", ["空"] = " " },
            LandingPage = " https://example.com/Ａ?q=１ ",
        }).Submission;
        Assert.Equal("官网/百度搜索", submission.Channel);
        Assert.Equal("北京纷扬科技有限公司(上海分公司)", submission.Company.Name);
        Assert.Equal("91330100799655058B", submission.Company.CreditCode);
        Assert.Equal(["重点", "VIP"], submission.Tags);
        Assert.Equal([new KeyValuePair<string, string>("来源", "A")], submission.Custom);
        Assert.Equal("https://example.com/Ａ?q=１", submission.LandingPage);
    }

    [Fact]
    public void One_number_typed_twice_is_one_key_and_one_field_may_hold_two_numbers()
    {
        var clean = Clean(Contact(new ContactDetails { Name = "张三", Phones = ["138 0013-8000", "+86-13800138000 / 0512-62345678-9"] }));
        Assert.Equal([new PhoneNumber("+8613800138000", null), new PhoneNumber("+8651262345678", "9")], clean.Phones);
        Assert.Equal(["+8613800138000", "+8651262345678x9"], clean.Submission.Contact.Phones);
    }

    [Fact]
    public void A_lead_with_no_valid_way_to_reach_it_is_held_and_says_which_rules_refused_what()
    {
        var clean = Clean(Contact(new ContactDetails { Name = "张三", Phones = ["13888888888", "12345"], Emails = ["x@mailinator.com"], WeChat = "无" }));
        Assert.Equal(Finding.InvalidContact, clean.Findings);
        Assert.True(clean.Held);
        Assert.Equal(
            [PhoneFault.MadeUp, PhoneFault.Length, EmailFault.Disposable, WeChatFault.Syntax, "invalid_contact"], clean.Reasons.Select(static reason => reason.Code));
        Assert.Equal("2", clean.Reasons[1].Facts["position"]);
        Assert.Equal(["13888888888", "12345"], clean.Submission.Contact.Phones);
        Assert.Empty(clean.Phones);
        Assert.Empty(clean.Emails);
    }

    [Fact]
    public void Reasons_never_hold_contact_data()
    {
        var clean = Clean(Contact(new ContactDetails { Name = "张三", Phones = ["13888888888"], Emails = ["secret@mailinator.com", "bad@"], WeChat = "坏id" }));
        Assert.All(clean.Reasons, static reason =>
            Assert.All(reason.Facts.Values, static fact => Assert.True(fact.Length == 1, fact)));
    }

    [Fact]
    public void One_valid_way_is_enough_although_another_is_refused()
    {
        var clean = Clean(Contact(new ContactDetails { Name = "张三", Phones = ["123"], WeChat = "Zhang_San01" }));
        Assert.Equal(Finding.None, clean.Findings);
        Assert.Equal(PhoneFault.Length, Assert.Single(clean.Reasons).Code);
        Assert.Equal("zhang_san01", clean.WeChat?.Value);
    }

    [Theory]
    [InlineData("展会/名单", Finding.None)]
    [InlineData("官网/百度搜索", Finding.InvalidContact)]
    public void A_channel_may_be_allowed_to_have_no_contact_data(string channel, Finding expected)
    {
        var policy = CleansingPolicy.BuiltIn with { ChannelsWithoutContact = ["展会"] };
        Assert.Equal(expected, Clean(Contact(new ContactDetails { Name = "张三" }) with { Channel = channel }, policy).Findings);
    }

    [Fact]
    public void A_channel_without_contact_data_does_not_excuse_a_wrong_number()
    {
        var policy = CleansingPolicy.BuiltIn with { ChannelsWithoutContact = ["官网"] };
        Assert.Equal(Finding.InvalidContact, Clean(Contact(new ContactDetails { Name = "张三", Phones = ["123"] }), policy).Findings);
    }

    [Fact]
    public void A_throw_away_address_counts_where_the_policy_allows_it()
    {
        var policy = CleansingPolicy.BuiltIn with { RefusesDisposableMail = false };
        var clean = Clean(Contact(new ContactDetails { Name = "张三", Emails = ["x@mailinator.com"] }), policy);
        Assert.Equal(Finding.None, clean.Findings);
        Assert.Single(clean.Emails);
    }

    [Theory]
    [InlineData(BlacklistKind.Phone, "13800138000", "blacklisted_phone")]
    [InlineData(BlacklistKind.Email, "zhang@example.com", "blacklisted_email")]
    [InlineData(BlacklistKind.Domain, "example.com", "blacklisted_domain")]
    [InlineData(BlacklistKind.Company, "北京纷扬科技有限公司", "blacklisted_company")]
    [InlineData(BlacklistKind.Ip, "203.0.113.0/24", "blacklisted_ip")]
    public void Who_is_on_the_blacklist_is_held_with_the_entry_s_reason(BlacklistKind kind, string value, string code)
    {
        Assert.True(BlacklistEntry.TryCreate(kind, value, "恶意竞争", "李四", null, out var entry, out _));
        var cleanser = new Cleanser(CleansingPolicy.BuiltIn, new Blacklist([entry!]), SensitiveWords.Empty, DisposableDomains.BuiltIn);
        var clean = cleanser.Clean(Lead with { RemoteAddress = "203.0.113.9" }, Now);
        Assert.Equal(Finding.Blacklisted, clean.Findings);
        Assert.True(clean.Held);
        var reason = Assert.Single(clean.Reasons);
        Assert.Equal((code, "恶意竞争"), (reason.Code, reason.Facts["reason"]));
    }

    [Fact]
    public void A_sensitive_word_is_found_in_any_text_field()
    {
        LeadSubmission[] leads =
        [
            Lead with { Requirement = "想要 ＣＡＳＩＮＯ 系统" },
            Lead with { Tags = ["casino"] },
            Lead with { Custom = new Dictionary<string, string> { ["备注"] = "casino" } },
            Lead with { Company = new CompanyDetails { Name = "Casino 有限公司" } },
            Lead with { Contact = Lead.Contact with { Title = "casino" } },
            Lead with { Utm = new UtmTags(null, null, null, "casino", null) },
        ];
        var cleanser = new Cleanser(CleansingPolicy.BuiltIn, Blacklist.Empty, new SensitiveWords(["casino"], []), DisposableDomains.BuiltIn);
        Assert.All(leads, lead =>
        {
            var clean = cleanser.Clean(lead, Now);
            Assert.Equal(Finding.Sensitive, clean.Findings);
            Assert.Equal("casino", Assert.Single(clean.Reasons).Facts["word"]);
        });
    }

    [Theory]
    [InlineData("测试", "北京纷扬科技有限公司", "采购", true)]
    [InlineData("Test 2", "北京纷扬科技有限公司", "采购", true)]
    [InlineData("张三", "测试公司", "采购", true)]
    [InlineData("张三", "test", "采购", true)]
    [InlineData("张三", "北京纷扬科技有限公司", "测试123", true)]
    [InlineData("张三", "北京纷扬科技有限公司", " Test. ", true)]
    [InlineData("Testa Rossi", "北京纷扬科技有限公司", "采购", false)]
    [InlineData("张三", "北京软件测试中心", "采购测试设备", false)]
    [InlineData("张三", "Contest Ltd", "a test of the product", false)]
    public void Test_data_is_told_from_those_who_test_for_a_living(string name, string company, string requirement, bool isTest)
    {
        var clean = Clean(Lead with { Contact = Lead.Contact with { Name = name }, Company = new CompanyDetails { Name = company }, Requirement = requirement });
        Assert.Equal(isTest, clean.Findings == Finding.Test);
        Assert.Equal(isTest, clean.Held);
    }

    [Theory]
    [InlineData("test@example.com", true)]
    [InlineData("Test01@example.com", true)]
    [InlineData("tester@example.com", false)]
    [InlineData("zhang@test.com", true)]
    [InlineData("zhang@test.company", false)]
    public void Test_addresses_are_found(string email, bool isTest) =>
        Assert.Equal(isTest, Clean(Contact(Lead.Contact with { Emails = [email] })).Findings == Finding.Test);

    [Fact]
    public void Late_entry_is_flagged_and_holds_nothing_back()
    {
        var clean = Clean(Lead with { ReceivedAt = Now.AddDays(-7) });
        Assert.Equal(Finding.LateEntry, clean.Findings);
        Assert.False(clean.Held);
        Assert.Equal("2026-10-27T01:30:00Z", Assert.Single(clean.Reasons).Facts["deadline"]);
    }

    [Fact]
    public void All_findings_of_a_lead_are_kept_together()
    {
        var clean = Clean(Contact(new ContactDetails { Name = "测试" }) with { ReceivedAt = Now.AddDays(-7) });
        Assert.Equal(Finding.InvalidContact | Finding.Test | Finding.LateEntry, clean.Findings);
    }

    [Fact]
    public void Cleansing_a_clean_submission_changes_nothing()
    {
        var once = Clean(Lead with
        {
            Requirement = " Ａ\r\n\r\n\r\nＢ ",
            Tags = [" x ", "y"],
            Contact = new ContactDetails { Name = "张三", Phones = ["0512-62345678-9", "123"], Emails = ["Zhang@例子.中国", "no"], WeChat = "138 0013 8000" },
        });
        var twice = Clean(once.Submission);
        Assert.Equivalent(once, twice, strict: true);
    }

    [Fact]
    public void The_built_in_policy_is_valid_and_bad_ones_say_what_is_wrong()
    {
        Assert.Empty(CleansingPolicy.BuiltIn.Validate());
        var bad = CleansingPolicy.BuiltIn with
        {
            ChannelsWithoutContact = [" "],
            TestPatterns = [new TestPattern("", (TestedField)9, TextMatch.Whole), new TestPattern(new string('x', 41), TestedField.Email, (TextMatch)9)],
        };
        Assert.Equal(
            ["testPatterns[0].text", "testPatterns[0].field", "testPatterns[1].text", "testPatterns[1].match", "channelsWithoutContact[0]"],
            bad.Validate().Select(static error => error.Field));
    }

    [Fact]
    public void The_policy_survives_being_stored()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
        var json = JsonSerializer.Serialize(CleansingPolicy.BuiltIn, options);
        Assert.Contains("\"contactName\"", json);
        Assert.Equivalent(CleansingPolicy.BuiltIn, JsonSerializer.Deserialize<CleansingPolicy>(json, options), strict: true);
    }

    private static LeadSubmission Contact(ContactDetails contact) => Lead with { Contact = contact };

    private static CleanLead Clean(LeadSubmission lead, CleansingPolicy? policy = null) =>
        new Cleanser(policy ?? CleansingPolicy.BuiltIn, Blacklist.Empty, SensitiveWords.Empty, DisposableDomains.BuiltIn).Clean(lead, Now);
}
