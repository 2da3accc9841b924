using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Capture;

/// <summary>Where a lead stands (§9).</summary>
public enum LeadStatus
{
    /// <summary>Nobody owns it 未分配.</summary>
    Unassigned = 0,

    /// <summary>Its owner has not worked on it yet 待处理.</summary>
    Pending = 1,

    /// <summary>Being followed up 跟进中.</summary>
    Working = 2,

    /// <summary>Became an opportunity, or was converted to an account known before 已转换.</summary>
    Converted = 3,

    /// <summary>Found invalid 无效.</summary>
    Invalid = 4,

    /// <summary>Voided 已作废.</summary>
    Voided = 5,
}

/// <summary>What a lead was when it came in (§5.1 outcome labels).</summary>
public enum EntryLabel
{
    /// <summary>纯新线索.</summary>
    NewLead = 0,

    /// <summary>老客线索.</summary>
    KnownAccountContact = 1,

    /// <summary>Came in again.</summary>
    Reentered = 2,

    /// <summary>Linked to a source lead.</summary>
    Linked = 3,
}

/// <summary>What the person behind a lead, or the law, has said about its data (§18). Numbers are stored and never reused.</summary>
[Flags]
public enum LeadPrivacy
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>They do not want to be contacted by sales.</summary>
    ConsentWithdrawn = 1,

    /// <summary>They want their data kept and not used.</summary>
    Restricted = 2,

    /// <summary>It must be kept whatever they or the clock say, as for a dispute.</summary>
    LegalHold = 4,
}

/// <summary>A lead 线索. Its contact data stands in <see cref="ContactPoint"/>, encrypted.</summary>
public sealed class Lead
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Status.</summary>
    public LeadStatus Status { get; set; }

    /// <summary>Owner; null when nobody owns it.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>Pool it lies in; null when somebody owns it.</summary>
    public Guid? PoolId { get; set; }

    /// <summary>The director whose tray it waits in, by manual assignment (§8).</summary>
    public Guid? TrayUserId { get; set; }

    /// <summary>Since when it is where it is: with its owner, in its pool, or in the tray.</summary>
    public DateTimeOffset PlacedAt { get; set; }

    /// <summary>What its owner wants to do next, and when; null when nothing is planned.</summary>
    public string? NextStep { get; set; }

    /// <summary>When the next step is due.</summary>
    public DateTimeOffset? NextAt { get; set; }

    /// <summary>The last follow-up, whoever made it; null when there was none.</summary>
    public DateTimeOffset? FollowedAt { get; set; }

    /// <summary>When assignment is tried again; null when it is not.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>Channel.</summary>
    public Guid ChannelId { get; set; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; set; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; set; }

    /// <summary>Content piece.</summary>
    public string? Content { get; set; }

    /// <summary>UTM parameters as JSON; null when none.</summary>
    public string? Utm { get; set; }

    /// <summary>Landing page.</summary>
    public string? LandingPage { get; set; }

    /// <summary>Referring page.</summary>
    public string? Referrer { get; set; }

    /// <summary>Who referred it.</summary>
    public string? ReferredBy { get; set; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAt { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>The user who recorded it; null for public channels.</summary>
    public Guid? RecorderId { get; set; }

    /// <summary>Id in the system it came from.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The import it came with.</summary>
    public Guid? ImportId { get; set; }

    /// <summary>Company name as typed, normalised in width and spaces.</summary>
    public string? CompanyName { get; set; }

    /// <summary>Look-up key of the company: its core, then its exact key, so that one index finds both (§5.2).</summary>
    public string? CompanyKey { get; set; }

    /// <summary>Look-up key for searches by the end of a core.</summary>
    public string? CompanyTail { get; set; }

    /// <summary>Unified social credit code.</summary>
    public string? CreditCode { get; set; }

    /// <summary>Industry.</summary>
    public string? Industry { get; set; }

    /// <summary>Size class.</summary>
    public CompanySize? Size { get; set; }

    /// <summary>Employees.</summary>
    public int? Headcount { get; set; }

    /// <summary>Province, as typed or found.</summary>
    public string? Province { get; set; }

    /// <summary>City, as typed or found.</summary>
    public string? City { get; set; }

    /// <summary>Region for nearness, short form: the fields', else the company name's, else the phone's (§8).</summary>
    public string? Region { get; set; }

    /// <summary>Contact's name.</summary>
    public string? ContactName { get; set; }

    /// <summary>Contact's title.</summary>
    public string? Title { get; set; }

    /// <summary>Contact's part in buying.</summary>
    public BuyingRole? Role { get; set; }

    /// <summary>Requirement in words.</summary>
    public string? Requirement { get; set; }

    /// <summary>Products of interest.</summary>
    public List<string> Products { get; set; } = [];

    /// <summary>Budget from.</summary>
    public decimal? BudgetMin { get; set; }

    /// <summary>Budget to.</summary>
    public decimal? BudgetMax { get; set; }

    /// <summary>How the budget fits, as given; null lets the policy derive it.</summary>
    public BudgetMatch? BudgetMatch { get; set; }

    /// <summary>When they want to have bought.</summary>
    public DateOnly? PurchaseBy { get; set; }

    /// <summary>Tags.</summary>
    public List<string> Tags { get; set; } = [];

    /// <summary>Findings of cleansing and matching, see <c>Finding</c>.</summary>
    public int Findings { get; set; }

    /// <summary>The consent it came with as JSON, while it holds; null when there is none. The ledger is the truth.</summary>
    public string? Consent { get; set; }

    /// <summary>Custom field values as JSON; null when none.</summary>
    public string? Custom { get; set; }

    /// <summary>What it was when it came in.</summary>
    public EntryLabel Label { get; set; }

    /// <summary>The source lead it is linked to 归集.</summary>
    public Guid? SourceLeadId { get; set; }

    /// <summary>The account it belongs to.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>The lead it was merged into; it is voided then, and only leads there (§5.3).</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>Total score.</summary>
    public int Score { get; set; }

    /// <summary>Behaviour points.</summary>
    public int BehaviourScore { get; set; }

    /// <summary>Attribute points.</summary>
    public int AttributeScore { get; set; }

    /// <summary>Priority 1–3; 0 while not scored.</summary>
    public int Priority { get; set; }

    /// <summary>Nurture stage 1–3; 0 while not scored.</summary>
    public int Stage { get; set; }

    /// <summary>Cell of the matrix, such as B1.</summary>
    public string? Cell { get; set; }

    /// <summary>Whether it is at or above the pass mark, or was promoted by hand (§6.3).</summary>
    public bool Mature { get; set; }

    /// <summary>Whether somebody promoted it by hand, whatever its score.</summary>
    public bool Promoted { get; set; }

    /// <summary>How far people have judged it: MQL, SQL (§12).</summary>
    public QualificationStage Qualification { get; set; }

    /// <summary>Grade of the project by the review that it passed (§6.4), A to C; null before.</summary>
    public string? ProjectGrade { get; set; }

    /// <summary>Reason of invalidity, set with <see cref="LeadStatus.Invalid"/>.</summary>
    public string? InvalidReason { get; set; }

    /// <summary>What became of it before it came here, as JSON of <see cref="LeadHistory"/>; null where nothing is told.</summary>
    public string? History { get; set; }

    /// <summary>What was said about its data.</summary>
    public LeadPrivacy Privacy { get; set; }

    /// <summary>When everything that tells who the person is was taken out; null while it is there.</summary>
    public DateTimeOffset? AnonymisedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Whether nobody may work on it: the person does not want it, or there is no person any more.</summary>
    public bool Stopped => (Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) != 0 || AnonymisedAt is not null;
}
