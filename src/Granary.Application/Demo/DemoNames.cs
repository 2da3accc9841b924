namespace Granary.Application.Demo;

/// <summary>What campaigns of the demo are called, and which was talked about when.</summary>
internal static class DemoNames
{
    /// <summary>Over and summarised.</summary>
    public const string Past = "2026 秋季增长大会";

    /// <summary>On these days.</summary>
    public const string Present = "2026 智能制造展";

    /// <summary>In preparation.</summary>
    public const string Next = "2026 客户答谢年会";

    /// <summary>Its charter waits.</summary>
    public const string Series = "2026 数字化工厂直播季";

    /// <summary>Always on, and no campaign with a charter.</summary>
    public const string Paper = "智造行业白皮书", Referral = "老客户推荐计划";

    /// <summary>Industries whose people representatives invite.</summary>
    public static readonly string[] Industries = ["装备制造", "电子制造", "新能源", "软件"];

    /// <summary>The campaigns of which leads spoke so many days before today.</summary>
    public static string[] SpokenOf(int daysAgo) => daysAgo switch
    {
        > 62 => ["2026 夏季客户沙龙", Paper, Referral],
        > 28 => [Past, Paper, Referral],
        > 16 => [Paper, Paper, Referral],
        _ => [Present, Paper, Referral],
    };
}
