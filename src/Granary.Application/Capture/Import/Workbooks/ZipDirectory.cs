using System.Buffers.Binary;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>Looks at the end of a ZIP archive before it is opened, since opening loads the whole directory.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LargestDirectory = 1 << 20;

    private static readonly byte[] EndSignature = [0x50, 0x4B, 0x05, 0x06];

    /// <summary>Refuses an archive whose directory is missing or larger than any workbook's.</summary>
    public static void Check(Stream stream)
    {
        var length = (int)Math.Min(stream.Length, EndLength + LongestComment);
        var tail = new byte[length];
        stream.Position = stream.Length - length;
        stream.ReadExactly(tail);
        stream.Position = 0;
        var at = tail.AsSpan().LastIndexOf(EndSignature);
        if (at < 0 || at + EndLength > length)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }

        // Headers stand between the directory's start and its end record; a start of FFFFFFFF (ZIP64) is no workbook of ours.
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        var end = stream.Length - length + at;
        if (start > end || start == uint.MaxValue)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }

        if (end - start > LargestDirectory)
        {
            throw new UnusableFileException(FileCodes.WorkbookTooLarge, ("limit", $"{LargestDirectory >> 10} KB"));
        }
    }
}
