using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.People;

/// <summary>How somebody signed in. The numbers are stored.</summary>
public enum SignInMeans
{
    /// <summary>By e-mail and password.</summary>
    Password = 0,

    /// <summary>By password and a code of the authenticator app.</summary>
    Code = 1,

    /// <summary>By password and a recovery code.</summary>
    RecoveryCode = 2,

    /// <summary>By passkey.</summary>
    Passkey = 3,

    /// <summary>By the link of an invitation, or one for a new password.</summary>
    Link = 4,
}

/// <summary>A time of being signed in with one browser; the cookie carries its id (§18).</summary>
public sealed class Session
{
    /// <summary>Id.</summary>
    public Guid Id { get; set; }

    /// <summary>Who is signed in.</summary>
    public Guid UserId { get; set; }

    /// <summary>When they signed in.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>When they were last seen, to the minute.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>When it was ended; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How they signed in.</summary>
    public SignInMeans Means { get; set; }

    /// <summary>Browser and system in few words.</summary>
    public required string Agent { get; set; }

    /// <summary>The address they came from.</summary>
    public required string Address { get; set; }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> table)
    {
        table.ToTable("Session");
        table.Property(s => s.Agent).HasMaxLength(60);
        table.Property(s => s.Address).HasMaxLength(45);
        table.HasIndex(s => s.UserId);
        table.HasIndex(s => s.SeenAt);
    }
}
