using System.IO.Compression;
using Granary.Application.Capture.Import;

namespace Granary.Application.Tests.Capture.Import;

/// <summary>Small files that would fill the memory of a reader that trusts them.</summary>
[Collection(nameof(MemoryWatch))]
public sealed class HostileWorkbookTests
{
    private const long BelowTheCap = 80L << 20;
    private const string Sheet = "xl/worksheets/sheet1.xml";
    private const string Texts = "xl/sharedStrings.xml";
    private const string First = """<worksheet><sheetData><row r="1"><c t="str"><v>a</v></c></row>""";

    public static TheoryData<string, string, string, string> Bombs => new()
    {
        { Sheet, First, """<row><c t="str"><v>x</v></c></row>""", "</sheetData></worksheet>" },
        { Sheet, First + "<row><c t=\"str\"><v>", "A", "</v></c></row></sheetData></worksheet>" },
        { Sheet, First + "<row x=\"", "A", "\"/></sheetData></worksheet>" },
        { Sheet, First + "<!--", "A", "--></sheetData></worksheet>" },
        { Sheet, First + "<row>", "<c><f>1</f></c>", "</row></sheetData></worksheet>" },
        { Texts, "<sst>", "<si><t>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</t></si>", "</sst>" },
        { Texts, "<sst>", "<si><t/></si>", "</sst>" },
        { Texts, "<sst><si><t>", "A", "</t></si></sst>" },
        { "xl/styles.xml", "<styleSheet><cellXfs>", "<xf numFmtId=\"14\"/>", "</cellXfs></styleSheet>" },
        { "xl/_rels/workbook.xml.rels", "<Relationships>", "<Relationship Id=\"a\" Type=\"b\" Target=\"c\"/>", "</Relationships>" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_with_little_memory(string part, string start, string repeated, string end)
    {
        var file = new Xlsx().Sheet("""<row r="1"><c t="str"><v>a</v></c></row>""").Huge(part, start, repeated, end, BelowTheCap).Build();
        using var watch = new MemoryWatch();
        Assert.Equal("workbook_too_large", Files.Refused(file, "leads.xlsx").Code);
        Assert.True(watch.Most < 200 << 20, $"{watch.Most >> 20} MB kept");
    }

    [Fact]
    public void What_declares_more_than_the_cap_is_not_even_unpacked()
    {
        var file = Xlsx.Of("""<row><c t="str"><v>a</v></c></row>""");
        Declare(file, 501u << 20);
        Assert.Equal("workbook_too_large", Files.Refused(file).Code);
    }

    [Fact]
    public void Headers_that_understate_a_part_do_not_help()
    {
        var file = new Xlsx().Huge(Sheet, First, """<row><c t="str"><v>x</v></c></row>""", "</sheetData></worksheet>", BelowTheCap).Build();
        Declare(file, 100);
        Assert.Contains(Files.Refused(file).Code, (string[])["workbook_too_large", "workbook_broken"]);
    }

    [Fact]
    public void Ever_new_names_of_elements_are_refused()
    {
        var names = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"<n{i}/>"));
        Assert.Equal("workbook_broken", Files.Refused(new Xlsx().Part(Sheet, First + names + "</sheetData></worksheet>").Build()).Code);
    }

    [Fact]
    public void Endless_nesting_is_refused()
    {
        var file = new Xlsx().Part(Sheet, First + string.Concat(Enumerable.Repeat("<d>", 100_000))).Build();
        Assert.Equal("workbook_broken", Files.Refused(file).Code);
    }

    [Fact]
    public void A_directory_of_very_many_parts_is_refused()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 30_000; i++)
            {
                zip.CreateEntry($"part{i}.xml");
            }
        }

        Assert.Equal("workbook_too_large", Files.Refused(stream.ToArray()).Code);
    }

    [Fact]
    public void Bounds_can_be_narrowed()
    {
        var file = new Xlsx().Shared(Enumerable.Repeat("<t>x</t>", 11).ToArray()).Sheet("""<row><c t="str"><v>a</v></c></row>""").Build();
        Assert.Equal("workbook_too_large", Files.Refused(file, limits: new ImportLimits { SharedTexts = 10 }).Code);
        Assert.Equal("workbook_too_large", Files.Refused(file, limits: new ImportLimits { UnpackedBytes = 500 }).Code);
        Assert.Equal("workbook_too_large", Files.Refused(file, limits: new ImportLimits { WorkbookRows = 0 }).Code);
        Assert.Empty(Files.Read(file));
    }

    // Writes an unpacked size into the directory's records (signature PK 1 2, at offset 24).
    private static void Declare(byte[] file, uint bytes)
    {
        for (var i = 0; i + 46 < file.Length; i++)
        {
            if (file.AsSpan(i, 4).SequenceEqual<byte>([0x50, 0x4B, 1, 2]))
            {
                BitConverter.TryWriteBytes(file.AsSpan(i + 24), bytes);
            }
        }
    }
}
