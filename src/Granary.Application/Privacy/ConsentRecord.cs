using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy;

/// <summary>How a consent came in. Numbers are stored and never reused.</summary>
public enum ConsentSource
{
    /// <summary>A public form.</summary>
    Form = 1,

    /// <summary>Somebody wrote it down.</summary>
    Hand = 2,

    /// <summary>A program.</summary>
    Api = 3,

    /// <summary>An import.</summary>
    Import = 4,
}

/// <summary>How a consent was withdrawn. Numbers are stored and never reused.</summary>
public enum WithdrawalWay
{
    /// <summary>The person told somebody here.</summary>
    Told = 1,

    /// <summary>The person did it on their own page.</summary>
    SelfService = 2,
}

/// <summary>
/// An entry of the consent ledger (§18): who agreed to what, when, and what shows it; and when they ended it. The person is
/// known by the lead and by the blind indexes of their contact points (<see cref="ConsentKey"/>).
/// </summary>
public sealed class ConsentRecord
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead with which it came.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Key of the purpose.</summary>
    public required string Purpose { get; set; }

    /// <summary>Version of the text that was shown.</summary>
    public string? TextVersion { get; set; }

    /// <summary>Channel by which it came.</summary>
    public string? Channel { get; set; }

    /// <summary>When it was given; null where somebody objected who had never consented.</summary>
    public DateTimeOffset? GivenAt { get; set; }

    /// <summary>How it came in.</summary>
    public ConsentSource Source { get; set; }

    /// <summary>What shows it, a <see cref="ConsentEvidence"/> as JSON, encrypted.</summary>
    public SealedText? Evidence { get; set; }

    /// <summary>When it was recorded.</summary>
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Who recorded it; null for public doors.</summary>
    public Guid? RecorderId { get; set; }

    /// <summary>When it was withdrawn.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>How.</summary>
    public WithdrawalWay? WithdrawnHow { get; set; }

    /// <summary>Who recorded that; null for the person themselves.</summary>
    public Guid? WithdrawnBy { get; set; }

    /// <summary>Why, in words, encrypted.</summary>
    public SealedText? Reason { get; set; }
}

/// <summary>A contact point of the person who gave a consent.</summary>
public sealed class ConsentKey
{
    /// <summary>Blind index.</summary>
    public Guid Key { get; set; }

    /// <summary>The entry of the ledger.</summary>
    public Guid ConsentId { get; set; }
}

/// <summary>A contact point whose holder does not want a purpose; stays when everything else about them is gone.</summary>
public sealed class ConsentStop
{
    /// <summary>Stands for every purpose: the holder wants their data kept and not used. No purpose has this key.</summary>
    public const string Everything = "*";

    /// <summary>Blind index.</summary>
    public Guid Key { get; set; }

    /// <summary>Key of the purpose.</summary>
    public required string Purpose { get; set; }

    /// <summary>Since when.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What shows that somebody consented.</summary>
/// <param name="Page">The page with the form.</param>
/// <param name="Address">The network address it came from.</param>
/// <param name="Note">What whoever recorded it says.</param>
public sealed record ConsentEvidence(string? Page, string? Address, string? Note);

internal sealed class ConsentTables : IEntityTypeConfiguration<ConsentRecord>, IEntityTypeConfiguration<ConsentKey>, IEntityTypeConfiguration<ConsentStop>
{
    private const int Longest = 100;

    public void Configure(EntityTypeBuilder<ConsentRecord> table)
    {
        table.ToTable("Consent");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Purpose).HasMaxLength(Longest);
        table.Property(c => c.TextVersion).HasMaxLength(Longest);
        table.HasIndex(c => new { c.LeadId, c.Id });
    }

    public void Configure(EntityTypeBuilder<ConsentKey> table)
    {
        table.ToTable("ConsentKey");
        table.HasKey(k => new { k.Key, k.ConsentId });
        table.HasIndex(k => k.ConsentId);
    }

    public void Configure(EntityTypeBuilder<ConsentStop> table)
    {
        table.ToTable("ConsentStop");
        table.HasKey(s => new { s.Key, s.Purpose });
        table.Property(s => s.Purpose).HasMaxLength(Longest);
        table.HasIndex(s => s.At);
    }
}
