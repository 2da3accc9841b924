using Granary.Domain.FollowUp;

namespace Granary.Domain.Tests.FollowUp;

public sealed class FileKindTests
{
    public static TheoryData<byte[], string, string> Known => new()
    {
        { [.. "%PDF-1.7"u8], "合同.pdf", "application/pdf" },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], "a.png", "image/png" },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0], "a.jpeg", "image/jpeg" },
        { [.. "RIFF\0\0\0\0WEBPVP8 "u8], "a.webp", "image/webp" },
        { [.. "RIFF\0\0\0\0WAVEfmt "u8], "a.wav", "audio/wav" },
        { [.. "PK\u0003\u0004[Content_Types].xml word/document.xml"u8], "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { [.. "PK\u0003\u0004[Content_Types].xml xl/workbook.xml"u8], "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { [.. "\0\0\0\u001CftypM4A \0\0"u8], "a.m4a", "audio/mp4" },
        { [.. "\0\0\0\u001Cftypisom\0\0"u8], "录音.M4A", "audio/mp4" },
        { [.. "ID3\u0003"u8], "a.mp3", "audio/mpeg" },
        { [0xFF, 0xFB, 0x90, 0x64, 0], "a.mp3", "audio/mpeg" },
        { [.. "客户要求月底前报价\r\n"u8], "记录.txt", "text/plain" },
    };

    public static TheoryData<byte[], string> Foreign => new()
    {
        { [.. "MZ\0\u0003"u8], "报价.pdf" },
        { [.. "<html><script>alert(1)</script>"u8], "a.html" },
        { [.. "<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "a.svg" },
        { [.. "PK\u0003\u0004 evil.exe"u8], "a.docx" },
        { [.. "PK\u0003\u0004[Content_Types].xml word/document.xml word/vbaProject.bin"u8], "a.docx" },
        { [.. "\0\0\0\u001Cftypisom\0\0"u8], "film.mp4" },
        { [.. "plain\0text"u8], "a.txt" },
        { [], "a.txt" },
        { [], "a.pdf" },
    };

    [Theory, MemberData(nameof(Known))]
    public void A_file_is_what_it_holds(byte[] content, string name, string type) => Assert.Equal(type, FileKind.Of(content, name)?.Type);

    [Theory, MemberData(nameof(Foreign))]
    public void What_is_not_on_the_list_is_not_taken_whatever_it_is_called(byte[] content, string name) => Assert.Null(FileKind.Of(content, name));

    [Theory]
    [InlineData("报价单.pdf", "报价单.pdf")]
    [InlineData("../../etc/passwd", "passwd.pdf")]
    [InlineData(@"C:\temp\方案.PDF", "方案.pdf")]
    [InlineData("a\u202Efdp.exe", "afdp.exe.pdf")]
    [InlineData("x\"\r\nSet-Cookie: a=b.pdf", "xSet-Cookie a=b.pdf")]
    [InlineData("", "file.pdf")]
    [InlineData("...", "file.pdf")]
    public void A_name_keeps_what_is_harmless_and_gets_the_extension_of_what_it_is(string given, string kept) =>
        Assert.Equal(kept, FileKind.Of("%PDF-1.7"u8, given)!.Name(given));

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var name = FileKind.Of("%PDF-1.7"u8, "a")!.Name(string.Concat(Enumerable.Repeat("𠮷", 200)) + ".pdf", 20);

        Assert.Equal(string.Concat(Enumerable.Repeat("𠮷", 8)) + ".pdf", name);
    }
}
