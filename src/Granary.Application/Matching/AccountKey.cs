using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Matching;

/// <summary>A key by which an account is found when a lead comes in (§5.1 rules 1 and 2); kept by the accounts' room.</summary>
public sealed class AccountKey
{
    /// <summary>Blind index of the key: company core, credit code, or a contact's phone, WeChat id or e-mail.</summary>
    public Guid Key { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>A <c>MatchKeyKind</c>.</summary>
    public int Kind { get; set; }

    /// <summary>The account's name, to tell the level of a company match.</summary>
    public required string AccountName { get; set; }

    /// <summary>The account's owner.</summary>
    public Guid? OwnerId { get; set; }
}

/// <summary>Another name of a company, such as a product name (§5.2).</summary>
public sealed class CompanyAlias
{
    /// <summary>The other name.</summary>
    public required string Alias { get; set; }

    /// <summary>The company's name.</summary>
    public required string Company { get; set; }
}

internal sealed class MatchingTables : IEntityTypeConfiguration<AccountKey>, IEntityTypeConfiguration<CompanyAlias>
{
    public void Configure(EntityTypeBuilder<AccountKey> table)
    {
        table.ToTable("AccountKey");
        table.HasKey(k => new { k.Key, k.AccountId });
        table.HasIndex(k => k.AccountId);
    }

    public void Configure(EntityTypeBuilder<CompanyAlias> table)
    {
        table.ToTable("CompanyAlias");
        table.HasKey(a => a.Alias);
        table.Property(a => a.Alias).HasMaxLength(200);
        table.Property(a => a.Company).HasMaxLength(200);
    }
}
