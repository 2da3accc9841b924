using Granary.Application.Opportunities;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Web.People;

namespace Granary.Web.Opportunities;

/// <summary>An opportunity.</summary>
public sealed record OpportunityView
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its version, also in the ETag.</summary>
    public required int Version { get; init; }

    /// <summary>Inquiry code.</summary>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>The account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Name of the account, in lists and where it is got.</summary>
    public string? Account { get; init; }

    /// <summary>The contact it began with.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>The lead it began with.</summary>
    public Guid? LeadId { get; init; }

    /// <summary>Owner.</summary>
    public OwnerAnswer? Owner { get; init; }

    /// <summary>Who takes over what was won.</summary>
    public OwnerAnswer? Receiver { get; init; }

    /// <summary>Id of the business line.</summary>
    public required string Line { get; init; }

    /// <summary>Id of the stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Since when it is in it.</summary>
    public required DateTimeOffset StageSince { get; init; }

    /// <summary>Amount.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Currency.</summary>
    public required string Currency { get; init; }

    /// <summary>When it is expected to be won.</summary>
    public DateOnly? ExpectedOn { get; init; }

    /// <summary>Product line.</summary>
    public string? ProductLine { get; init; }

    /// <summary>Confirmed grade.</summary>
    public OpportunityGrade? Grade { get; init; }

    /// <summary>Inquiry grade.</summary>
    public required InquiryGrade Inquiry { get; init; }

    /// <summary>Share in percent with which it counts in the forecast; null where it does not count.</summary>
    public decimal? Rate { get; init; }

    /// <summary>When it was evaluated last.</summary>
    public DateTimeOffset? EvaluatedAt { get; init; }

    /// <summary>none, waiting or approved.</summary>
    public required string Plan { get; init; }

    /// <summary>By when the project charter is due.</summary>
    public DateTimeOffset? CharterDueAt { get; init; }

    /// <summary>By when it is handed over.</summary>
    public DateTimeOffset? HandoverDueAt { get; init; }

    /// <summary>Since when the deal rule holds while it is not won.</summary>
    public DateTimeOffset? DealMetAt { get; init; }

    /// <summary>Values of custom fields by key.</summary>
    public IReadOnlyDictionary<string, string>? Custom { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was won or lost.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Id of what the request made besides, such as an objection or a payment.</summary>
    public Guid? MadeId { get; init; }

    /// <summary>An opportunity with the names of people.</summary>
    public static OpportunityView Of(Opportunity o, string? account, Setting setting) => new()
    {
        Id = o.Id,
        Version = o.Version,
        Code = o.Code,
        Name = o.Name,
        AccountId = o.AccountId,
        Account = account,
        ContactId = o.ContactId,
        LeadId = o.LeadId,
        Owner = OwnerAnswer.Of(o.OwnerId, setting),
        Receiver = OwnerAnswer.Of(o.ReceiverId, setting),
        Line = o.Line,
        Stage = o.Stage,
        StageSince = o.StageSince,
        Amount = o.Amount,
        Currency = o.Currency,
        ExpectedOn = o.ExpectedOn,
        ProductLine = o.ProductLine,
        Grade = o.Grade,
        Inquiry = o.Inquiry,
        Rate = setting.Opportunities.Rates.Of(o.Inquiry),
        EvaluatedAt = o.EvaluatedAt,
        Plan = o.PlanApproved is not null ? "approved" : o.PlanWaits ? "waiting" : "none",
        CharterDueAt = o.CharterDueAt,
        HandoverDueAt = o.HandoverDueAt,
        DealMetAt = o.DealMetAt,
        Custom = o.Custom is null ? null : OpportunityEdit.CustomOf(o),
        CreatedAt = o.CreatedAt,
        ClosedAt = o.ClosedAt,
    };
}
