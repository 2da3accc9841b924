using Granary.Application.People;
using Granary.Domain.Policies;
using Granary.Web.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Says notices in the reader's language and knows their pictures.</summary>
public sealed class NoticeWords(IStringLocalizer<NoticeTexts> texts)
{
    /// <summary>What is told.</summary>
    public string Of(NoticeKind kind) => texts[$"kind.{WireName.Of(kind)}"];

    /// <summary>The kind in a word.</summary>
    public string Label(NoticeKind kind) => texts[$"label.{WireName.Of(kind)}"];

    /// <summary>What a message that passes by says.</summary>
    public string Toast(NoticeKind kind, string? company) => company is null ? Of(kind) : texts["toast", Of(kind), company];

    /// <summary>Whether it wants to be seen at once.</summary>
    public static bool Urgent(NoticeKind kind) =>
        kind is NoticeKind.LeadAssigned or NoticeKind.LeadInTray or NoticeKind.DeadlineNear or NoticeKind.DeadlineMissed or NoticeKind.RequestOpened or NoticeKind.RequestOverdue or NoticeKind.RevealsMany or NoticeKind.PersonRequestOverdue or NoticeKind.ExportWaits or NoticeKind.OpportunityAssigned or NoticeKind.OpportunityWaits or NoticeKind.OpportunityDue or NoticeKind.ObjectionEscalated or NoticeKind.LeaveAsked
        or NoticeKind.ReviewToCheck or NoticeKind.ReviewToVoice or NoticeKind.ReviewOverdue or NoticeKind.RegistrationAsked or NoticeKind.CharterAsked or NoticeKind.CampaignItemDue;

    /// <summary>Whether it is about an opportunity.</summary>
    public static bool Opportunity(NoticeKind kind) => kind is NoticeKind.OpportunityAssigned or NoticeKind.OpportunityWaits or NoticeKind.OpportunityDecided
        or NoticeKind.OpportunityDue or NoticeKind.ObjectionEscalated or NoticeKind.OpportunityHandedOver or NoticeKind.OpportunityWon or NoticeKind.OpportunityWinnable;

    /// <summary>Whether it is about an account.</summary>
    public static bool Account(NoticeKind kind) => kind is NoticeKind.NamedTouchDue;

    /// <summary>Whether it is about a review of a lead.</summary>
    public static bool Review(NoticeKind kind) => kind is NoticeKind.ReviewToCheck or NoticeKind.ReviewToVoice or NoticeKind.ReviewDecided or NoticeKind.ReviewDue or NoticeKind.ReviewOverdue;

    /// <summary>Whether it is about a partner's registration.</summary>
    public static bool Registration(NoticeKind kind) => kind is NoticeKind.RegistrationAsked or NoticeKind.RegistrationDecided;

    /// <summary>Whether it is about a campaign.</summary>
    public static bool Campaign(NoticeKind kind) => kind is NoticeKind.CharterAsked or NoticeKind.CharterDecided or NoticeKind.CampaignItemDue or NoticeKind.CampaignTaskGiven or NoticeKind.CampaignAssigned or NoticeKind.CampaignReportMade;

    /// <summary>Reads a kind as addresses name it; null when it is none.</summary>
    public static NoticeKind? Kind(string? name) =>
        Enum.GetValues<NoticeKind>().Where(k => WireName.Of(k) == name).Select(k => (NoticeKind?)k).FirstOrDefault();

    /// <summary>Its picture.</summary>
    public static string Picture(NoticeKind kind) => kind switch
    {
        NoticeKind.LeadAssigned => "assign",
        NoticeKind.LeadReentered => "refresh",
        NoticeKind.LeadLinked => "link",
        NoticeKind.LeadInTray => "inbox",
        NoticeKind.NextStepDue => "calendar",
        NoticeKind.DeadlineNear => "clock",
        NoticeKind.DeadlineMissed => "warning",
        NoticeKind.LeadTaken => "undo",
        NoticeKind.RequestOpened => "flag",
        NoticeKind.RequestDue => "clock",
        NoticeKind.RequestOverdue => "warning",
        NoticeKind.RequestDecided => "check",
        NoticeKind.LeadMerged => "merge",
        NoticeKind.QualificationRejected => "refresh",
        NoticeKind.ViolationNoted => "note",
        NoticeKind.RevealsMany => "eye",
        NoticeKind.PersonRequestDue or NoticeKind.PersonRequestOverdue => "shield",
        NoticeKind.OpportunityAssigned or NoticeKind.OpportunityHandedOver => "target",
        NoticeKind.OpportunityWaits or NoticeKind.ObjectionEscalated or NoticeKind.OpportunityWinnable => "flag",
        NoticeKind.OpportunityDecided or NoticeKind.OpportunityWon => "check",
        NoticeKind.OpportunityDue => "clock",
        NoticeKind.NamedTouchDue => "calendar",
        NoticeKind.RegistrationAsked => "flag",
        NoticeKind.RegistrationDecided => "check",
        NoticeKind.RateAlert => "chart",
        NoticeKind.ReportUnsent => "warning",
        NoticeKind.ExportWaits => "flag",
        NoticeKind.ExportDecided => "check",
        NoticeKind.ExportEnded => "export",
        _ when Review(kind) => "reviews",
        _ when Campaign(kind) => "campaigns",
        NoticeKind.LeaveAsked or NoticeKind.LeaveDecided => "calendar",
        _ => "imports",
    };
}
