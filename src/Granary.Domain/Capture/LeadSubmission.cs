using System.Collections.Frozen;

namespace Granary.Domain.Capture;

/// <summary>Company size class (§3).</summary>
public enum CompanySize
{
    /// <summary>Small 小型.</summary>
    Small = 1,

    /// <summary>Medium 中型.</summary>
    Medium = 2,

    /// <summary>Large 大型.</summary>
    Large = 3,
}

/// <summary>The part a contact plays in buying (§3).</summary>
public enum BuyingRole
{
    /// <summary>Uses what is bought 使用者.</summary>
    User = 1,

    /// <summary>Influences the decision 影响者.</summary>
    Influencer = 2,

    /// <summary>Decides 决策者.</summary>
    DecisionMaker = 3,
}

/// <summary>How the budget fits the offer (§6.1).</summary>
public enum BudgetMatch
{
    /// <summary>No fit.</summary>
    None = 0,

    /// <summary>Part of the price is covered.</summary>
    Partial = 1,

    /// <summary>The budget covers the offer.</summary>
    Full = 2,
}

/// <summary>
/// One submission as a channel hands it over (§3): what somebody typed, not yet cleansed. Every channel builds this and
/// nothing else; a single lead is a batch of one. Empty text counts as missing.
/// </summary>
public sealed record LeadSubmission
{
    /// <summary>Channel as <c>level 1/level 2</c>, such as <c>官网/百度搜索</c>. Required.</summary>
    public string? Channel { get; init; }

    /// <summary>Campaign the lead came from.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece.</summary>
    public string? Content { get; init; }

    /// <summary>UTM parameters.</summary>
    public UtmTags Utm { get; init; } = UtmTags.None;

    /// <summary>Address of the landing page.</summary>
    public string? LandingPage { get; init; }

    /// <summary>Address of the referring page.</summary>
    public string? Referrer { get; init; }

    /// <summary>Who referred the lead: an employee's id or e-mail, or a customer's name.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>When the lead was received; null means now. Never in the future (5 minutes of clock skew allowed).</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The record's id in the system it came from.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The company's part.</summary>
    public CompanyDetails Company { get; init; } = CompanyDetails.Empty;

    /// <summary>The contact's part.</summary>
    public ContactDetails Contact { get; init; } = ContactDetails.Empty;

    /// <summary>The requirement in words.</summary>
    public string? Requirement { get; init; }

    /// <summary>Products of interest.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The budget's part.</summary>
    public Budget Budget { get; init; } = Budget.Unknown;

    /// <summary>When the customer wants to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>Free tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Consent given with this submission; null when none was recorded.</summary>
    public Consent? Consent { get; init; }

    /// <summary>Values of custom fields by name.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Touches that came with the submission, such as an imported history of page views (§6).</summary>
    public IReadOnlyList<SubmittedTouch> Touches { get; init; } = [];

    /// <summary>What became of it before it came here; null where nothing is told.</summary>
    public LeadHistory? History { get; init; }

    /// <summary>Address the submission came from, for the blacklist (§4.3); null when it is not known or means nothing.</summary>
    public string? RemoteAddress { get; init; }
}

/// <summary>The five UTM parameters.</summary>
public sealed record UtmTags(string? Source, string? Medium, string? Campaign, string? Term, string? Content)
{
    /// <summary>No parameter is known.</summary>
    public static UtmTags None { get; } = new(null, null, null, null, null);
}

/// <summary>What a submission says about the company.</summary>
public sealed record CompanyDetails
{
    /// <summary>Nothing is known.</summary>
    public static CompanyDetails Empty { get; } = new();

    /// <summary>Name as typed.</summary>
    public string? Name { get; init; }

    /// <summary>Unified social credit code 统一社会信用代码, 18 characters; its check digit is verified.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Industry.</summary>
    public string? Industry { get; init; }

    /// <summary>Size class.</summary>
    public CompanySize? Size { get; init; }

    /// <summary>Number of employees, 0 to 10,000,000.</summary>
    public int? Headcount { get; init; }

    /// <summary>Province or municipality.</summary>
    public string? Province { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }
}

/// <summary>What a submission says about the contact.</summary>
public sealed record ContactDetails
{
    /// <summary>Nothing is known.</summary>
    public static ContactDetails Empty { get; } = new();

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Job title.</summary>
    public string? Title { get; init; }

    /// <summary>Part in buying.</summary>
    public BuyingRole? Role { get; init; }

    /// <summary>Phone numbers as typed.</summary>
    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>E-mail addresses as typed.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>WeChat id.</summary>
    public string? WeChat { get; init; }
}

/// <summary>A budget in the organisation's currency; both bounds are the same for a single amount.</summary>
/// <param name="Min">Lower bound, not negative.</param>
/// <param name="Max">Upper bound, not below <paramref name="Min"/>.</param>
/// <param name="Match">How it fits the offer; null lets the policy derive it.</param>
public sealed record Budget(decimal? Min, decimal? Max, BudgetMatch? Match)
{
    /// <summary>Nothing is known.</summary>
    public static Budget Unknown { get; } = new(null, null, null);
}

/// <summary>Consent as given (§18).</summary>
/// <param name="Purpose">What for, such as <c>sales_contact</c>.</param>
/// <param name="TextVersion">Version of the text that was shown.</param>
/// <param name="GivenAt">When; null means with the submission.</param>
public sealed record Consent(string Purpose, string? TextVersion, DateTimeOffset? GivenAt);

/// <summary>A touch that came with a submission.</summary>
/// <param name="Kind">Touch kind.</param>
/// <param name="At">When; null means when the lead was received.</param>
/// <param name="Count">How many times, at least 1.</param>
public sealed record SubmittedTouch(TouchKind Kind, DateTimeOffset? At, int Count = 1);
