using System.Text.Json;
using Granary.Application.Capture;
using Granary.Domain.Capture;
using Granary.Web.People;
using Granary.Web.Scoring;

namespace Granary.Web.Intake;

/// <summary>A lead as it stands; contact data is masked.</summary>
public sealed record LeadView
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Version, also in the ETag.</summary>
    public required int Version { get; init; }

    /// <summary>unassigned, pending, working, converted, invalid or voided.</summary>
    public required LeadStatus Status { get; init; }

    /// <summary>Owner.</summary>
    public OwnerAnswer? Owner { get; init; }

    /// <summary>Key of the pool it lies in.</summary>
    public string? Pool { get; init; }

    /// <summary>The director in whose tray it waits.</summary>
    public OwnerAnswer? Tray { get; init; }

    /// <summary>raw, mql or sql.</summary>
    public required QualificationStage Qualification { get; init; }

    /// <summary>a, b or c by the review that it passed; null before.</summary>
    public string? ProjectGrade { get; init; }

    /// <summary>newLead, knownAccountContact, reentered or linked.</summary>
    public required EntryLabel Label { get; init; }

    /// <summary>The lead it is linked to.</summary>
    public Guid? SourceLeadId { get; init; }

    /// <summary>The account it belongs to.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Channel as <c>level 1/level 2</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece.</summary>
    public string? Content { get; init; }

    /// <summary>UTM parameters.</summary>
    public UtmBody? Utm { get; init; }

    /// <summary>Address of the landing page.</summary>
    public string? LandingPage { get; init; }

    /// <summary>Address of the referring page.</summary>
    public string? Referrer { get; init; }

    /// <summary>Who referred it.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who recorded it.</summary>
    public OwnerAnswer? Recorder { get; init; }

    /// <summary>Id in the system it came from.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The import it came with.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>The company.</summary>
    public required CompanyBody Company { get; init; }

    /// <summary>The contact, masked.</summary>
    public required ContactBody Contact { get; init; }

    /// <summary>The requirement in words.</summary>
    public string? Requirement { get; init; }

    /// <summary>Products of interest.</summary>
    public required IReadOnlyList<string> Products { get; init; }

    /// <summary>The budget.</summary>
    public required BudgetBody Budget { get; init; }

    /// <summary>When the customer wants to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Consent.</summary>
    public ConsentBody? Consent { get; init; }

    /// <summary>Custom fields.</summary>
    public required IReadOnlyDictionary<string, string> Custom { get; init; }

    /// <summary>Score; null while it is held.</summary>
    public ScoreAnswer? Score { get; init; }

    /// <summary>What cleansing and matching found.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Whether somebody promoted it by hand.</summary>
    public bool Promoted { get; init; }

    /// <summary>Why it is invalid.</summary>
    public string? InvalidReason { get; init; }

    /// <summary>Last change.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What of a lead can be changed. Where it came from is history.</summary>
public sealed record LeadEditBody
{
    /// <summary>Campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece.</summary>
    public string? Content { get; init; }

    /// <summary>Who referred it.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>The company.</summary>
    public CompanyBody? Company { get; init; }

    /// <summary>The contact. Lists of phones and e-mails are replaced whole, in plain text.</summary>
    public ContactBody? Contact { get; init; }

    /// <summary>The requirement in words.</summary>
    public string? Requirement { get; init; }

    /// <summary>Products of interest.</summary>
    public IReadOnlyList<string?>? Products { get; init; }

    /// <summary>The budget.</summary>
    public BudgetBody? Budget { get; init; }

    /// <summary>When the customer wants to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>Tags.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>Custom fields.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Custom { get; init; }

    /// <summary>What a stored lead says.</summary>
    public static LeadEditBody Of(LeadSubmission lead) => new()
    {
        Campaign = lead.Campaign,
        Keyword = lead.Keyword,
        Content = lead.Content,
        ReferredBy = lead.ReferredBy,
        Company = lead.Company.Body(),
        Contact = new ContactBody(lead.Contact.Name, lead.Contact.Title, lead.Contact.Role, lead.Contact.Phones, lead.Contact.Emails, lead.Contact.WeChat),
        Requirement = lead.Requirement,
        Products = lead.Products,
        Budget = new BudgetBody(lead.Budget.Min, lead.Budget.Max, lead.Budget.Match),
        PurchaseBy = lead.PurchaseBy,
        Tags = lead.Tags,
        Custom = lead.Custom.ToDictionary(c => c.Key, c => JsonSerializer.SerializeToElement(c.Value)),
    };

    /// <summary>The stored lead as edited.</summary>
    public LeadSubmission On(LeadSubmission lead) => lead with
    {
        Campaign = Campaign,
        Keyword = Keyword,
        Content = Content,
        ReferredBy = ReferredBy,
        Company = Company.Details(),
        Contact = Contact.Details(),
        Requirement = Requirement,
        Products = LeadBodyReading.Texts(Products),
        Budget = Budget.Known(),
        PurchaseBy = PurchaseBy,
        Tags = LeadBodyReading.Texts(Tags),
        Custom = LeadBodyReading.Custom(Custom),
    };
}
