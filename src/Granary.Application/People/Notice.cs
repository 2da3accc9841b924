using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>Why somebody is told something.</summary>
public enum NoticeKind
{
    /// <summary>A lead became theirs.</summary>
    LeadAssigned = 1,

    /// <summary>A lead of theirs came in again.</summary>
    LeadReentered = 2,

    /// <summary>A lead was linked to one of theirs.</summary>
    LeadLinked = 3,

    /// <summary>A lead waits in their tray to be assigned on.</summary>
    LeadInTray = 4,

    /// <summary>An import of theirs ended.</summary>
    ImportEnded = 5,

    /// <summary>A next step they planned is due.</summary>
    NextStepDue = 6,

    /// <summary>A deadline of theirs comes near.</summary>
    DeadlineNear = 7,

    /// <summary>A deadline of theirs was missed.</summary>
    DeadlineMissed = 8,

    /// <summary>A lead was taken from them.</summary>
    LeadTaken = 9,

    /// <summary>Somebody asks them to decide.</summary>
    RequestOpened = 10,

    /// <summary>What they asked for was decided.</summary>
    RequestDecided = 11,

    /// <summary>Something was said of a violation that concerns them.</summary>
    ViolationNoted = 12,

    /// <summary>The time in which they decide comes to its end.</summary>
    RequestDue = 13,

    /// <summary>The time in which somebody decides is over.</summary>
    RequestOverdue = 14,

    /// <summary>Somebody of theirs has looked at the contact data of unusually many records today; it is about that person.</summary>
    RevealsMany = 20,

    /// <summary>The answer to a person who asked about their data comes due.</summary>
    PersonRequestDue = 24,

    /// <summary>The answer to a person who asked about their data is overdue.</summary>
    PersonRequestOverdue = 25,

    /// <summary>The next stage sent back a lead that they had qualified.</summary>
    QualificationRejected = 26,

    /// <summary>A lead of theirs was merged into another one.</summary>
    LeadMerged = 33,

    /// <summary>An export waits for their approval.</summary>
    ExportWaits = 21,

    /// <summary>An export they asked for was decided.</summary>
    ExportDecided = 22,

    /// <summary>An export of theirs was made, or could not be.</summary>
    ExportEnded = 23,

    /// <summary>An opportunity became theirs.</summary>
    OpportunityAssigned = 27,

    /// <summary>A grade, a conversion plan or a contract waits for their decision.</summary>
    OpportunityWaits = 28,

    /// <summary>What they handed in about an opportunity was decided.</summary>
    OpportunityDecided = 29,

    /// <summary>Something about an opportunity of theirs is due.</summary>
    OpportunityDue = 30,

    /// <summary>A customer of their team raised a key objection.</summary>
    ObjectionEscalated = 31,

    /// <summary>What was won is handed over to them.</summary>
    OpportunityHandedOver = 32,

    /// <summary>Somebody asks them for leave; it is about that person.</summary>
    LeaveAsked = 39,

    /// <summary>Their leave was granted, refused or ended by somebody else; it is about them.</summary>
    LeaveDecided = 40,

    /// <summary>An opportunity of theirs was won by the deal rule.</summary>
    OpportunityWon = 50,

    /// <summary>The deal rule says that an opportunity of theirs is won; the success case, or their word, is missing.</summary>
    OpportunityWinnable = 51,

    /// <summary>A touch of a named account that they planned is due; it is about the account.</summary>
    NamedTouchDue = 46,

    /// <summary>An application for review waits to be looked through.</summary>
    ReviewToCheck = 41,

    /// <summary>A review waits for their opinion, or a status review for them.</summary>
    ReviewToVoice = 42,

    /// <summary>What became of a review that is theirs: returned, approved, rejected, graded anew or given up.</summary>
    ReviewDecided = 43,

    /// <summary>Something of a review comes due: their turn, a status review, a step of a milestone plan.</summary>
    ReviewDue = 44,

    /// <summary>The time of those whose turn it is in a review is over.</summary>
    ReviewOverdue = 45,

    /// <summary>A partner's registration waits for their decision.</summary>
    RegistrationAsked = 47,

    /// <summary>A partner's registration was decided, or has expired.</summary>
    RegistrationDecided = 48,

    /// <summary>A step rate left its usual range.</summary>
    RateAlert = 60,

    /// <summary>A scheduled report of theirs could not be sent.</summary>
    ReportUnsent = 61,

    /// <summary>A charter of a campaign waits for their decision.</summary>
    CharterAsked = 54,

    /// <summary>The charter of a campaign of theirs was decided.</summary>
    CharterDecided = 55,

    /// <summary>Something of a campaign that is theirs comes due: a line of the checklist, an invitation, a promotion task.</summary>
    CampaignItemDue = 56,

    /// <summary>They are to take part in a campaign: in a team, with a promotion task, or with invitations.</summary>
    CampaignTaskGiven = 57,

    /// <summary>They answer for a campaign from now on.</summary>
    CampaignAssigned = 58,

    /// <summary>A tracking report of a campaign of theirs was made.</summary>
    CampaignReportMade = 59,
}

/// <summary>A notice to a user, written in the transaction of what it tells (§8 Notice).</summary>
public sealed class Notice
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Who is told.</summary>
    public Guid UserId { get; set; }

    /// <summary>Why.</summary>
    public NoticeKind Kind { get; set; }

    /// <summary>The lead, import or person it is about.</summary>
    public Guid SubjectId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When they saw it.</summary>
    public DateTimeOffset? SeenAt { get; set; }
}

internal sealed class NoticeTable : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> table)
    {
        table.ToTable("Notice");
        table.HasKey(n => new { n.UserId, n.Id });
        table.HasIndex(n => n.UserId, "ix_notice_unseen").HasFilter("seen_at IS NULL");
    }
}
