using Granary.Application.Opportunities.Partners;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;

namespace Granary.Web.Opportunities.Partners;

/// <summary>A partner as a form posts it.</summary>
public sealed class PartnerForm
{
    public string? Name { get; set; }

    public string? Kind { get; set; }

    public string? Owner { get; set; }

    public string? OwnerText { get; set; }

    public string? Account { get; set; }

    public string? AccountText { get; set; }

    public string? Region { get; set; }

    public string? Note { get; set; }

    public bool Ended { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>What was typed. A box that was emptied chooses nobody.</summary>
    public PartnerInput Input => new(Name, PartnerWords.Member<PartnerKind>(Kind), Chosen(Owner, OwnerText), Chosen(Account, AccountText), Region, Note, Ended);

    /// <summary>A stored partner.</summary>
    public static PartnerForm Of(Partner p, string? owner, string? account) => new()
    {
        Name = p.Name,
        Kind = WireName.Of(p.Kind),
        Owner = p.OwnerId.ToString(),
        OwnerText = owner,
        Account = p.AccountId?.ToString(),
        AccountText = account,
        Region = p.Region,
        Note = p.Note,
        Ended = p.EndedAt is not null,
        Seen = p.Version,
    };

    private static Guid? Chosen(string? id, string? text) => !string.IsNullOrWhiteSpace(text) && Guid.TryParse(id, out var chosen) ? chosen : null;
}
