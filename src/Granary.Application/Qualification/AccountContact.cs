using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification;

/// <summary>
/// A contact of an account: a person in one job (§12). Who changes jobs is a contact of the next account too; both rows have
/// the same <see cref="PersonId"/>, and together they are the person's history.
/// </summary>
public sealed class AccountContact
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Who it is, over all their jobs.</summary>
    public Guid PersonId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Title.</summary>
    public string? Title { get; set; }

    /// <summary>Parts in buying, by the names of <c>BuyingRole</c>.</summary>
    public List<string> Roles { get; set; } = [];

    /// <summary>Whether they are a key person 关键人.</summary>
    public bool KeyPerson { get; set; }

    /// <summary>Phone, encrypted.</summary>
    public SealedText? Phone { get; set; }

    /// <summary>E-mail, encrypted.</summary>
    public SealedText? Email { get; set; }

    /// <summary>WeChat id, encrypted.</summary>
    public SealedText? WeChat { get; set; }

    /// <summary>The day on which they began there, where it is known.</summary>
    public DateOnly? Since { get; set; }

    /// <summary>The day on which they left; null while they are there.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>A part in buying by its name; null when it is none.</summary>
    public static BuyingRole? RoleOf(string name) => Enum.GetValues<BuyingRole>().Where(r => WireName.Of(r) == name).Select(r => (BuyingRole?)r).FirstOrDefault();
}

/// <summary>A key of a contact's phone, WeChat id or e-mail: what finds a person over all their jobs, also after they left.</summary>
public sealed class AccountContactKey
{
    /// <summary>Blind index.</summary>
    public Guid Key { get; set; }

    /// <summary>The contact.</summary>
    public Guid ContactId { get; set; }

    /// <summary>A <c>MatchKeyKind</c>.</summary>
    public int Kind { get; set; }
}

internal sealed class AccountContactTables : IEntityTypeConfiguration<AccountContact>, IEntityTypeConfiguration<AccountContactKey>
{
    public void Configure(EntityTypeBuilder<AccountContact> table)
    {
        table.ToTable("AccountContact");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Property(c => c.Name).HasMaxLength(100);
        table.Property(c => c.Title).HasMaxLength(100);
        table.Property(c => c.Roles).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(c => c.AccountId);
        table.HasIndex(c => c.PersonId, "ix_account_contact_person");
    }

    public void Configure(EntityTypeBuilder<AccountContactKey> table)
    {
        table.ToTable("AccountContactKey");
        table.HasKey(k => new { k.Key, k.ContactId });
        table.HasIndex(k => k.ContactId, "ix_account_contact_key_contact");
    }
}
