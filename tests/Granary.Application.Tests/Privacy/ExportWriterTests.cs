using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Granary.Application.Capture.Import;
using Granary.Application.Privacy.Exports;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Privacy;

public sealed class ExportWriterTests
{
    private static readonly Arbitrary<string> Names = Gen.Elements("= + - @ ＝ \" ' “ , ; | ! ( ) 1 0 . a Z 张 三 😀 ' \" = - _x0041_ & < >".Split(' ').Append(" ").ToArray())
        .ListOf().Select(parts => string.Concat(parts).Trim()).Where(name => name.Length is > 0 and < 60).ToArbitrary();

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public void Nothing_that_is_written_is_taken_for_a_formula_and_an_import_reads_the_same(ExportFormat format) => Prop.ForAll(Names, name =>
    {
        var file = Written(format, [ExportCell.Of("姓名"), ExportCell.Of("备注")], [ExportCell.Of(name), ExportCell.Of("-1")]);
        Assert.All(Texts(format, file), text => Assert.False(Formula(text), text));
        Assert.Equal(name, Read(format, file));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Theory]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Xlsx)]
    public void Numbers_stay_numbers(ExportFormat format)
    {
        var file = Written(format, [ExportCell.Of("姓名"), ExportCell.Of("预算")], [ExportCell.Of("张三"), ExportCell.Of(-1234.5m)]);
        if (format == ExportFormat.Csv)
        {
            Assert.Equal("\uFEFF姓名,预算\r\n张三,-1234.5\r\n", Encoding.UTF8.GetString(file));
            return;
        }

        var cell = Sheet(file).Descendants().Single(e => e.Name.LocalName == "v").Parent!;
        Assert.Equal(("-1234.5", null, "B2"), (cell.Value, cell.Attribute("t")?.Value, cell.Attribute("r")!.Value));
    }

    [Fact]
    public void What_xml_has_no_sign_for_is_left_out_of_a_workbook() =>
        Assert.Equal("ab\ncd", Read(ExportFormat.Xlsx, Written(ExportFormat.Xlsx, [ExportCell.Of("姓名")], [ExportCell.Of("a\u0001b\nc\uD800d\uFFFF")])));

    [Fact]
    public void Memory_holds_a_few_pieces_whatever_the_number_of_rows()
    {
        using var buffer = new PieceStream();
        var kept = 0L;
        using (var writer = ExportWriter.Of(ExportFormat.Csv, buffer))
        {
            ExportCell[] row = [.. Enumerable.Range(0, 20).Select(i => ExportCell.Of($"a text of some length {i}"))];
            for (var i = 0; i < 20_000; i++)
            {
                writer.Row(row);
                if (i % 500 == 0)
                {
                    writer.Flush();
                    var pieces = buffer.Take(end: false);
                    Assert.All(pieces, p => Assert.Equal(PieceStream.PieceSize, p.Length));
                    kept += pieces.Sum(p => (long)p.Length);
                    Assert.InRange(buffer.Written - kept, 0, PieceStream.PieceSize);
                }
            }
        }

        kept += buffer.Take(end: true).Sum(p => (long)p.Length);
        Assert.Equal(buffer.Written, kept);
    }

    private static byte[] Written(ExportFormat format, params ExportCell[][] rows)
    {
        using var stream = new MemoryStream();
        using (var writer = ExportWriter.Of(format, stream))
        {
            foreach (var row in rows)
            {
                writer.Row(row);
            }
        }

        return stream.ToArray();
    }

    private static string? Read(ExportFormat format, byte[] file)
    {
        using var table = TableFile.Open(new MemoryStream(file), format == ExportFormat.Csv ? "x.csv" : "x.xlsx");
        var mapping = ImportMapping.Read("""{ "columns": { "姓名": "contact.name" } }""").Mapping!;
        return new RowParser(mapping, table.Headings, TimeZoneInfo.Utc).Parse(table.Rows().Single()).Submission!.Contact.Name;
    }

    private static IEnumerable<string> Texts(ExportFormat format, byte[] file) => format == ExportFormat.Xlsx
        ? Sheet(file).Descendants().Where(e => e.Name.LocalName == "t").Select(e => e.Value)
        : Cells(Encoding.UTF8.GetString(file).TrimStart('\uFEFF'));

    private static XDocument Sheet(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        using var part = archive.GetEntry("xl/worksheets/sheet1.xml")!.Open();
        var sheet = XDocument.Load(part);
        Assert.DoesNotContain(sheet.Descendants(), e => e.Name.LocalName == "f");
        return sheet;
    }

    // As a spreadsheet cuts a file, written apart from what is tested.
    private static IEnumerable<string> Cells(string csv)
    {
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (c == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell.Append(csv[++i]);
            }
            else if (c == '"' && (quoted || cell.Length == 0))
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\r' or '\n')
            {
                yield return cell.ToString();
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }
    }

    private static bool Formula(string text) =>
        text.TrimStart(' ', '"', '“') is [var first, ..] && "=+-@\t\r＝＋－＠".Contains(first, StringComparison.Ordinal)
        && !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
}
