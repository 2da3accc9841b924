using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Granary.Application.Capture.Import;

namespace Granary.Application.Privacy.Exports;

/// <summary>
/// A workbook with one sheet, written forward: texts stand within their cells, so nothing of the rows is kept. Written on the
/// platform's ZIP and XML writers; there is no formula in it.
/// </summary>
internal sealed partial class SheetExport : ExportWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int LongestCell = 32_767;

    private readonly ZipArchive _archive;
    private readonly Stream _part;
    private readonly XmlWriter _sheet;
    private int _row;

    public SheetExport(Stream stream)
    {
        _archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """);
        Part("_rels/.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """);
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Granary" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        Part("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """);
        _part = _archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _sheet = XmlWriter.Create(_part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false });
        _sheet.WriteStartDocument();
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteStartElement("sheetData");
    }

    public override void Row(IReadOnlyList<ExportCell> cells)
    {
        _row++;
        _sheet.WriteStartElement("row");
        _sheet.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < cells.Count; i++)
        {
            if (cells[i].Number is { } number)
            {
                Begin(i);
                _sheet.WriteElementString("v", number.ToString(CultureInfo.InvariantCulture));
                _sheet.WriteEndElement();
            }
            else if (cells[i].Text is { Length: > 0 } text)
            {
                Begin(i);
                _sheet.WriteAttributeString("t", "inlineStr");
                _sheet.WriteStartElement("is");
                _sheet.WriteStartElement("t");
                _sheet.WriteAttributeString("xml", "space", null, "preserve");
                _sheet.WriteString(Writable(Escapes().Replace(SpreadsheetText.Neutral(text), "_x005F_")));
                _sheet.WriteEndElement();
                _sheet.WriteEndElement();
                _sheet.WriteEndElement();
            }
        }

        _sheet.WriteEndElement();
    }

    public override void Flush()
    {
        _sheet.Flush();
        _part.Flush();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sheet.Dispose();
            _part.Dispose();
            _archive.Dispose();
        }
    }

    private void Begin(int column)
    {
        _sheet.WriteStartElement("c");
        _sheet.WriteAttributeString("r", Letters(column) + _row.ToString(CultureInfo.InvariantCulture));
    }

    private void Part(string name, string xml)
    {
        using var writer = new StreamWriter(_archive.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
        writer.Write(xml);
    }

    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));

    // What XML has no sign for is left out; a cell holds no more than a spreadsheet allows.
    private static string Writable(string text)
    {
        var kept = new StringBuilder(Math.Min(text.Length, LongestCell));
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > LongestCell)
            {
                break;
            }

            if (rune.Value is '\t' or '\n' or '\r' or >= 0x20 and not (0xFFFE or 0xFFFF or 0xFFFD))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    // What looks like a workbook's own way to write a sign, such as _x0041_, would be read as that sign.
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
