using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>A lead became an account's, a contact's and an opportunity's (§12 Convert), and what undoing it needs to know.</summary>
public sealed class LeadConversion
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Whether the account was made by it.</summary>
    public bool AccountMade { get; set; }

    /// <summary>The contact; null where the lead names nobody.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>Whether the contact was made by it.</summary>
    public bool ContactMade { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>Whether the opportunity was made by it.</summary>
    public bool OpportunityMade { get; set; }

    /// <summary>The opportunity's version then; a later one means that somebody worked on it.</summary>
    public int OpportunityVersion { get; set; }

    /// <summary>Names of the criteria that held.</summary>
    public List<string> Criteria { get; set; } = [];

    /// <summary>The ownership it ended.</summary>
    public Guid? OwnershipId { get; set; }

    /// <summary>The lead's place before, as JSON.</summary>
    public required string Before { get; set; }

    /// <summary>The version of the rules.</summary>
    public int PolicyVersion { get; set; }

    /// <summary>Who converted it.</summary>
    public Guid ActorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>When it was undone.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Who undid it.</summary>
    public Guid? UndoneBy { get; set; }
}

/// <summary>How far a series of inquiry codes was counted. A number is taken in the transaction that uses it, whichever node runs it.</summary>
public sealed class CodeSeries
{
    /// <summary>The series: a code with a star for its serial.</summary>
    public required string Series { get; set; }

    /// <summary>The last number that was given.</summary>
    public long Last { get; set; }
}

/// <summary>The number of an account in inquiry codes.</summary>
public sealed class AccountNumber
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; set; }

    /// <summary>Its number, from 1.</summary>
    public int Number { get; set; }
}

internal sealed class ConversionTables : IEntityTypeConfiguration<LeadConversion>, IEntityTypeConfiguration<CodeSeries>, IEntityTypeConfiguration<AccountNumber>
{
    public void Configure(EntityTypeBuilder<LeadConversion> table)
    {
        table.ToTable("LeadConversion");
        table.Property(c => c.Id).ValueGeneratedNever();
        table.Property(c => c.Criteria).HasConversion<TextList>(TextList.Comparer);
        table.HasIndex(c => c.LeadId, "ix_lead_conversion_lead");
        table.HasIndex(c => c.OpportunityId, "ix_lead_conversion_opportunity");
        table.HasIndex(c => c.AccountId, "ix_lead_conversion_account");
    }

    public void Configure(EntityTypeBuilder<CodeSeries> table)
    {
        table.ToTable("CodeSeries");
        table.HasKey(s => s.Series);
        table.Property(s => s.Series).HasMaxLength(300);
    }

    public void Configure(EntityTypeBuilder<AccountNumber> table)
    {
        table.ToTable("AccountNumber");
        table.HasKey(n => n.AccountId);
        table.Property(n => n.AccountId).ValueGeneratedNever();
        table.HasIndex(n => n.Number, "ix_account_number").IsUnique();
    }
}
