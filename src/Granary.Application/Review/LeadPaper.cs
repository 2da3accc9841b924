using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Review;

/// <summary>
/// A version of something written about a lead while it is incubated (§7): the diagrams of an opportunity (§13) and what raises
/// interest. The latest of its kind is in force, the others are its history; all of it carries over at conversion.
/// </summary>
public sealed class LeadPaper
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>The lead.</summary>
    public Guid LeadId { get; set; }

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

internal sealed class LeadPaperTable : IEntityTypeConfiguration<LeadPaper>
{
    public void Configure(EntityTypeBuilder<LeadPaper> table)
    {
        table.ToTable("LeadPaper");
        table.Property(p => p.Id).ValueGeneratedNever();
        table.HasIndex(p => new { p.LeadId, p.Kind, p.Id }, "ix_lead_paper");
    }
}

internal static class LeadPapers
{
    /// <summary>The papers of a lead that are in force.</summary>
    public static async Task<IReadOnlyDictionary<PaperKind, LeadPaper>> PapersOf(this GranaryDb db, Guid leadId, CancellationToken ct) =>
        (await db.Set<LeadPaper>().AsNoTracking().Where(p => p.LeadId == leadId).OrderByDescending(p => p.Id).ToListAsync(ct)).GroupBy(p => p.Kind).ToDictionary(g => g.Key, g => g.First());
}
