using Granary.Application.Intake;
using Granary.Domain.Capture;

namespace Granary.Application.Tests.Year;

/// <summary>Submissions of a year: channels and audiences mixed, some known already, some unripe, some that nobody can reach or nobody wants.</summary>
internal sealed class YearLeads(Random random)
{
    /// <summary>The channel whose leads are consumers.</summary>
    public const string Consumers = "广告/抖音广告";

    /// <summary>A company that is on the blacklist.</summary>
    public const string Unwanted = "上海黑名单贸易有限公司";

    /// <summary>A word that is on the list of sensitive words.</summary>
    public const string Sensitive = "代开发票";

    private const string Letters = "启明恒达金石博远宏图海川智云天工泰和星辰鼎新华信众合远景中科联创盛世嘉禾瑞丰卓越安捷思源弘毅诚德立正同凯旋领航";

    private static readonly string[] Channels = [Consumers, "官网/百度搜索", "官网/官网表单", "官网/官网表单", "内容/白皮书下载", "展会/行业展会", "转介绍/客户转介绍", "电话/400 来电", "广告/百度推广"];
    private static readonly string[] Cities = ["上海", "苏州", "杭州", "合肥", "深圳", "广州", "厦门", "北京", "天津", "青岛", "成都", "武汉"];
    private static readonly string[] Trades = ["科技", "信息技术", "医疗器械", "电子", "物流", "新能源"];

    private readonly List<string> _phones = [], _consumers = [];

    /// <summary>Companies of accounts, whose people come in now and then.</summary>
    public List<string> Known { get; } = [];

    /// <summary>The next submission.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="recorders">Those who record some by hand.</param>
    public IntakeRequest Next(DateTimeOffset now, IReadOnlyList<Guid> recorders)
    {
        var channel = Pick(Channels);
        var (byHand, ripe) = (channel != Consumers && random.Next(12) == 0, random.Next(4) > 0);
        var received = now - TimeSpan.FromMinutes(random.Next(50) == 0 ? random.Next(3_000, 5_000) : random.Next(1, 90));
        var submission = new LeadSubmission
        {
            Channel = channel,
            Campaign = random.Next(4) == 0 ? "2026 增长大会" : null,
            ReceivedAt = received,
            Company = new CompanyDetails { Name = Company(), Industry = "软件", Size = ripe ? CompanySize.Large : CompanySize.Small },
            Contact = new ContactDetails
            {
                Name = random.Next(100) == 0 ? "测试" : $"王{Letters[random.Next(Letters.Length)]}",
                Role = ripe ? BuyingRole.DecisionMaker : BuyingRole.User,
                Phones = [Phone(channel)],
                Emails = random.Next(3) == 0 ? [$"contact{random.Next(1_000_000)}@example.com"] : [],
            },
            Requirement = random.Next(200) == 0 ? $"可以{Sensitive}吗" : $"采购 {random.Next(5, 200)} 套，三个月内上线",
            Products = random.Next(3) == 0 ? ["CRM"] : [],
            Budget = ripe ? new Budget(400_000, 500_000, random.Next(3) > 0 ? BudgetMatch.Full : BudgetMatch.Partial) : Budget.Unknown,
            Touches = random.Next(2) == 0 ? [new SubmittedTouch(TouchKind.CorePageViewed, received, random.Next(1, 5)), new SubmittedTouch(TouchKind.Downloaded, received)] : [],
        };
        return new IntakeRequest { Submission = submission, ActorId = byHand ? Pick(recorders) : null, ByHand = byHand };
    }

    /// <summary>Rows of a file with the usual columns of imports; some of the numbers are known already.</summary>
    public string File(int rows, bool consumers)
    {
        var known = consumers ? _consumers : _phones;
        var lines = Enumerable.Range(0, rows).Select(i =>
            $"F{random.Next(1_000_000_000)},{Company()},李{i},{(known.Count > 0 && random.Next(2) == 0 ? Pick(known) : Number())},采购{i}台");
        return string.Join('\n', ["编号,公司,姓名,电话,需求", .. lines, ""]);
    }

    private string Company() => random.Next(100) switch
    {
        0 => Unwanted,
        < 4 when Known.Count > 0 => Pick(Known),
        _ => $"{Pick(Cities)}{Word()}{Word()}{Pick(Trades)}有限公司",
    };

    private string Phone(string channel)
    {
        var known = channel == Consumers ? _consumers : _phones;
        if (random.Next(50) == 0)
        {
            return "11111111111";
        }

        if (known.Count > 20 && random.Next(12) == 0)
        {
            return known[^random.Next(1, Math.Min(known.Count, 400))];
        }

        known.Add(Number());
        return known[^1];
    }

    private string Number() => $"1{Pick(["38", "39", "58", "86", "77", "50"])}{random.Next(10_000_000, 99_999_999)}";

    private string Word() => $"{Letters[random.Next(Letters.Length)]}{Letters[random.Next(Letters.Length)]}";

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
