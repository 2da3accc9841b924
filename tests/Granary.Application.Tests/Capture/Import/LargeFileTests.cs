using System.Text;

namespace Granary.Application.Tests.Capture.Import;

[Collection(nameof(MemoryWatch))]
public sealed class LargeFileTests
{
    private const int Rows = 100_000;

    [Fact]
    public void A_hundred_thousand_rows_take_little_memory()
    {
        var bytes = Encoding.UTF8.GetBytes("姓名,手机,公司名称,需求\n" + string.Concat(Enumerable.Repeat("张三,13800138000,北京纷扬科技有限公司,采购 CRM\n", Rows)));
        Assert.InRange(MostKept(bytes), 0, 10 << 20);
    }

    [Fact]
    public void A_hundred_thousand_rows_of_a_workbook_take_little_more_than_their_texts()
    {
        var bytes = new Xlsx()
            .Shared([.. Enumerable.Range(0, Rows).Select(i => $"<t>客户{i}有限公司</t>")])
            .Sheet("""<row><c t="str"><v>公司</v></c></row>""" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"<row><c t=\"s\"><v>{i}</v></c></row>")))
            .Build();
        Assert.InRange(MostKept(bytes), 0, 16 << 20);
    }

    private static long MostKept(byte[] bytes)
    {
        var before = GC.GetTotalMemory(true);
        using var table = Files.Open(bytes);
        var (count, most) = (0, 0L);
        foreach (var _ in table.Rows())
        {
            if (++count % (Rows / 4) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(true) - before);
            }
        }

        Assert.Equal(Rows, count);
        return most;
    }
}
