using Granary.Application.FollowUp;

namespace Granary.Application.Demo;

/// <summary>How a lead ends that somebody of the demo holds.</summary>
internal enum DemoEnd
{
    /// <summary>They go on until a deadline takes it.</summary>
    Kept = 0,

    /// <summary>They give it back.</summary>
    Returned = 1,

    /// <summary>They find it invalid.</summary>
    Invalid = 2,

    /// <summary>They ask for another assignment.</summary>
    Adjusted = 3,
}

/// <summary>What somebody of the demo is going to do with one lead.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="OwnerId">Who holds it.</param>
/// <param name="At">When they do the next thing.</param>
/// <param name="FollowUps">How often they still follow up.</param>
/// <param name="End">How it ends with them.</param>
internal sealed record DemoPlan(Guid LeadId, Guid OwnerId, DateTimeOffset At, int FollowUps, DemoEnd End);

/// <summary>What people of the demo say.</summary>
internal static class DemoWords
{
    /// <summary>Follow-ups: how, what was said, what the customer said, what comes next.</summary>
    public static IReadOnlyList<(FollowUpMethod Method, string Content, string? Feedback, string? Next)> FollowUps { get; } =
    [
        (FollowUpMethod.Call, "首次通话，介绍方案和实施周期，客户愿意看演示", "先看演示，再谈价格", "线上演示"),
        (FollowUpMethod.Call, "核实需求：现用表格管理线索，希望自动分配和提醒", null, "发送方案"),
        (FollowUpMethod.WeChat, "加了微信，发送产品资料和两个同行案例", "资料收到，内部讨论", "回访"),
        (FollowUpMethod.Mail, "按客户要求发送报价单，注明有效期和实施范围", "价格比预期高一些", "电话沟通价格"),
        (FollowUpMethod.Meeting, "线上演示四十分钟，信息化和销售两个部门参加", "对分配规则和公海很感兴趣", "发送演示纪要"),
        (FollowUpMethod.Visit, "上门拜访，见到采购负责人，了解立项流程和预算时间", "预算下个季度才批", "下季度初回访"),
        (FollowUpMethod.Call, "回访：客户内部还在比较三家，约下周给结论", "还在比较", "下周回访"),
        (FollowUpMethod.Call, "电话未接，留言说明来意并约明天上午再联系", null, "再次致电"),
    ];

    /// <summary>Why somebody gives a lead back.</summary>
    public static IReadOnlyList<string> Returns { get; } = ["暂无预算，转培育继续跟踪", "采购时间在半年以后，先培育", "需要行业方案，适合其他同事跟进", "联系三次未果，先放回公海"];

    /// <summary>Why a lead is invalid, with a note.</summary>
    public static IReadOnlyList<(string Reason, string Note)> Invalid { get; } =
        [("no_intention", "客户明确表示没有采购计划"), ("unreachable", "多次拨打无人接听，微信未通过"), ("not_target_industry", "个人使用，不在服务范围"), ("competitor", "同行了解行情")];

    /// <summary>Why somebody asks for another assignment.</summary>
    public static IReadOnlyList<string> Adjustments { get; } = ["客户总部在外区，建议由当地同事跟进", "与在谈客户是关联公司，需回避"];

    /// <summary>What owners say of a missed deadline.</summary>
    public static IReadOnlyList<string> Explanations { get; } = ["当天在客户现场，晚间才看到分配", "客户约定周四联系，提前打扰不合适", "电话已打，忘了补记录"];

    /// <summary>Why a manager excuses one.</summary>
    public static IReadOnlyList<string> Excuses { get; } = ["出差报备属实，予以豁免", "客户约定有邮件为证，予以豁免"];
}
