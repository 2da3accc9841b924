using System.Buffers;
using System.Text;

namespace Granary.Application.Capture.Import;

/// <summary>
/// The encoding of a text file. It is recognised from the whole file, not from its beginning: a file is taken for UTF-8
/// or GB18030 only when (nearly) all of its bytes are valid there and its characters are plausible, so that no text turns
/// into other characters unnoticed. What then still cannot be read becomes U+FFFD, and its row is refused.
/// </summary>
/// <param name="Name">Name as shown: <c>utf-8</c>, <c>utf-8-bom</c>, <c>utf-16le</c>, <c>utf-16be</c>, <c>gb18030</c>.</param>
/// <param name="Encoding">The encoding; bytes that are no text become U+FFFD.</param>
/// <param name="MarkLength">Bytes of the byte order mark at the start.</param>
internal sealed record TextEncoding(string Name, Encoding Encoding, int MarkLength)
{
    private const int ChunkSize = 256 * 1024;
    private const int GbCodePage = 54936;

    private static readonly UTF8Encoding Utf8 = new(false, false);
    private static readonly UnicodeEncoding Utf16Le = new(false, false, false);
    private static readonly UnicodeEncoding Utf16Be = new(true, false, false);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        GbCodePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))!;

    /// <summary>Recognises the encoding; leaves the stream after the byte order mark.</summary>
    /// <exception cref="UnusableFileException"><c>encoding_unknown</c>, or <c>unknown_format</c> for what is no text.</exception>
    public static TextEncoding Detect(Stream stream)
    {
        var start = stream.Position;
        Span<byte> head = stackalloc byte[4];
        var length = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        stream.Position = start;
        var found = FromMark(head[..length]) ?? FromContent(stream);
        stream.Position = start + found.MarkLength;
        return found;
    }

    private static TextEncoding? FromMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => new TextEncoding("utf-8-bom", Utf8, 3),
        [0xFF, 0xFE, 0, 0] => throw new UnusableFileException(FileCodes.EncodingUnknown),
        [0xFF, 0xFE, ..] => new TextEncoding("utf-16le", Utf16Le, 2),
        [0xFE, 0xFF, ..] => new TextEncoding("utf-16be", Utf16Be, 2),
        [0x84, 0x31, 0x95, 0x33] => new TextEncoding("gb18030", Gb18030, 4),
        _ => null,
    };

    private static TextEncoding FromContent(Stream stream)
    {
        var start = stream.Position;
        var zeros = new ZeroBytes();
        var utf8 = new Utf8Scan();
        Scan(stream, zeros, utf8);
        if (zeros.Any)
        {
            return zeros.LittleEndian ? new TextEncoding("utf-16le", Utf16Le, 0)
                : zeros.BigEndian ? new TextEncoding("utf-16be", Utf16Be, 0)
                : throw new UnusableFileException(FileCodes.UnknownFormat);
        }

        if (utf8.IsValid)
        {
            return new TextEncoding("utf-8", Utf8, 0);
        }

        stream.Position = start;
        var gb = new GbScan();
        Scan(stream, gb);
        return gb.IsValid && gb.IsPlausible ? new TextEncoding("gb18030", Gb18030, 0)
            : utf8.IsNearlyValid ? new TextEncoding("utf-8", Utf8, 0)
            : gb.IsNearlyValid && gb.IsPlausible ? new TextEncoding("gb18030", Gb18030, 0)
            : throw new UnusableFileException(FileCodes.EncodingUnknown);
    }

    private static void Scan(Stream stream, params ReadOnlySpan<ByteScan> scans)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            int read;
            while ((read = stream.ReadAtLeast(buffer, ChunkSize, throwOnEndOfStream: false)) > 0)
            {
                foreach (var scan in scans)
                {
                    scan.Add(buffer.AsSpan(0, read));
                }
            }

            foreach (var scan in scans)
            {
                scan.End();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
