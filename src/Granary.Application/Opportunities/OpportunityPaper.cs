using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Opportunities;

/// <summary>A version of something written about an opportunity; the latest of its kind is in force, the others are its history.</summary>
public sealed class OpportunityPaper
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The opportunity.</summary>
    public Guid OpportunityId { get; set; }

    /// <summary>Kind.</summary>
    public PaperKind Kind { get; set; }

    /// <summary>What it says, as JSON: the record of its kind.</summary>
    public required string Body { get; set; }

    /// <summary>Who wrote it.</summary>
    public Guid AuthorId { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What it says.</summary>
    public T Read<T>() => Json.Read<T>(Body);
}

internal sealed class OpportunityPaperTable : IEntityTypeConfiguration<OpportunityPaper>
{
    public void Configure(EntityTypeBuilder<OpportunityPaper> table)
    {
        table.ToTable("OpportunityPaper");
        table.Property(p => p.Id).ValueGeneratedNever();
        table.HasIndex(p => new { p.OpportunityId, p.Kind, p.Id }, "ix_opportunity_paper");
    }
}

internal static class Papers
{
    /// <summary>The paper of a kind that is in force.</summary>
    public static Task<OpportunityPaper?> Latest(this GranaryDb db, Guid opportunityId, PaperKind kind, CancellationToken ct) =>
        db.Set<OpportunityPaper>().AsNoTracking().Where(p => p.OpportunityId == opportunityId && p.Kind == kind).OrderByDescending(p => p.Id).FirstOrDefaultAsync(ct);

    /// <summary>Whether there is one of a kind.</summary>
    public static Task<bool> Has(this GranaryDb db, Guid opportunityId, PaperKind kind, CancellationToken ct) =>
        db.Set<OpportunityPaper>().AnyAsync(p => p.OpportunityId == opportunityId && p.Kind == kind, ct);
}
