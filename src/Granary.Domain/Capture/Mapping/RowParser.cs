using System.Collections.Frozen;
using Granary.Domain.Policies;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A row as a submission, or why it cannot be one.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Submission">The submission; null when there are errors.</param>
/// <param name="Errors">What is wrong; empty when there is a submission.</param>
public sealed record ParsedRow(int Row, LeadSubmission? Submission, IReadOnlyList<RowError> Errors);

/// <summary>
/// Turns rows into submissions by a mapping (§3 Import). Reads what is written; whether the lead is complete and valid is
/// decided where every channel's submissions are checked. Not safe for use by several threads at once.
/// </summary>
public sealed class RowParser
{
    private static readonly ColumnRule Plain = ColumnRule.For("channel");

    private readonly TimeZoneInfo _zone;
    private readonly Column[] _columns;
    private readonly Composed[] _composed;
    private readonly HashSet<string> _used;
    private readonly HashSet<string> _missing;
    private readonly int _longestMissing;
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private readonly HeadingIndex _index;

    /// <summary>A parser for files with these headings.</summary>
    /// <param name="mapping">The mapping; columns the file lacks are passed over.</param>
    /// <param name="headings">Headings of the file, no two alike.</param>
    /// <param name="zone">Organisation time.</param>
    /// <exception cref="ArgumentException">The mapping has errors, see <see cref="ImportMapping.Validate"/>.</exception>
    public RowParser(ImportMapping mapping, IReadOnlyList<string> headings, TimeZoneInfo zone)
    {
        if (mapping.Validate() is [var error, ..])
        {
            throw new ArgumentException($"{error.Field}: {error.Code}", nameof(mapping));
        }

        _zone = zone;
        _index = new HeadingIndex(headings);
        _columns =
        [
            .. mapping.Columns
                .Where(c => c.Value is not null && _index.Find(c.Key) >= 0)
                .Select(c => new Column(_index.Find(c.Key), c.Value!, headings))
                .OrderBy(static c => c.At),
        ];
        _composed =
        [
            .. mapping.Templates.Select(static t => new Composed(ImportTarget.Find(t.Key)!, RowTemplate.Parse(t.Value))),
            .. mapping.Constants.Select(static c => new Composed(ImportTarget.Find(c.Key)!, c.Value)),
        ];
        _missing = mapping.Missing.Select(CellText.Fold).ToHashSet(StringComparer.Ordinal);
        _longestMissing = mapping.Missing.Select(static m => m.Length).DefaultIfEmpty().Max();
        _used = _columns.Select(static c => c.Heading)
            .Concat(_composed.SelectMany(static c => c.Template?.Headings ?? []).Select(h => _index.Find(h) is >= 0 and var at ? headings[at] : h))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reads a row. What is wrong with a column that nothing uses does not matter.</summary>
    public ParsedRow Parse(TableRow row)
    {
        var draft = new SubmissionDraft();
        var errors = Inherited(row);
        _filled.Clear();
        foreach (var column in _columns)
        {
            if (Value(row, column) is not { } value)
            {
                continue;
            }

            _filled.Add(column.Target.Path);
            var cell = new MappedCell(value, column.Rule, _zone);
            if (column.Target.Write(draft, cell) is { } code && !AlreadyRefused(errors, column.Heading))
            {
                (errors ??= []).Add(new RowError(row.Number, code, column.Heading, column.Target.Path));
            }
        }

        foreach (var composed in _composed)
        {
            if (!_filled.Contains(composed.Target.Path)
                && (composed.Constant ?? composed.Template?.Fill(h => Cell(row, h))) is { } value)
            {
                _filled.Add(composed.Target.Path);
                if (composed.Target.Write(draft, new MappedCell(value, Plain, _zone)) is { } code)
                {
                    (errors ??= []).Add(new RowError(row.Number, code, null, composed.Target.Path));
                }
            }
        }

        return errors is null ? new ParsedRow(row.Number, draft.Build(), []) : new ParsedRow(row.Number, null, errors);
    }

    /// <summary>What is wrong with a submission, as an error of its row: with the heading of the column that filled the field.</summary>
    /// <param name="row">The row's number.</param>
    /// <param name="error">An error of a field such as <c>contact.phones[1]</c>, or of a group such as <c>contact</c>.</param>
    public RowError Locate(int row, FieldError error)
    {
        var path = error.Field.Split('[')[0];
        var column = Array.Find(_columns, c => c.Target.Path == path)
            ?? Array.Find(_columns, c => Related(c.Target.Path, path));
        return new RowError(row, error.Code, column?.Heading, error.Field, error.Limit);
    }

    private List<RowError>? Inherited(TableRow row)
    {
        List<RowError>? errors = null;
        foreach (var error in row.Errors)
        {
            if (error.Heading is null || _used.Contains(error.Heading))
            {
                (errors ??= []).Add(error);
            }
        }

        return errors;
    }

    // channel.level2 fills a part of channel, budget fills budget.min.
    private static bool Related(string one, string other) =>
        one.StartsWith(other + '.', StringComparison.Ordinal) || other.StartsWith(one + '.', StringComparison.Ordinal);

    private static bool AlreadyRefused(List<RowError>? errors, string heading) =>
        errors is not null && errors.Exists(e => e.Heading == heading);

    private string? Value(TableRow row, Column column)
    {
        var cell = row.Cell(column.At);
        if (cell is null || IsMissing(cell))
        {
            return null;
        }

        return column.Values is not null && column.Values.TryGetValue(CellText.Fold(cell), out var meant) ? CellText.Clean(meant) : cell;
    }

    private string? Cell(TableRow row, string heading)
    {
        var at = _index.Find(heading);
        var cell = at < 0 ? null : row.Cell(at);
        return cell is null || IsMissing(cell) ? null : cell;
    }

    private bool IsMissing(string cell) => cell.Length <= _longestMissing && _missing.Contains(CellText.Fold(cell));

    private sealed class Column(int at, ColumnRule rule, IReadOnlyList<string> headings)
    {
        public int At { get; } = at;

        public string Heading { get; } = headings[at];

        public ColumnRule Rule { get; } = rule;

        public ImportTarget Target { get; } = ImportTarget.Find(rule.To)!;

        public FrozenDictionary<string, string>? Values { get; } = rule.Values?
            .GroupBy(static v => CellText.Fold(v.Key), StringComparer.Ordinal)
            .ToFrozenDictionary(static g => g.Key, static g => g.First().Value, StringComparer.Ordinal);
    }

    private sealed record Composed(ImportTarget Target, RowTemplate? Template, string? Constant)
    {
        public Composed(ImportTarget target, string constant)
            : this(target, null, constant)
        {
        }

        public Composed(ImportTarget target, RowTemplate? template)
            : this(target, template, null)
        {
        }
    }
}
