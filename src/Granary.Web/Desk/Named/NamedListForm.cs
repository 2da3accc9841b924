using Granary.Application.Qualification.Named;

namespace Granary.Web.Desk.Named;

/// <summary>A list of named accounts as a form posts it.</summary>
public sealed class NamedListForm
{
    public string? Name { get; set; }

    public string? Class { get; set; }

    public string? Source { get; set; }

    public string? Owner { get; set; }

    public string? OwnerText { get; set; }

    public string? Note { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>A stored list.</summary>
    public static NamedListForm Of(NamedList list, string? owner) => new()
    {
        Name = list.Name,
        Class = list.Premium ? "premium" : "regular",
        Source = list.Source,
        Owner = list.OwnerId.ToString(),
        OwnerText = owner,
        Note = list.Note,
        Seen = list.Version,
    };

    /// <summary>What was typed. A box that was emptied chooses nobody.</summary>
    public NamedListInput Input => new(Name, Class == "premium", Source, !string.IsNullOrWhiteSpace(OwnerText) && Guid.TryParse(Owner, out var owner) ? owner : null, Note);
}
