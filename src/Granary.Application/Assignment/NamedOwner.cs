using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Assignment;

/// <summary>
/// Who has an account that stands in a list of named accounts (§12): its owner, else who keeps the list. A view over the tables of accounts,
/// so that it is right whatever becomes of the account, its list and their owners.
/// </summary>
public sealed class NamedOwner
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Who has it.</summary>
    public Guid OwnerId { get; set; }
}

internal sealed class NamedOwnerView : IEntityTypeConfiguration<NamedOwner>
{
    public void Configure(EntityTypeBuilder<NamedOwner> view)
    {
        view.ToView("named_owner");
        view.HasNoKey();
        view.Property(n => n.AccountId).HasColumnName("account_id");
        view.Property(n => n.OwnerId).HasColumnName("owner_id");
    }
}
