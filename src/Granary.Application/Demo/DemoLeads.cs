using Granary.Domain.Capture;

namespace Granary.Application.Demo;

/// <summary>Leads of the demo: the same story every time, told from numbers.</summary>
internal sealed class DemoLeads(Random random, DateTimeOffset today)
{
    private const string Letters = "启明恒达金石博远宏图海川智云天工泰和星辰鼎新华信众合远景中科联创盛世嘉禾瑞丰卓越安捷思源弘毅诚德立正同凯旋领航";
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
    private const string Given = "伟芳娜敏静磊强洋艳勇军杰娟涛明超霞平刚桂英华玉萍红鑫波";

    private static readonly (string Path, int Weight)[] Channels =
    [
        ("官网/百度搜索", 18), ("官网/官网表单", 16), ("广告/抖音广告", 14), ("广告/百度推广", 10), ("内容/白皮书下载", 9), ("内容/线上直播", 7),
        ("展会/行业展会", 9), ("公众号/微信公众号", 6), ("转介绍/客户转介绍", 6), ("转介绍/员工推荐", 3), ("电话/400 来电", 2),
    ];

    private static readonly string[] Cities =
        ["上海", "上海", "苏州", "南京", "杭州", "宁波", "合肥", "深圳", "深圳", "广州", "东莞", "佛山", "厦门", "福州", "北京", "北京", "天津", "青岛", "济南", "成都", "武汉", "西安", "长沙"];

    private static readonly (string Trade, string Industry)[] Trades =
        [("科技", "软件"), ("信息技术", "软件"), ("医疗器械", "医疗"), ("生物科技", "医疗"), ("电子", "电子制造"), ("智能装备", "装备制造"), ("新能源", "新能源"), ("物流", "物流"), ("教育咨询", "教育"), ("电子商务", "零售电商")];

    private static readonly string[] Titles = ["信息化总监", "采购经理", "销售总监", "总经理", "市场经理", "IT 主管", "运营经理"];

    private static readonly string[] Needs =
    [
        "采购 CRM，预算 {0} 万，三个月内上线", "想了解线索管理方案，约演示", "现有系统到期，评估替换，{0} 万左右", "展会上聊过，需要报价", "对接企业微信与官网表单，要能自动分配",
        "先看看资料，明年再定", "需要私有化部署，数据不出内网", "销售团队 {0} 人，希望统一管理客户",
    ];

    private readonly List<string> _phones = [];

    /// <summary>One lead received at an instant.</summary>
    public LeadSubmission Next(DateTimeOffset receivedAt)
    {
        var (trade, industry) = Pick(Trades);
        var size = (CompanySize)random.Next(1, 4);
        var budget = random.Next(5, 120);
        var channel = Channel();
        var match = random.Next(10) switch { < 4 => BudgetMatch.Full, < 7 => BudgetMatch.Partial, _ => (BudgetMatch?)null };
        return new LeadSubmission
        {
            Channel = channel,
            Campaign = random.Next(3) == 0 ? Pick(DemoNames.SpokenOf((today - receivedAt).Days)) : null,
            Keyword = channel.EndsWith("搜索", StringComparison.Ordinal) ? Pick(["线索管理系统", "CRM 多少钱", "销售管理软件"]) : null,
            ReceivedAt = receivedAt,
            Company = new CompanyDetails
            {
                Name = $"{Pick(Cities)}{Word(2)}{(random.Next(3) == 0 ? Word(2) : "")}{trade}{Pick(["有限公司", "有限公司", "股份有限公司", "集团有限公司"])}",
                Industry = industry,
                Size = size,
                Headcount = size switch { CompanySize.Large => random.Next(500, 5000), CompanySize.Medium => random.Next(100, 500), _ => random.Next(10, 100) },
            },
            Contact = new ContactDetails
            {
                Name = $"{Surnames[random.Next(Surnames.Length)]}{Given[random.Next(Given.Length)]}{(random.Next(2) == 0 ? Given[random.Next(Given.Length)] : "")}",
                Title = Pick(Titles),
                Role = random.Next(10) switch { < 3 => BuyingRole.DecisionMaker, < 6 => BuyingRole.Influencer, < 9 => BuyingRole.User, _ => null },
                Phones = [Phone()],
                Emails = random.Next(2) == 0 ? [$"contact{random.Next(100_000)}@example.com"] : [],
            },
            Requirement = string.Format(System.Globalization.CultureInfo.InvariantCulture, Pick(Needs), budget),
            Products = random.Next(3) == 0 ? [Pick(["CRM", "营销自动化", "数据分析"])] : [],
            Budget = match is null ? Budget.Unknown : new Budget(budget * 10_000m, budget * 10_000m, match),
            Touches = [.. Touches(receivedAt)],
            Consent = new Consent("sales_contact", "1", receivedAt),
        };
    }

    private IEnumerable<SubmittedTouch> Touches(DateTimeOffset at)
    {
        if (random.Next(3) > 0)
        {
            yield return new SubmittedTouch(TouchKind.CorePageViewed, at, random.Next(1, 5));
        }

        foreach (var kind in new[] { TouchKind.Downloaded, TouchKind.WebinarAttended, TouchKind.MailOpened, TouchKind.FormSubmitted, TouchKind.OfflineEventAttended, TouchKind.ServiceConsulted })
        {
            if (random.Next(4) == 0)
            {
                yield return new SubmittedTouch(kind, at);
            }
        }
    }

    // Some come in twice, and one in sixty cannot be reached.
    private string Phone()
    {
        if (random.Next(60) == 0)
        {
            return "11111111111";
        }

        if (_phones.Count > 50 && random.Next(16) == 0)
        {
            return _phones[random.Next(_phones.Count)];
        }

        var phone = $"1{Pick(["38", "39", "58", "86", "77", "50"])}{random.Next(10_000_000, 99_999_999)}";
        _phones.Add(phone);
        return phone;
    }

    private string Channel()
    {
        var at = random.Next(Channels.Sum(c => c.Weight));
        return Channels.First(c => (at -= c.Weight) < 0).Path;
    }

    private string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)]));

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
