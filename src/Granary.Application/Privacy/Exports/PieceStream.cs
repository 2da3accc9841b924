namespace Granary.Application.Privacy.Exports;

/// <summary>Takes what a writer writes, until it is taken in pieces of one size: no more than a few of them are in memory.</summary>
public sealed class PieceStream : Stream
{
    /// <summary>Bytes of a piece.</summary>
    public const int PieceSize = 256 * 1024;

    private readonly MemoryStream _gathered = new();

    /// <summary>Everything that was ever written.</summary>
    public long Written { get; private set; }

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>The whole pieces that have gathered; at the end what is left too.</summary>
    public IReadOnlyList<byte[]> Take(bool end)
    {
        List<byte[]> pieces = [];
        var (all, length, at) = (_gathered.GetBuffer(), (int)_gathered.Length, 0);
        for (; length - at >= PieceSize || (end && length > at); at += pieces[^1].Length)
        {
            pieces.Add(all.AsSpan(at, Math.Min(PieceSize, length - at)).ToArray());
        }

        var rest = all.AsSpan(at, length - at).ToArray();
        _gathered.SetLength(0);
        _gathered.Write(rest);
        return pieces;
    }

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _gathered.Write(buffer);
        Written += buffer.Length;
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        _gathered.Dispose();
        base.Dispose(disposing);
    }
}
