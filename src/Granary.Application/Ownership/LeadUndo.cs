using Granary.Application.Capture;
using Granary.Domain.Capture;

namespace Granary.Application.Ownership;

/// <summary>What reverting an import needs to know about a lead it changed.</summary>
public sealed record LeadUndo
{
    /// <summary>The lead's version after the change; any other later means that somebody has touched it.</summary>
    public required int Version { get; init; }

    /// <summary>Contact points from this ordinal on came with the change.</summary>
    public required int OrdinalsFrom { get; init; }

    /// <summary>Touches that came with the change.</summary>
    public IReadOnlyList<Guid> Touches { get; init; } = [];

    /// <summary>The lead before.</summary>
    public required LeadBefore Before { get; init; }
}

/// <summary>A lead's fields and place before a change. Never contact data.</summary>
public sealed record LeadBefore(
    LeadStatus Status, Guid? OwnerId, Guid? PoolId, Guid? TrayUserId, DateTimeOffset? RetryAt, EntryLabel Label,
    string? Campaign, string? Keyword, string? Content, string? LandingPage, string? Referrer, string? ReferredBy,
    string? CompanyName, string? CompanyKey, string? CompanyTail, string? CreditCode, string? Industry, CompanySize? Size, int? Headcount,
    string? Province, string? City, string? Region, string? ContactName, string? Title, BuyingRole? Role, string? Requirement,
    IReadOnlyList<string> Products, decimal? BudgetMin, decimal? BudgetMax, BudgetMatch? BudgetMatch, DateOnly? PurchaseBy,
    IReadOnlyList<string> Tags, string? Consent, string? Custom, string? ExternalId)
{
    /// <summary>A lead as it is now.</summary>
    public static LeadBefore Of(Lead l) => new(
        l.Status, l.OwnerId, l.PoolId, l.TrayUserId, l.RetryAt, l.Label,
        l.Campaign, l.Keyword, l.Content, l.LandingPage, l.Referrer, l.ReferredBy,
        l.CompanyName, l.CompanyKey, l.CompanyTail, l.CreditCode, l.Industry, l.Size, l.Headcount,
        l.Province, l.City, l.Region, l.ContactName, l.Title, l.Role, l.Requirement,
        [.. l.Products], l.BudgetMin, l.BudgetMax, l.BudgetMatch, l.PurchaseBy,
        [.. l.Tags], l.Consent, l.Custom, l.ExternalId);

    /// <summary>Gives a lead these fields and this place back.</summary>
    public void Restore(Lead l)
    {
        (l.Status, l.OwnerId, l.PoolId, l.TrayUserId, l.RetryAt, l.Label) = (Status, OwnerId, PoolId, TrayUserId, RetryAt, Label);
        (l.Campaign, l.Keyword, l.Content, l.LandingPage, l.Referrer, l.ReferredBy) = (Campaign, Keyword, Content, LandingPage, Referrer, ReferredBy);
        (l.CompanyName, l.CompanyKey, l.CompanyTail, l.CreditCode) = (CompanyName, CompanyKey, CompanyTail, CreditCode);
        (l.Industry, l.Size, l.Headcount, l.Province, l.City, l.Region) = (Industry, Size, Headcount, Province, City, Region);
        (l.ContactName, l.Title, l.Role, l.Requirement, l.Products) = (ContactName, Title, Role, Requirement, [.. Products]);
        (l.BudgetMin, l.BudgetMax, l.BudgetMatch, l.PurchaseBy) = (BudgetMin, BudgetMax, BudgetMatch, PurchaseBy);
        (l.Tags, l.Consent, l.Custom, l.ExternalId) = ([.. Tags], Consent, Custom, ExternalId);
    }
}
