using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Domain.Capture;

namespace Granary.Web.Intake;

/// <summary>A lead as somebody submits it.</summary>
public sealed record LeadBody
{
    /// <summary>Channel as <c>level 1/level 2</c>, up to 100 characters. Required.</summary>
    public string? Channel { get; init; }

    /// <summary>Campaign, up to 200 characters.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword, up to 200 characters.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece, up to 200 characters.</summary>
    public string? Content { get; init; }

    /// <summary>UTM parameters.</summary>
    public UtmBody? Utm { get; init; }

    /// <summary>Address of the landing page, up to 2,000 characters.</summary>
    public string? LandingPage { get; init; }

    /// <summary>Address of the referring page, up to 2,000 characters.</summary>
    public string? Referrer { get; init; }

    /// <summary>Who referred the lead: an employee's id or e-mail, or a customer's name.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>When it was received; now when left out, at most 5 minutes ahead.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The record's id in the system it comes from.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The company.</summary>
    public CompanyBody? Company { get; init; }

    /// <summary>The contact. A name and one of phones, e-mails and WeChat are required unless the policy says otherwise.</summary>
    public ContactBody? Contact { get; init; }

    /// <summary>The requirement in words, up to 4,000 characters.</summary>
    public string? Requirement { get; init; }

    /// <summary>Products of interest, up to 20.</summary>
    public IReadOnlyList<string?>? Products { get; init; }

    /// <summary>The budget in the organisation's currency.</summary>
    public BudgetBody? Budget { get; init; }

    /// <summary>When the customer wants to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>Free tags, up to 20.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>Consent given with the submission.</summary>
    public ConsentBody? Consent { get; init; }

    /// <summary>Custom fields by name: texts, numbers, yes or no.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Custom { get; init; }

    /// <summary>Touches that come with the lead, up to 200.</summary>
    public IReadOnlyList<SubmittedTouchBody>? Touches { get; init; }
}

/// <summary>The five UTM parameters, each up to 200 characters.</summary>
public sealed record UtmBody(string? Source = null, string? Medium = null, string? Campaign = null, string? Term = null, string? Content = null);

/// <summary>A company.</summary>
/// <param name="Name">Name, up to 200 characters.</param>
/// <param name="CreditCode">Unified social credit code; its check digit is verified.</param>
/// <param name="Industry">Industry, up to 100 characters.</param>
/// <param name="Size">large, medium or small.</param>
/// <param name="Headcount">Employees, 0 to 10,000,000.</param>
/// <param name="Province">Province or municipality.</param>
/// <param name="City">City.</param>
public sealed record CompanyBody(
    string? Name = null, string? CreditCode = null, string? Industry = null, CompanySize? Size = null, int? Headcount = null, string? Province = null, string? City = null);

/// <summary>A contact.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Title">Job title, up to 100 characters.</param>
/// <param name="Role">decisionMaker, influencer or user.</param>
/// <param name="Phones">Phone numbers as typed, up to 5.</param>
/// <param name="Emails">E-mail addresses as typed, up to 5.</param>
/// <param name="WeChat">WeChat id.</param>
public sealed record ContactBody(
    string? Name = null, string? Title = null, BuyingRole? Role = null, IReadOnlyList<string?>? Phones = null, IReadOnlyList<string?>? Emails = null,
    [property: JsonPropertyName("wechat")] string? WeChat = null);

/// <summary>A budget.</summary>
/// <param name="Min">Lower bound.</param>
/// <param name="Max">Upper bound.</param>
/// <param name="Match">full, partial or none; derived by the score model when left out.</param>
public sealed record BudgetBody(decimal? Min = null, decimal? Max = null, BudgetMatch? Match = null);

/// <summary>Consent.</summary>
/// <param name="Purpose">What for, such as <c>sales_contact</c>.</param>
/// <param name="TextVersion">Version of the text that was shown.</param>
/// <param name="GivenAt">When; with the submission when left out.</param>
public sealed record ConsentBody(string? Purpose = null, string? TextVersion = null, DateTimeOffset? GivenAt = null);

/// <summary>A touch that comes with a lead.</summary>
/// <param name="Kind">Touch kind.</param>
/// <param name="At">When; when the lead was received when left out.</param>
/// <param name="Count">How many times, 1 to 10,000.</param>
public sealed record SubmittedTouchBody(TouchKind Kind, DateTimeOffset? At = null, int Count = 1);
