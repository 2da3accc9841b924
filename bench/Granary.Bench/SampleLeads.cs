using Granary.Domain.Capture;

namespace Granary.Bench;

/// <summary>Leads as a busy B2B organisation gets them: the same sequence for the same seed.</summary>
internal sealed class SampleLeads(int seed)
{
    private static readonly string[] Regions = ["北京", "上海", "深圳", "杭州", "成都", "武汉", "南京", "苏州", "西安", "长沙", "青岛", "厦门", "合肥", "郑州"];
    private static readonly string[] Trades = ["科技", "医疗器械", "电子", "信息技术", "软件", "新能源", "生物科技", "机械", "教育咨询", "物流", "化工", "网络"];
    private static readonly string[] Forms = ["有限公司", "股份有限公司", "有限责任公司"];
    private static readonly string[] Channels = ["官网/百度搜索", "官网/官网表单", "广告/抖音广告", "展会/行业展会", "内容/白皮书下载", "公众号/微信公众号"];
    private const string Letters = "启明恒达金石博远宏图海川智云天工泰和星辰鼎新华信众合远景中科联创博雅盛世嘉禾瑞丰卓越安捷思源弘毅君诚万方立德正信同创凯旋领航";
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";

    /// <summary>Lead number n.</summary>
    public LeadSubmission Lead(long n)
    {
        var random = new Random(unchecked((int)((n * 2654435761L) ^ seed)));
        string Letter() => Letters[random.Next(Letters.Length)].ToString();
        return new LeadSubmission
        {
            Channel = Channels[random.Next(Channels.Length)],
            Campaign = random.Next(4) == 0 ? "2026 秋季推广" : null,
            Keyword = random.Next(3) == 0 ? "CRM 系统" : null,
            Utm = new UtmTags("baidu", "cpc", null, null, null),
            Company = new CompanyDetails
            {
                Name = $"{Regions[random.Next(Regions.Length)]}{Letter()}{Letter()}{Letter()}{(random.Next(2) == 0 ? Letter() : "")}{Trades[random.Next(Trades.Length)]}{Forms[random.Next(Forms.Length)]}",
                Industry = "软件",
                Size = (CompanySize)random.Next(1, 4),
                Headcount = random.Next(10, 5000),
            },
            Contact = new ContactDetails
            {
                Name = $"{Surnames[random.Next(Surnames.Length)]}{Letter()}{Letter()}",
                Title = "采购经理",
                Role = (BuyingRole)random.Next(1, 4),
                // One number in twenty comes again.
                Phones = [Phone(random.Next(20) == 0 ? n / 2 : n)],
                Emails = random.Next(2) == 0 ? [$"buyer{n}@company{n % 5000}.com"] : [],
            },
            Requirement = "采购 CRM，预算 50 万，三个月内上线，需要与 ERP 对接",
            Products = ["CRM"],
            Budget = new Budget(400_000, 500_000, (BudgetMatch)random.Next(3)),
        };
    }

    private string Phone(long n) => $"1{"3589"[(int)(n & 3)]}{(((n * 48271L) + seed) % 899_999_999) + 100_000_000:000000000}";
}
