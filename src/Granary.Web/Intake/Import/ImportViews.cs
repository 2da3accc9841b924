using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Domain.Capture.Mapping;

namespace Granary.Web.Intake.Import;

/// <summary>An import as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="FileName">Name of the file.</param>
/// <param name="FileSize">Bytes of the file.</param>
/// <param name="State">How far it is.</param>
/// <param name="Mode">What happens to rows that are there already.</param>
/// <param name="Key">By which field leads are found.</param>
/// <param name="RowsTotal">Rows of the file, once counted.</param>
/// <param name="RowsDone">Rows dealt with.</param>
/// <param name="Created">Leads created.</param>
/// <param name="Linked">Leads created and linked to a source lead or an account.</param>
/// <param name="Refreshed">Rows that refreshed or updated a lead.</param>
/// <param name="Held">Leads held for a check.</param>
/// <param name="Failed">Rows left out.</param>
/// <param name="Repeated">Rows that had come in before.</param>
/// <param name="Error">Why it stopped.</param>
/// <param name="CreatedAt">When the file came.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record ImportView(
    Guid Id, string FileName, long FileSize, ImportState State, ImportMode Mode, string? Key, int? RowsTotal, int RowsDone,
    int Created, int Linked, int Refreshed, int Held, int Failed, int Repeated, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt)
{
    internal static ImportView Of(ImportBatch b) => new(
        b.Id, b.FileName, b.FileSize, b.State, b.Mode, b.KeyField, b.RowsTotal, b.RowsDone,
        b.Created, b.Linked, b.Refreshed, b.Held, b.Failed, b.Repeated, b.Error, b.CreatedAt, b.EndedAt);
}

/// <summary>An uploaded file and what it holds.</summary>
/// <param name="Import">The import.</param>
/// <param name="Format">What kind of file it is.</param>
/// <param name="Warnings">What a human should know.</param>
/// <param name="Headings">Its headings.</param>
/// <param name="Rows">Its first rows.</param>
/// <param name="Columns">What each column seems to hold.</param>
/// <param name="Mapping">The proposed mapping, as a mapping file has it.</param>
/// <param name="Remembered">Whether it was confirmed for a file with the same headings.</param>
/// <param name="Missing">Required fields that nothing supplies yet.</param>
/// <param name="Errors">What is wrong with the first rows under the mapping.</param>
/// <param name="Earlier">An import of this very file that was not taken back.</param>
public sealed record UploadedView(
    ImportView Import, TableFormat Format, IReadOnlyList<FileWarning> Warnings, IReadOnlyList<string> Headings, IReadOnlyList<TableRow> Rows,
    IReadOnlyList<GuessedColumn> Columns, JsonNode Mapping, bool Remembered, IReadOnlyList<string> Missing, IReadOnlyList<RowError> Errors, Guid? Earlier)
{
    internal static UploadedView Of(ImportBatch import, ImportPreview p) => new(
        ImportView.Of(import), p.Format, p.Warnings, p.Headings, p.Rows, p.Columns, JsonNode.Parse(p.Plan.Mapping.Write())!, p.Remembered, p.Unsupplied, p.Errors, p.Earlier?.Id);
}

/// <summary>What an import is to do.</summary>
public sealed record ImportConfirmation
{
    /// <summary>The mapping, as a mapping file has it; without it the proposed one.</summary>
    public JsonElement? Mapping { get; init; }

    /// <summary>What happens to rows that are there already.</summary>
    public ImportMode Mode { get; init; }

    /// <summary>By which field leads are found, where they are updated.</summary>
    public string? Key { get; init; }
}
