using System.IO.Compression;
using System.Text;

namespace Granary.Application.Tests.Capture.Import;

/// <summary>Builds workbooks part by part, also such as no spreadsheet would write.</summary>
internal sealed class Xlsx
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";

    private readonly Dictionary<string, Action<Stream>> _parts = [];

    public Xlsx()
    {
        Part("_rels/.rels", $"""<Relationships xmlns="{Package}"><Relationship Id="r" Type="{Rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Part("xl/_rels/workbook.xml.rels",
            $"""
            <Relationships xmlns="{Package}">
              <Relationship Id="s1" Type="{Rel}/worksheet" Target="worksheets/sheet1.xml"/>
              <Relationship Id="s2" Type="{Rel}/worksheet" Target="/xl/worksheets/sheet2.xml"/>
              <Relationship Id="st" Type="{Rel}/styles" Target="styles.xml"/>
              <Relationship Id="sh" Type="{Rel}/sharedStrings" Target="sharedStrings.xml"/>
            </Relationships>
            """);
        Sheets("""<sheet name="线索" sheetId="1" r:id="s1"/>""");
    }

    /// <summary>A workbook whose first sheet has these rows, in the format's own words.</summary>
    public static byte[] Of(string rows) => new Xlsx().Sheet(rows).Build();

    public Xlsx Sheets(string sheets, string properties = "") =>
        Part("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Rel}">{properties}<sheets>{sheets}</sheets></workbook>""");

    public Xlsx Sheet(string rows, int number = 1) =>
        Part($"xl/worksheets/sheet{number}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""");

    public Xlsx Styles(string formats, string cells) =>
        Part("xl/styles.xml", $"""<styleSheet xmlns="{Main}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{cells}</cellXfs></styleSheet>""");

    public Xlsx Shared(params string[] items) =>
        Part("xl/sharedStrings.xml", $"""<sst xmlns="{Main}">{string.Concat(items.Select(i => $"<si>{i}</si>"))}</sst>""");

    public Xlsx Part(string path, string content) => Part(path, s => s.Write(Encoding.UTF8.GetBytes(content)));

    public Xlsx Part(string path, Action<Stream> write)
    {
        _parts[path] = write;
        return this;
    }

    /// <summary>A part that begins and ends as given and repeats a text between until it has about so many bytes.</summary>
    public Xlsx Huge(string path, string start, string repeated, string end, long bytes) => Part(path, s =>
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, Math.Max(1, 65_536 / repeated.Length))));
        s.Write(Encoding.UTF8.GetBytes(start));
        for (long written = 0; written < bytes; written += block.Length)
        {
            s.Write(block);
        }

        s.Write(Encoding.UTF8.GetBytes(end));
    });

    public byte[] Build()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, write) in _parts)
            {
                using var part = zip.CreateEntry(path, CompressionLevel.Optimal).Open();
                write(part);
            }
        }

        return stream.ToArray();
    }
}
