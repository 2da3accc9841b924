using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A version of the confidentiality undertaking (§18). The latest is in force, unless it was withdrawn.</summary>
public sealed class Undertaking
{
    /// <summary>Longest text, in characters.</summary>
    public const int Longest = 20_000;

    /// <summary>Number, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The text in Chinese.</summary>
    public required string Chinese { get; set; }

    /// <summary>The text in English.</summary>
    public required string English { get; set; }

    /// <summary>Who published it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was published.</summary>
    public DateTimeOffset PublishedAt { get; set; }

    /// <summary>When it was withdrawn; null while in force or replaced.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>The text in a language of the interface.</summary>
    public string In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;
}

/// <summary>That a user confirmed a version; never changed.</summary>
public sealed class UndertakingConfirmation
{
    /// <summary>The version.</summary>
    public int Version { get; set; }

    /// <summary>The user.</summary>
    public Guid UserId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>Network address they confirmed from.</summary>
    public required string Address { get; set; }

    /// <summary>Language in which they read it.</summary>
    public required string Language { get; set; }
}

internal sealed class UndertakingTables : IEntityTypeConfiguration<Undertaking>, IEntityTypeConfiguration<UndertakingConfirmation>
{
    public void Configure(EntityTypeBuilder<Undertaking> table)
    {
        table.ToTable("Undertaking");
        table.HasKey(u => u.Version);
        table.Property(u => u.Version).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<UndertakingConfirmation> table)
    {
        table.ToTable("UndertakingConfirmation");
        table.HasKey(c => new { c.Version, c.UserId });
        table.Property(c => c.Address).HasMaxLength(45);
        table.Property(c => c.Language).HasMaxLength(10);
    }
}
