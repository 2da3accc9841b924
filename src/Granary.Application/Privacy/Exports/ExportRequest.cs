using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Granary.Application.Privacy.Exports;

/// <summary>How far an export is. Numbers are stored and never reused.</summary>
public enum ExportState
{
    /// <summary>Somebody has to approve it.</summary>
    Waiting = 0,

    /// <summary>It is made, or waits for a node to make it.</summary>
    Running = 1,

    /// <summary>Its file can be downloaded.</summary>
    Ready = 2,

    /// <summary>It was not approved.</summary>
    Refused = 3,

    /// <summary>Its file is gone, or nobody decided in time.</summary>
    Expired = 4,

    /// <summary>It could not be made.</summary>
    Failed = 5,

    /// <summary>Whoever asked took it back.</summary>
    Cancelled = 6,
}

/// <summary>The format of a file.</summary>
public enum ExportFormat
{
    /// <summary>CSV in UTF-8 with a byte order mark.</summary>
    Csv = 0,

    /// <summary>A workbook.</summary>
    Xlsx = 1,
}

/// <summary>What an export holds. Numbers are stored and never reused.</summary>
public enum ExportKind
{
    /// <summary>Leads.</summary>
    Leads = 0,

    /// <summary>Opportunities.</summary>
    Opportunities = 1,

    /// <summary>The register of reviews.</summary>
    Reviews = 2,

    /// <summary>A list of named accounts.</summary>
    NamedAccounts = 3,
}

/// <summary>An export: who asked for what, who decided, and how far it is (§18).</summary>
public sealed class ExportRequest
{
    /// <summary>Id, time-ordered.</summary>
    public Guid Id { get; set; }

    /// <summary>What it holds.</summary>
    public ExportKind Kind { get; set; }

    /// <summary>Who asked; the file is theirs alone.</summary>
    public Guid AskedById { get; set; }

    /// <summary>When.</summary>
    public DateTimeOffset AskedAt { get; set; }

    /// <summary>Which records: the list's query string, encrypted, since what is searched for may be a phone number.</summary>
    public SealedText Query { get; set; }

    /// <summary>Columns, in their order.</summary>
    public List<string> Columns { get; set; } = [];

    /// <summary>Format.</summary>
    public ExportFormat Format { get; set; }

    /// <summary>Language of headings and words.</summary>
    public required string Language { get; set; }

    /// <summary>Whether contact data is asked for in plain.</summary>
    public bool Plain { get; set; }

    /// <summary>Why, for whoever approves.</summary>
    public string? Reason { get; set; }

    /// <summary>Rows when it was asked for; no more than these are approved.</summary>
    public int Rows { get; set; }

    /// <summary>State.</summary>
    public ExportState State { get; set; }

    /// <summary>Who decided.</summary>
    public Guid? DecidedById { get; set; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was decided so.</summary>
    public string? Comment { get; set; }

    /// <summary>Rows written.</summary>
    public int RowsDone { get; set; }

    /// <summary>Rows with contact data in plain.</summary>
    public int Revealed { get; set; }

    /// <summary>Bytes of the file.</summary>
    public long Size { get; set; }

    /// <summary>Until when a node makes it.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When its file goes, or the wait for a decision ends; null where nothing is left to end.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Why it failed, as a code.</summary>
    public string? Error { get; set; }
}

/// <summary>A piece of an export's file, encrypted.</summary>
public sealed class ExportPiece
{
    /// <summary>The export.</summary>
    public Guid ExportId { get; set; }

    /// <summary>Place in the file.</summary>
    public int Number { get; set; }

    /// <summary>What it holds, sealed by the vault.</summary>
    public SealedBytes Content { get; set; }
}

/// <summary>Whose leads stand in a page of an export's file; goes with the file.</summary>
public sealed class ExportPage
{
    /// <summary>The export.</summary>
    public Guid ExportId { get; set; }

    /// <summary>Place among the pages.</summary>
    public int Number { get; set; }

    /// <summary>The leads.</summary>
    public List<Guid> Leads { get; set; } = [];
}

internal sealed class ExportTables : IEntityTypeConfiguration<ExportRequest>, IEntityTypeConfiguration<ExportPiece>, IEntityTypeConfiguration<ExportPage>
{
    public void Configure(EntityTypeBuilder<ExportRequest> table)
    {
        table.ToTable("ExportRequest");
        table.Property(e => e.Id).ValueGeneratedNever();
        table.Property(e => e.Columns).HasConversion<TextList>(TextList.Comparer);
        table.Property(e => e.Language).HasMaxLength(10);
        table.Property(e => e.Reason).HasMaxLength(500);
        table.Property(e => e.Comment).HasMaxLength(500);
        table.Property(e => e.Error).HasMaxLength(40);
        table.HasIndex(e => new { e.AskedById, e.Id });
        table.HasIndex(e => e.Id, "ix_export_request_open").HasFilter("state <= 1");
        table.HasIndex(e => e.ExpiresAt, "ix_export_request_expires").HasFilter("expires_at IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ExportPiece> table)
    {
        table.ToTable("ExportPiece");
        table.HasKey(p => new { p.ExportId, p.Number });
    }

    public void Configure(EntityTypeBuilder<ExportPage> table)
    {
        table.ToTable("ExportPage");
        table.HasKey(p => new { p.ExportId, p.Number });
        table.Property(p => p.Leads).HasConversion<IdList>(IdList.Comparer);
    }
}

/// <summary>Kinds of events of an export; its id is their subject.</summary>
public static class ExportEvent
{
    /// <summary>Somebody asked for it.</summary>
    public const string Requested = "export.requested";

    /// <summary>Somebody approved it.</summary>
    public const string Approved = "export.approved";

    /// <summary>Somebody refused it.</summary>
    public const string Refused = "export.refused";

    /// <summary>Its file was made.</summary>
    public const string Made = "export.made";

    /// <summary>It holds contact data in plain.</summary>
    public const string Revealed = "export.revealed";

    /// <summary>It could not be made.</summary>
    public const string Failed = "export.failed";

    /// <summary>It was taken back.</summary>
    public const string Cancelled = "export.cancelled";

    /// <summary>Its time ended.</summary>
    public const string Expired = "export.expired";

    /// <summary>Its file was downloaded.</summary>
    public const string Downloaded = "export.downloaded";
}
