using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture;

/// <summary>A way to reach somebody.</summary>
public enum ContactKind
{
    /// <summary>Phone.</summary>
    Phone = 1,

    /// <summary>WeChat id.</summary>
    WeChat = 2,

    /// <summary>E-mail.</summary>
    Email = 3,

    /// <summary>What was typed as a phone or mail and is none; kept, matched with nothing.</summary>
    Unusable = 4,
}

/// <summary>
/// A phone number, WeChat id or e-mail of a lead: encrypted, and found by its blind index. All holders of one key are
/// numbered by <see cref="Seq"/> in the order they came to hold it; the primary key (key, seq) is what lets two nodes agree on who
/// was first (docs/adr/0004).
/// </summary>
public sealed class ContactPoint
{
    /// <summary>Blind index of the normalised value.</summary>
    public Guid Key { get; set; }

    /// <summary>
    /// Place among the holders of this key, one behind the greatest when it was taken; the least is the first of those who hold
    /// it now. It need not be 0: who gives a key up, because a phone was edited, leaves its number empty.
    /// </summary>
    public int Seq { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Kind.</summary>
    public ContactKind Kind { get; set; }

    /// <summary>Place among the lead's own, as typed.</summary>
    public int Ordinal { get; set; }

    /// <summary>The value, encrypted.</summary>
    public SealedText Value { get; set; }
}

internal sealed class ContactPointTable : IEntityTypeConfiguration<ContactPoint>
{
    public void Configure(EntityTypeBuilder<ContactPoint> table)
    {
        table.ToTable("ContactPoint");
        table.HasKey(c => new { c.Key, c.Seq });
        table.HasIndex(c => c.LeadId);
    }
}
