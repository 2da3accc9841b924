using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.Ownership;
using Granary.Domain.Capture.Mapping;

namespace Granary.Web.Intake.Import.Records;

/// <summary>An import of accounts or opportunities as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="FileSize">Bytes of the file.</param>
/// <param name="State">How far it is.</param>
/// <param name="Mode">What happens to records that are there already.</param>
/// <param name="Key">By which field records are found.</param>
/// <param name="RowsTotal">Rows of the file, once counted.</param>
/// <param name="RowsDone">Rows dealt with.</param>
/// <param name="Created">Records created.</param>
/// <param name="Updated">Records changed.</param>
/// <param name="Same">Rows that say what their records say already.</param>
/// <param name="Failed">Rows left out.</param>
/// <param name="Error">Why it stopped.</param>
/// <param name="CreatedAt">When the file came.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record RecordImportView(
    Guid Id, string FileName, long FileSize, ImportState State, ImportMode Mode, string? Key, int? RowsTotal, int RowsDone,
    int Created, int Updated, int Same, int Failed, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    internal static RecordImportView Of(ImportBatch b) => new(
        b.Id, b.FileName, b.FileSize, b.State, b.Mode, b.KeyField, b.RowsTotal, b.RowsDone, b.Created, b.Refreshed, b.Repeated, b.Failed, b.Error, b.CreatedAt, b.EndedAt);
}

/// <summary>An uploaded file of accounts or opportunities and what it holds.</summary>
/// <param name="Import">The import.</param>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Warnings">What a human should know.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="Rows">Its first rows.</param>
/// <param name="Mapping">The proposed mapping: <c>{"columns": {heading: field or null}}</c>.</param>
/// <param name="Remembered">Whether it was confirmed for a file with the same headings.</param>
/// <param name="Fields">Fields that a column can become.</param>
/// <param name="Keys">Fields by which records can be found.</param>
public sealed record RecordUploadedView(
    RecordImportView Import, TableFormat Format, IReadOnlyList<FileWarning> Warnings, IReadOnlyList<string> Headings, IReadOnlyList<TableRow> Rows,
    JsonNode Mapping, bool Remembered, IReadOnlyList<string> Fields, IReadOnlyList<string> Keys);

/// <summary>What an import of accounts or opportunities is to do.</summary>
public sealed record RecordImportPlan
{
    /// <summary>The mapping; without it the proposed one.</summary>
    public JsonElement? Mapping { get; init; }

    /// <summary>What happens to records that are there already.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>By which field records are found, where they are updated.</summary>
    public string? Key { get; init; }
}

/// <summary>What an import of accounts or opportunities would do.</summary>
/// <param name="Created">Records that would be created.</param>
/// <param name="Updated">Records that would be changed.</param>
/// <param name="Same">Rows that say what their records say already.</param>
/// <param name="Failed">Rows that would be left out.</param>
/// <param name="Errors">The first errors.</param>
/// <param name="Differences">The first records that would change.</param>
public sealed record RecordForecastView(int Created, int Updated, int Same, int Failed, IReadOnlyList<RowError> Errors, IReadOnlyList<RecordDifference> Differences)
{
    internal static RecordForecastView Of(RecordForecast f) => new(f.Counts.Created, f.Counts.Refreshed, f.Counts.Repeated, f.Counts.Failed, f.Errors, f.Differences);
}
