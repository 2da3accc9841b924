using System.Buffers;
using System.Globalization;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>
/// Reads the first visible sheet of an XLSX workbook forward. Formulas are never evaluated: a formula cell has the value
/// it was saved with. Written on the platform's ZIP and XML readers, since every step needs a bound of its own.
/// </summary>
internal sealed class Workbook : RowSource
{
    private readonly WorkbookArchive _archive;
    private readonly SharedTexts _texts;
    private readonly CellFormats _formats;
    private readonly PartReader _sheet;
    private readonly ImportLimits _limits;
    private readonly ArrayBufferWriter<char> _text = new();

    private Workbook(WorkbookArchive archive, SharedTexts texts, CellFormats formats, PartReader sheet, TableFormat format, ImportLimits limits)
    {
        _archive = archive;
        _texts = texts;
        _formats = formats;
        _sheet = sheet;
        _limits = limits;
        Format = format;
    }

    public TableFormat Format { get; }

    public static Workbook Open(Stream stream, ImportLimits limits)
    {
        var archive = new WorkbookArchive(stream, limits);
        try
        {
            var main = archive.Relations("").FirstOrDefault(static r => r.Kind == "officeDocument")?.Path
                ?? throw new UnusableFileException(FileCodes.UnknownFormat);
            var relations = archive.Relations(main);
            var (sheets, from1904) = Contents(archive, main, relations);
            using var styles = Related(archive, relations, "styles");
            var formats = CellFormats.Read(styles, from1904);
            using var shared = Related(archive, relations, "sharedStrings");
            var texts = shared is null ? SharedTexts.None : SharedTexts.Read(shared, limits);
            var sheet = archive.Open(sheets[0].Path) ?? throw new UnusableFileException(FileCodes.WorkbookBroken);
            var format = new TableFormat(TableFormat.Workbook, null, null, sheets[0].Name) { OtherSheets = [.. sheets.Skip(1).Select(static s => s.Name)] };
            return new Workbook(archive, texts, formats, sheet, format, limits);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    public override IEnumerable<RawRow> Read()
    {
        var (number, count) = (0, 0);
        while (_sheet.Read())
        {
            if (_sheet.Starts("row"))
            {
                if (++count > _limits.WorkbookRows)
                {
                    throw UnpackBudget.TooMany(_limits.WorkbookRows);
                }

                number = int.TryParse(_sheet.Attribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : number + 1;
                yield return ReadRow(number);
            }
        }
    }

    public override void Dispose()
    {
        _sheet.Dispose();
        _archive.Dispose();
    }

    private static (List<(string Name, string Path)> Sheets, bool From1904) Contents(
        WorkbookArchive archive, string main, IReadOnlyList<WorkbookArchive.Relation> relations)
    {
        using var part = archive.Open(main) ?? throw new UnusableFileException(FileCodes.UnknownFormat);
        var sheets = new List<(string, string)>();
        var from1904 = false;
        while (part.Read())
        {
            if (part.Starts("workbookPr"))
            {
                from1904 = part.Attribute("date1904") is "1" or "true";
            }
            else if (part.Starts("sheet") && part.Attribute("state") is null or "visible")
            {
                var id = part.QualifiedAttribute("id");
                if (relations.FirstOrDefault(r => r.Id == id && r.Kind == "worksheet") is { } sheet)
                {
                    if (sheets.Count == WorkbookArchive.MostRelations)
                    {
                        throw UnpackBudget.TooMany(WorkbookArchive.MostRelations);
                    }

                    sheets.Add((part.Attribute("name") ?? "", sheet.Path));
                }
            }
        }

        return sheets.Count > 0 ? (sheets, from1904) : throw new UnusableFileException(FileCodes.UnknownFormat);
    }

    private static PartReader? Related(WorkbookArchive archive, IReadOnlyList<WorkbookArchive.Relation> relations, string kind) =>
        relations.FirstOrDefault(r => r.Kind == kind) is { } relation ? archive.Open(relation.Path) : null;

    private RawRow ReadRow(int number)
    {
        var cells = new List<string?>();
        List<CellFault>? faults = null;
        var (next, width) = (0, 0);
        if (_sheet.IsEmpty)
        {
            return new RawRow(number, [], 0, []);
        }

        while (_sheet.Read() && !_sheet.Ends("row"))
        {
            if (!_sheet.Starts("c"))
            {
                continue;
            }

            var column = Column(_sheet.Attribute("r")) ?? next;
            next = column + 1;
            var text = ReadCell(out var fault);
            if (fault is not null && column < _limits.Columns && !(faults?.Count > _limits.Columns))
            {
                (faults ??= []).Add(new CellFault(column, fault));
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            width = Math.Max(width, column + 1);
            if (column < _limits.Columns)
            {
                while (cells.Count <= column)
                {
                    cells.Add(null);
                }

                cells[column] = text;
            }
        }

        return new RawRow(number, cells, width, faults ?? []);
    }

    private string? ReadCell(out string? fault)
    {
        fault = null;
        var type = _sheet.Attribute("t");
        var style = _sheet.Attribute("s");
        if (_sheet.IsEmpty)
        {
            return null;
        }

        _text.ResetWrittenCount();
        var (formula, valued) = (false, false);
        while (_sheet.Read() && !_sheet.Ends("c"))
        {
            if (_sheet.Starts("f"))
            {
                formula = true;
            }
            else if (_sheet.Starts("v"))
            {
                valued = true;
                _sheet.AppendText("v", _text, _limits.CellLength + 1);
            }
            else if (_sheet.Starts("is"))
            {
                RichText.Append(_sheet, "is", _text, _limits.CellLength + 1);
            }
        }

        if (_text.WrittenCount == 0)
        {
            fault = formula && !(valued && type == "str") ? RowCodes.FormulaWithoutValue : null;
            return null;
        }

        if (type == "e")
        {
            fault = RowCodes.CellHoldsError;
        }

        var value = _text.WrittenSpan;
        return type switch
        {
            "s" => _texts.Get(value),
            "b" => value is "1" or "true" ? "TRUE" : "FALSE",
            null or "n" => _formats.Text(value, style),
            _ => value.ToString(),
        };
    }

    // The column of an address such as AB12, counted from 0; beyond the last column of any spreadsheet it is broken.
    private static int? Column(string? address)
    {
        const int Last = 16_384;
        var column = 0;
        foreach (var c in address ?? "")
        {
            var letter = (c | 0x20) - 'a';
            if (letter is < 0 or > 25)
            {
                break;
            }

            column = (column * 26) + letter + 1;
            if (column > Last)
            {
                throw new UnusableFileException(FileCodes.WorkbookBroken);
            }
        }

        return column == 0 ? null : column - 1;
    }
}
