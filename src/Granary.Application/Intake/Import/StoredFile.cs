using Granary.Application.Capture.Import;
using Granary.Application.Storage;

namespace Granary.Application.Intake.Import;

/// <summary>An uploaded file read from its encrypted pieces, of which one at a time is in memory.</summary>
internal sealed class StoredFile(Store store, Vault vault, ImportBatch import) : Stream
{
    private byte[] _piece = [];
    private int _seq = -1, _size;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => import.FileSize;

    /// <inheritdoc />
    public override long Position { get; set; }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_size == 0)
        {
            // Pieces are as long as the first, however long they were when the file was kept; only the last is shorter.
            Fetch(0);
            _size = _piece.Length;
        }

        var (seq, at) = Math.DivRem(Position, _size);
        Fetch((int)seq);
        var read = Math.Min(buffer.Length, _piece.Length - (int)at);
        _piece.AsSpan((int)at, read).CopyTo(buffer);
        Position += read;
        return read;
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fetch(int seq)
    {
        if (seq == _seq)
        {
            return;
        }

        using var db = store.Open();
        _piece = vault.OpenBytes(db.Set<ImportChunk>().Where(c => c.ImportId == import.Id && c.Seq == seq).Select(c => c.Bytes).Single());
        _seq = seq;
    }
}
