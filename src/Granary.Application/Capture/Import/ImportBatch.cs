using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Capture.Import;

/// <summary>How far an import is.</summary>
public enum ImportState
{
    /// <summary>The file is here; the mapping is not confirmed.</summary>
    Uploaded = 0,

    /// <summary>Confirmed; runs or waits for a node to run it.</summary>
    Running = 1,

    /// <summary>Done.</summary>
    Done = 2,

    /// <summary>Stopped because the file cannot be used further.</summary>
    Failed = 3,

    /// <summary>Taken back.</summary>
    Reverted = 4,
}

/// <summary>What an import does with rows that are there already (§3 Import modes).</summary>
public enum ImportMode
{
    /// <summary>Rows come in like any submission.</summary>
    Create = 0,

    /// <summary>A row whose key is known updates that lead, others are created.</summary>
    Upsert = 1,

    /// <summary>A row whose key is known updates that lead, others are left out.</summary>
    Update = 2,
}

/// <summary>What an import brings in. Numbers are stored and never reused.</summary>
public enum ImportKind
{
    /// <summary>Leads.</summary>
    Leads = 0,

    /// <summary>Accounts.</summary>
    Accounts = 1,

    /// <summary>Opportunities.</summary>
    Opportunities = 2,
}

/// <summary>An import: a file, its mapping, and how far it is.</summary>
public sealed class ImportBatch
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>What it brings in.</summary>
    public ImportKind Kind { get; set; }

    /// <summary>Name of the file.</summary>
    public required string FileName { get; set; }

    /// <summary>SHA-256 of the file.</summary>
    public required byte[] FileHash { get; set; }

    /// <summary>Bytes of the file.</summary>
    public long FileSize { get; set; }

    /// <summary>Who imports.</summary>
    public Guid UserId { get; set; }

    /// <summary>State.</summary>
    public ImportState State { get; set; }

    /// <summary>Mode.</summary>
    public ImportMode Mode { get; set; }

    /// <summary>Key field of the modes that update, such as <c>externalId</c>.</summary>
    public string? KeyField { get; set; }

    /// <summary>Mapping as JSON; null until it is confirmed.</summary>
    public string? Mapping { get; set; }

    /// <summary>Rows in the file, once counted.</summary>
    public int? RowsTotal { get; set; }

    /// <summary>Rows dealt with; moves in the transaction that writes them, so that a crash resumes here.</summary>
    public int RowsDone { get; set; }

    /// <summary>Leads created.</summary>
    public int Created { get; set; }

    /// <summary>Rows linked to a source lead or an account.</summary>
    public int Linked { get; set; }

    /// <summary>Rows that refreshed or updated a lead.</summary>
    public int Refreshed { get; set; }

    /// <summary>Rows held in the invalid pool.</summary>
    public int Held { get; set; }

    /// <summary>Rows left out with an error.</summary>
    public int Failed { get; set; }

    /// <summary>Rows that are here already from an earlier upload.</summary>
    public int Repeated { get; set; }

    /// <summary>Why it failed, as a stable code.</summary>
    public string? Error { get; set; }

    /// <summary>When the file came.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Until when the node that runs it has it; another may take it afterwards.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>The same, to move on while this one stays as it is.</summary>
    internal ImportBatch Copy() => (ImportBatch)MemberwiseClone();
}

/// <summary>A piece of an uploaded file; files stand in the database so that any node can go on with them.</summary>
public sealed class ImportChunk
{
    /// <summary>The import.</summary>
    public Guid ImportId { get; set; }

    /// <summary>Place of the piece.</summary>
    public int Seq { get; set; }

    /// <summary>Its bytes, encrypted: a file of leads is full of contact data.</summary>
    public SealedBytes Bytes { get; set; }
}

/// <summary>What became of a row.</summary>
public sealed class ImportRow
{
    /// <summary>Hash of the row's content; a row that came in before does not come in twice.</summary>
    public Guid Key { get; set; }

    /// <summary>The import that brought it.</summary>
    public Guid ImportId { get; set; }

    /// <summary>Number of the row in the file.</summary>
    public int Number { get; set; }

    /// <summary>The lead it made or changed.</summary>
    public Guid LeadId { get; set; }

    /// <summary>Outcome, as the API names it.</summary>
    public int Outcome { get; set; }
}

/// <summary>A row that was left out, and why.</summary>
public sealed class ImportFailure
{
    /// <summary>The import.</summary>
    public Guid ImportId { get; set; }

    /// <summary>Number of the row in the file.</summary>
    public int Number { get; set; }

    /// <summary>Its errors as JSON: field, code, limit.</summary>
    public required string Errors { get; set; }

    /// <summary>The row's cells as JSON, encrypted.</summary>
    public SealedText Cells { get; set; }
}

/// <summary>A mapping remembered for files with the same headings.</summary>
public sealed class RememberedMapping
{
    /// <summary>Hash of the headings.</summary>
    public Guid Key { get; set; }

    /// <summary>The mapping as JSON.</summary>
    public required string Mapping { get; set; }

    /// <summary>When it was used last.</summary>
    public DateTimeOffset At { get; set; }
}

internal sealed class ImportTables : IEntityTypeConfiguration<ImportBatch>, IEntityTypeConfiguration<ImportChunk>,
    IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportFailure>, IEntityTypeConfiguration<RememberedMapping>
{
    public void Configure(EntityTypeBuilder<ImportBatch> table)
    {
        table.ToTable("ImportBatch");
        table.Property(b => b.FileName).HasMaxLength(255);
        table.HasIndex(b => b.FileHash);
    }

    public void Configure(EntityTypeBuilder<ImportChunk> table)
    {
        table.ToTable("ImportChunk");
        table.HasKey(c => new { c.ImportId, c.Seq });
    }

    public void Configure(EntityTypeBuilder<ImportRow> table)
    {
        table.ToTable("ImportRow");
        table.HasKey(r => r.Key);
        table.HasIndex(r => r.ImportId, "ix_import_row_refreshed").HasFilter("outcome = 2");
    }

    public void Configure(EntityTypeBuilder<ImportFailure> table)
    {
        table.ToTable("ImportFailure");
        table.HasKey(f => new { f.ImportId, f.Number });
    }

    public void Configure(EntityTypeBuilder<RememberedMapping> table)
    {
        table.ToTable("RememberedMapping");
        table.HasKey(m => m.Key);
    }
}
