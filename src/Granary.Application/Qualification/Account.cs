using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification;

/// <summary>An account 客户 (§12).</summary>
public sealed class Account
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes of the account and of its contacts; the record's ETag.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Company name.</summary>
    public required string Name { get; set; }

    /// <summary>Unified social credit code.</summary>
    public string? CreditCode { get; set; }

    /// <summary>Owner.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The pool it lies in while nobody owns it; members claim it from there.</summary>
    public Guid? PoolId { get; set; }

    /// <summary>Since when it lies there.</summary>
    public DateTimeOffset? PooledAt { get; set; }

    /// <summary>Industry in up to three levels, with <c>/</c> between.</summary>
    public string? Industry { get; set; }

    /// <summary>Size class.</summary>
    public CompanySize? Size { get; set; }

    /// <summary>Employees.</summary>
    public int? Headcount { get; set; }

    /// <summary>Province.</summary>
    public string? Province { get; set; }

    /// <summary>City.</summary>
    public string? City { get; set; }

    /// <summary>Id of its tier in the policy of qualification.</summary>
    public string? Tier { get; set; }

    /// <summary>The account it belongs to, such as that of its group.</summary>
    public Guid? ParentId { get; set; }

    /// <summary>Web site.</summary>
    public string? Website { get; set; }

    /// <summary>Where it is: offices, plants.</summary>
    public List<string> Sites { get; set; } = [];

    /// <summary>What it ordered before, a line each.</summary>
    public List<string> PastOrders { get; set; } = [];

    /// <summary>Competitors who are there.</summary>
    public List<string> Competitors { get; set; } = [];

    /// <summary>A note.</summary>
    public string? Note { get; set; }

    /// <summary>Custom field values as JSON; null when none.</summary>
    public string? Custom { get; set; }

    /// <summary>The account it was merged into; it only leads there then (§5.3).</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Last change.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("Account");
        table.Property(a => a.Id).ValueGeneratedNever();
        table.Property(a => a.Version).IsConcurrencyToken();
        table.Property(a => a.Name).HasMaxLength(200);
        table.Property(a => a.CreditCode).HasMaxLength(18);
        table.Property(a => a.Industry).HasMaxLength(200);
        table.Property(a => a.Province).HasMaxLength(100);
        table.Property(a => a.City).HasMaxLength(100);
        table.Property(a => a.Tier).HasMaxLength(60);
        table.Property(a => a.Website).HasMaxLength(2000);
        table.Property(a => a.Note).HasMaxLength(4000);
        table.Property(a => a.Sites).HasConversion<TextList>(TextList.Comparer);
        table.Property(a => a.PastOrders).HasConversion<TextList>(TextList.Comparer);
        table.Property(a => a.Competitors).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(a => a.OwnerId);
        table.HasIndex(a => a.Name);
        table.HasIndex(a => new { a.PoolId, a.Id }, "ix_account_pool").HasFilter("pool_id IS NOT NULL");
        table.HasIndex(a => a.MergedIntoId, "ix_account_merged_into").HasFilter("merged_into_id IS NOT NULL");
        table.HasIndex(a => a.ParentId, "ix_account_parent").HasFilter("parent_id IS NOT NULL");
    }
}
