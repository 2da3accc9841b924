using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Cleansing;

/// <summary>An entry of the shared blacklist (§4.3).</summary>
public sealed class BlacklistEntry
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary><c>phone</c>, <c>email</c>, <c>domain</c>, <c>company</c> or <c>ip</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>The value; a phone or e-mail is kept encrypted like all contact data.</summary>
    public Storage.SealedText Value { get; set; }

    /// <summary>Why.</summary>
    public required string Reason { get; set; }

    /// <summary>Who added it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ends; null never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}

/// <summary>A sensitive word, or an innocent word that contains one (§4.4).</summary>
public sealed class SensitiveWord
{
    /// <summary>The word.</summary>
    public required string Word { get; set; }

    /// <summary>Whether it is innocent: a hit inside it does not count.</summary>
    public bool Allowed { get; set; }
}

internal sealed class ListTables : IEntityTypeConfiguration<BlacklistEntry>, IEntityTypeConfiguration<SensitiveWord>
{
    public void Configure(EntityTypeBuilder<BlacklistEntry> table)
    {
        table.ToTable("BlacklistEntry");
        table.Property(e => e.Kind).HasMaxLength(10);
        table.Property(e => e.Reason).HasMaxLength(200);
    }

    public void Configure(EntityTypeBuilder<SensitiveWord> table)
    {
        table.ToTable("SensitiveWord");
        table.HasKey(w => w.Word);
        table.Property(w => w.Word).HasMaxLength(60);
    }
}
