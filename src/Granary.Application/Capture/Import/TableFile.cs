using System.Text;
using Granary.Application.Capture.Import.Workbooks;

namespace Granary.Application.Capture.Import;

/// <summary>Opens CSV, TSV and XLSX files. What a file is shows in its content; its name is only a hint.</summary>
public static class TableFile
{
    private const int SampleLength = 64 * 1024;

    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] Compound = [0xD0, 0xCF, 0x11, 0xE0];

    /// <summary>Opens a file and reads its headings.</summary>
    /// <param name="stream">The file, seekable; the table disposes of it.</param>
    /// <param name="fileName">Name of the file; <c>.tsv</c> and <c>.tab</c> mean tabs.</param>
    /// <param name="limits">Bounds; null for the usual ones.</param>
    /// <exception cref="UnusableFileException">The file cannot be imported, see <see cref="FileCodes"/>.</exception>
    public static Table Open(Stream stream, string fileName, ImportLimits? limits = null)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The encoding is found by reading the file twice, so it must be seekable.", nameof(stream));
        }

        var bounds = limits ?? ImportLimits.Default;
        RowSource? source = null;
        try
        {
            Span<byte> head = stackalloc byte[4];
            var length = stream.ReadAtLeast(head, 4, throwOnEndOfStream: false);
            stream.Position = 0;
            if (head[..length].SequenceEqual(Compound) || head[..length].SequenceEqual("%PDF"u8))
            {
                throw new UnusableFileException(FileCodes.UnknownFormat);
            }

            if (head[..length].SequenceEqual(Zip))
            {
                var workbook = Workbook.Open(stream, bounds);
                source = workbook;
                return new Table(workbook, workbook.Format, bounds);
            }

            source = OpenText(stream, fileName, bounds, out var format);
            return new Table(source, format, bounds);
        }
        catch
        {
            source?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    private static DelimitedRows OpenText(Stream stream, string fileName, ImportLimits limits, out TableFormat format)
    {
        var encoding = TextEncoding.Detect(stream);
        var start = stream.Position;
        var sample = Sample(stream, encoding.Encoding);
        if (sample.TrimStart() is ['<', 'a' or 'h' or 'm' or 't' or 'H' or 'T' or '!' or '?', ..])
        {
            throw new UnusableFileException(FileCodes.UnknownFormat);
        }

        stream.Position = start;
        var reader = new StreamReader(stream, encoding.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: SampleLength);
        var extension = Path.GetExtension(fileName);
        var announced = sample.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && sample.Length > 4;
        var tabs = extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tab", StringComparison.OrdinalIgnoreCase);
        var delimiter = announced ? sample[4] : tabs && sample.Contains('\t', StringComparison.Ordinal) ? '\t' : Delimiter.Detect(sample);
        format = new TableFormat(delimiter == '\t' ? "tsv" : "csv", encoding.Name, delimiter, null);
        return new DelimitedRows(reader, delimiter, announced, limits);
    }

    private static string Sample(Stream stream, Encoding encoding)
    {
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: SampleLength, leaveOpen: true);
        var sample = new char[SampleLength];
        return new string(sample, 0, reader.ReadBlock(sample, 0, sample.Length));
    }
}
