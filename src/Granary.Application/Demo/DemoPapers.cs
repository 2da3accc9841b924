using Granary.Application.Opportunities;
using Granary.Domain.Opportunities;

namespace Granary.Application.Demo;

/// <summary>What the demo's people write about their opportunities.</summary>
internal static class DemoPapers
{
    /// <summary>A pain chain.</summary>
    public static PainChain Pains { get; } = new(
        [
            new("p1", "使用者", "订单变更靠电话通知，计划员每天重排三次", Agreed: true),
            new("p2", "生产", "产线频繁换型，月均停工两天", Agreed: true),
            new("p3", "finance", "加急采购与加班让成本上升 6%"),
            new("p4", "management", "准时交付率低，丢了两个大客户", Agreed: true),
        ],
        [new("p1", "p2"), new("p2", "p3"), new("p2", "p4"), new("p3", "p4")]);

    /// <summary>The vision.</summary>
    public static Vision Vision { get; } = new(
        "计划、生产与采购看同一张表，变更当天传到产线。",
        [
            new("计划员", "客户改单时", "十分钟内看到受影响的工单并重排", "p1", Agreed: true),
            new("车间主任", "每天早会", "按可用产能确认当天任务", "p2", Agreed: true),
            new("财务", "月末", "按订单看真实成本", "p3"),
        ]);

    /// <summary>Objections and their answers.</summary>
    public static IReadOnlyList<(string Text, string Answer)> Objections { get; } =
    [
        ("价格比同行高一成", "按三年总成本算，少两名计划员，八个月收回差价；可提供分期。"),
        ("担心上线影响生产", "先在一条样板产线并行四周，达标后再推广，随时可退回。"),
        ("数据放在云上不放心", "支持本地部署，密钥由贵方保管；附等保测评材料。"),
        ("和现有 ERP 怎么对接", "已有标准接口，同版本 ERP 的客户两周完成对接。"),
    ];

    /// <summary>The people of a decision.</summary>
    public static DecisionChain Deciders(Random random) => new(
    [
        new DecisionPerson { Id = "d1", Name = "顾总", Title = "总经理", Role = DecisionRole.Decider, Attitude = random.Next(0, 3), Influence = 5, Relation = 2, Plan = "安排高层互访" },
        new DecisionPerson { Id = "d2", Name = "钱总监", Title = "财务总监", Role = DecisionRole.Approver, Attitude = random.Next(-1, 2), Influence = 4, Relation = 1, Plan = "提供总成本测算", ReportsTo = "d1" },
        new DecisionPerson { Id = "d3", Name = "曹部长", Title = "生产部长", Role = DecisionRole.Evaluator, Attitude = 1, Influence = 3, Relation = 3, ReportsTo = "d1" },
        new DecisionPerson { Id = "d4", Name = "严工", Title = "计划主管", Role = DecisionRole.Coach, Attitude = 2, Influence = 2, Relation = 4, ReportsTo = "d3" },
    ]);

    /// <summary>A conversion plan.</summary>
    public static ConversionPlan Plan(Opportunity deal, DateOnly today) => new()
    {
        Pains = [new("月均停工两天", 360_000m), new("加急采购与加班", 180_000m)],
        Advantages = "同行业样板客户三家，标准接口两周对接，本地实施团队。",
        PriceFloor = decimal.Round(deal.Amount * 0.86m, 2),
        Concessions = "首年维护费、两次现场培训",
        WayIn = "从计划主管的排产试点切入",
        Dates = [new("样板产线演示", today.AddDays(7)), new("商务谈判", today.AddDays(18)), new("签约", today.AddDays(30))],
    };
}
