using Granary.Application.Capture.Import;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Intake.Import.Records;

/// <summary>What became of a row of a file of records.</summary>
public enum RecordFate
{
    /// <summary>It could not come in.</summary>
    Failed,

    /// <summary>It made a record.</summary>
    Created,

    /// <summary>It changed a record.</summary>
    Updated,

    /// <summary>The record is there and says what the row says.</summary>
    Same,
}

/// <summary>What became of a row, and why.</summary>
/// <param name="Fate">What became of it.</param>
/// <param name="Name">What the record is called.</param>
/// <param name="Id">The record that was changed; null for another.</param>
/// <param name="Errors">Why it could not come in.</param>
/// <param name="Changes">What it changed.</param>
internal sealed record RecordOutcome(RecordFate Fate, string? Name, Guid? Id, IReadOnlyList<FieldError> Errors, IReadOnlyList<FieldChange> Changes)
{
    public static RecordOutcome Failed(params IReadOnlyList<FieldError> errors) => new(RecordFate.Failed, null, null, errors, []);

    public static RecordOutcome Of(RecordFate fate, string name, Guid? id = null, IReadOnlyList<FieldChange>? changes = null) => new(fate, name, id, [], changes ?? []);
}

/// <summary>Some rows of a file on their way in, within one transaction.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Scope">The transaction.</param>
/// <param name="Setting">The settings.</param>
/// <param name="Viewer">Who imports.</param>
/// <param name="Plan">What is to be done.</param>
/// <param name="ImportId">The import.</param>
/// <param name="Now">The instant.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Trial">What earlier rows of a trial would have made, by key; null where it is none. A trial writes nothing.</param>
internal sealed record RecordChunk(
    ImportKind Kind, WriteScope Scope, Setting Setting, Viewer Viewer, RecordPlan Plan, Guid ImportId, DateTimeOffset Now, IReadOnlyList<RecordRow> Rows, IDictionary<string, object>? Trial = null)
{
    public GranaryDb Db => Scope.Db;
}

/// <summary>
/// Brings records of a kind in from files (§3): which fields they have and by which keys they are found, and how rows become records by the
/// rules of the use case that makes one. Each room that has such records brings its own.
/// </summary>
public abstract class RecordImport
{
    /// <summary>Most rows of a file.</summary>
    public const int MostRows = 10_000;

    /// <summary>What it brings in.</summary>
    public abstract ImportKind Kind { get; }

    /// <summary>Who may; it has to reach the owner of each record.</summary>
    public abstract Permission Permission { get; }

    /// <summary>By which fields a record can be found.</summary>
    public abstract IReadOnlyList<string> KeyFields { get; }

    /// <summary>The fields, those that the organisation added last.</summary>
    public abstract IReadOnlyList<RecordField> Fields(Setting setting);

    /// <summary>Fields without which no row of a mode can come in; of several with a bar between, one will do.</summary>
    public abstract IReadOnlyList<string> Required(ImportMode mode);

    /// <summary>Brings some rows in, or tells what would become of them; answers stand in the order of the rows. Reads and writes in sets.</summary>
    internal abstract Task<IReadOnlyList<RecordOutcome>> Land(RecordChunk chunk, CancellationToken ct);
}
