using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification.Pools;

/// <summary>That somebody claimed an account from a pool, and when they gave it back; what caps and cool-downs are counted from.</summary>
public sealed class AccountClaim
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Who.</summary>
    public Guid UserId { get; set; }

    /// <summary>The pool it was claimed from.</summary>
    public Guid PoolId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it went back to a pool; null while it has not.</summary>
    public DateTimeOffset? ReturnedAt { get; set; }
}

internal sealed class AccountClaimTable : IEntityTypeConfiguration<AccountClaim>
{
    public void Configure(EntityTypeBuilder<AccountClaim> table)
    {
        table.ToTable("AccountClaim");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.HasIndex(c => new { c.UserId, c.At }, "ix_account_claim_user");
        table.HasIndex(c => new { c.AccountId, c.Id }, "ix_account_claim_account");
    }
}
