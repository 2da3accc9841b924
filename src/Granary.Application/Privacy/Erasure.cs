using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy;

/// <summary>That a person was erased: which records, and keyed digests of their contact points; nothing plain. Kept in a file beside the database too.</summary>
public sealed class Erasure
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The request it answers.</summary>
    public Guid? RequestId { get; set; }

    /// <summary>Leads that were erased.</summary>
    public List<Guid> Leads { get; set; } = [];

    /// <summary>Blind indexes of the person's contact points.</summary>
    public List<Guid> Keys { get; set; } = [];
}

internal sealed class ErasureTable : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> table)
    {
        table.ToTable("Erasure");
        table.Property(e => e.Id).ValueGeneratedNever();
        table.Property(e => e.Leads).HasConversion<IdList>(IdList.Comparer);
        table.Property(e => e.Keys).HasConversion<IdList>(IdList.Comparer);
    }
}
