using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification.Named;

/// <summary>A list of named accounts (§12 FABM).</summary>
public sealed class NamedList
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Name, unique.</summary>
    public required string Name { get; set; }

    /// <summary>Whether its accounts are premium; else they are regular.</summary>
    public bool Premium { get; set; }

    /// <summary>Id of its source in the policy of named accounts.</summary>
    public required string Source { get; set; }

    /// <summary>Who keeps it.</summary>
    public Guid OwnerId { get; set; }

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>How many accounts of a list are to reach a stage in a quarter.</summary>
public sealed class NamedGoal
{
    /// <summary>The list.</summary>
    public Guid ListId { get; set; }

    /// <summary>The quarter: year × 10 + 1 to 4.</summary>
    public int Quarter { get; set; }

    /// <summary>The stage.</summary>
    public NamedAccountStage Stage { get; set; }

    /// <summary>How many.</summary>
    public int Goal { get; set; }

    /// <summary>Who said so.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class NamedListTables : IEntityTypeConfiguration<NamedList>, IEntityTypeConfiguration<NamedGoal>
{
    public void Configure(EntityTypeBuilder<NamedList> table)
    {
        table.ToTable("NamedList");
        table.Property(l => l.Id).ValueGeneratedNever();
        table.Property(l => l.Version).IsConcurrencyToken();
        table.Property(l => l.Name).HasMaxLength(NamedListInput.LongestName);
        table.Property(l => l.Source).HasMaxLength(60);
        table.Property(l => l.Note).HasMaxLength(NamedListInput.LongestNote);
        table.HasIndex(l => l.Name, "ix_named_list_name").IsUnique();
    }

    public void Configure(EntityTypeBuilder<NamedGoal> table)
    {
        table.ToTable("NamedGoal");
        table.HasKey(g => new { g.ListId, g.Quarter, g.Stage });
    }
}
