using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>A link by which somebody sets their password, once; only its hash is kept.</summary>
public sealed class Invitation
{
    /// <summary>How long a link is good for.</summary>
    public static readonly TimeSpan Valid = TimeSpan.FromDays(7);

    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Whom it lets in.</summary>
    public Guid UserId { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>Whether it replaces a password, rather than bringing somebody in for the first time.</summary>
    public bool Reset { get; set; }

    /// <summary>Who made it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Until when it can be used.</summary>
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>When it was withdrawn, by hand or by a newer one.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> table)
    {
        table.ToTable("Invitation");
        table.HasIndex(i => i.Hash).IsUnique();
        table.HasIndex(i => i.UserId);
    }
}
