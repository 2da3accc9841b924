using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Qualification.Named;

/// <summary>An account that marketing and sales plan for by name: in one list at most, in one stage.</summary>
public sealed class NamedAccount
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>Counts changes.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The list.</summary>
    public Guid ListId { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Its stage.</summary>
    public NamedAccountStage Stage { get; set; } = NamedAccountStage.Stranger;

    /// <summary>Since when it is in it.</summary>
    public DateTimeOffset StageSince { get; set; }

    /// <summary>When it was named.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Who named it.</summary>
    public Guid AddedById { get; set; }
}

/// <summary>A line of an entry checklist that somebody ticked.</summary>
public sealed class NamedCheck
{
    /// <summary>The named account.</summary>
    public Guid NamedAccountId { get; set; }

    /// <summary>Id of the line.</summary>
    public required string CheckId { get; set; }

    /// <summary>By what it is known.</summary>
    public required string Evidence { get; set; }

    /// <summary>Who ticked it.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>A change of stage; what quarterly goals are counted by.</summary>
public sealed class NamedStageChange
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The named account.</summary>
    public Guid NamedAccountId { get; set; }

    /// <summary>The list it was in.</summary>
    public Guid ListId { get; set; }

    /// <summary>The stage before.</summary>
    public NamedAccountStage Before { get; set; }

    /// <summary>The stage after.</summary>
    public NamedAccountStage After { get; set; }

    /// <summary>Why, where it went back.</summary>
    public string? Reason { get; set; }

    /// <summary>Who.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class NamedAccountTables : IEntityTypeConfiguration<NamedAccount>, IEntityTypeConfiguration<NamedCheck>, IEntityTypeConfiguration<NamedStageChange>
{
    public void Configure(EntityTypeBuilder<NamedAccount> table)
    {
        table.ToTable("NamedAccount");
        table.Property(a => a.Id).ValueGeneratedNever();
        table.Property(a => a.Version).IsConcurrencyToken();
        table.HasIndex(a => a.AccountId, "ix_named_account_account").IsUnique();
        table.HasIndex(a => new { a.ListId, a.Stage, a.Id }, "ix_named_account_list");
    }

    public void Configure(EntityTypeBuilder<NamedCheck> table)
    {
        table.ToTable("NamedCheck");
        table.HasKey(c => new { c.NamedAccountId, c.CheckId });
        table.Property(c => c.CheckId).HasMaxLength(60);
        table.Property(c => c.Evidence).HasMaxLength(TickNamedCheck.LongestEvidence);
    }

    public void Configure(EntityTypeBuilder<NamedStageChange> table)
    {
        table.ToTable("NamedStageChange");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Reason).HasMaxLength(Ownership.VerbReason.Most);
        table.HasIndex(c => new { c.NamedAccountId, c.Id }, "ix_named_stage_change_account");
        table.HasIndex(c => new { c.ListId, c.At }, "ix_named_stage_change_list");
    }
}
