using System.Globalization;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>Counts what the parts of a workbook really unpack to, whatever their headers say.</summary>
internal sealed class UnpackBudget(long packed, ImportLimits limits)
{
    private long _unpacked;

    public void Spend(int bytes)
    {
        _unpacked += bytes;
        if (_unpacked > limits.UnpackedBytes || (_unpacked > limits.RatioFrom && _unpacked / limits.UnpackRatio > packed))
        {
            throw TooLarge(limits.UnpackedBytes);
        }
    }

    public static UnusableFileException TooMany(int things) =>
        new(FileCodes.WorkbookTooLarge, ("limit", things.ToString(CultureInfo.InvariantCulture)));

    public static UnusableFileException TooLarge(long bytes) =>
        new(FileCodes.WorkbookTooLarge, ("limit", (bytes >> 20).ToString(CultureInfo.InvariantCulture) + " MB"));
}

/// <summary>A part of a workbook being unpacked. A single token may not pull more than <see cref="LongestToken"/> bytes.</summary>
internal sealed class UnpackedPart(Stream inner, UnpackBudget budget) : Stream
{
    private const int LongestToken = 4 << 20;

    private int _token;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The reader above begins another token.</summary>
    public void NextToken() => _token = 0;

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        budget.Spend(read);
        _token += read;
        return _token <= LongestToken ? read : throw UnpackBudget.TooLarge(LongestToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
