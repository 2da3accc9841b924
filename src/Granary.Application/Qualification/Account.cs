using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification;

/// <summary>An account 客户 (§12): what matching needs of it.</summary>
public sealed class Account
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Company name.</summary>
    public required string Name { get; set; }

    /// <summary>Unified social credit code.</summary>
    public string? CreditCode { get; set; }

    /// <summary>Owner.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}

/// <summary>A contact of an account.</summary>
public sealed class AccountContact
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>Title.</summary>
    public string? Title { get; set; }

    /// <summary>Phone, encrypted.</summary>
    public SealedText? Phone { get; set; }

    /// <summary>E-mail, encrypted.</summary>
    public SealedText? Email { get; set; }
}

internal sealed class AccountTables : IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<AccountContact>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("Account");
        table.Property(a => a.Name).HasMaxLength(200);
        table.Property(a => a.CreditCode).HasMaxLength(18);
        table.HasIndex(a => a.OwnerId);
        table.HasIndex(a => a.Name);
    }

    public void Configure(EntityTypeBuilder<AccountContact> table)
    {
        table.ToTable("AccountContact");
        table.Property(c => c.Name).HasMaxLength(100);
        table.Property(c => c.Title).HasMaxLength(100);
        table.HasIndex(c => c.AccountId);
    }
}
