using System.Text;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;

namespace Granary.Application.Tests.Capture.Import;

/// <summary>Files as people upload them, and what reading them gives.</summary>
internal static class Files
{
    public static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static Table Open(string text, string name = "leads.csv", ImportLimits? limits = null) => Open(Encoding.UTF8.GetBytes(text), name, limits);

    public static Table Open(byte[] content, string name = "leads.csv", ImportLimits? limits = null) =>
        TableFile.Open(new MemoryStream(content), name, limits);

    public static UnusableFileException Refused(byte[] content, string name = "leads.csv", ImportLimits? limits = null) =>
        Assert.Throws<UnusableFileException>(() =>
        {
            using var table = Open(content, name, limits);
            _ = table.Rows().Count();
        });

    public static UnusableFileException Refused(string text, ImportLimits? limits = null) => Refused(Encoding.UTF8.GetBytes(text), limits: limits);

    public static List<TableRow> Read(byte[] content, string name = "leads.csv", ImportLimits? limits = null)
    {
        using var table = Open(content, name, limits);
        return [.. table.Rows()];
    }

    public static List<TableRow> Read(string text, string name = "leads.csv") => Read(Encoding.UTF8.GetBytes(text), name);

    public static IEnumerable<string> Cells(this TableRow row) => row.Cells.Select(c => c ?? "∅");
}
