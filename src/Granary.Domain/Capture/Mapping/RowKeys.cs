using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// Names each row of a file by its content, so that uploading the same or an extended file creates nothing twice (§3
/// Import). A key covers the channel, the mapped cells and how many equal rows came before; neither the order of the
/// columns nor columns that nothing uses matter. Rows must be given in the file's order, once each.
/// </summary>
public sealed class RowKeys
{
    private readonly (string Target, int At)[] _columns;
    private readonly byte[] _constant;
    private readonly ArrayBufferWriter<byte> _content = new(1024);

    // Part of a row's hash is enough: should two ever share it, one has a key of its own all the same.
    private readonly Dictionary<ulong, int> _seen = [];

    /// <summary>Keys for the rows of one file.</summary>
    public RowKeys(ImportMapping mapping, IReadOnlyList<string> headings)
    {
        var index = new HeadingIndex(headings);
        var used = mapping.Columns.Where(static c => c.Value is not null).Select(static c => (Target: c.Value!.To, Heading: c.Key))
            .Concat(mapping.Templates.SelectMany(static t => RowTemplate.Parse(t.Value)?.Headings.Select(h => (Target: t.Key, Heading: h)) ?? []));
        _columns =
        [
            .. used.Where(c => index.Find(c.Heading) >= 0)
                .OrderBy(static c => c.Target, StringComparer.Ordinal).ThenBy(static c => c.Heading, StringComparer.Ordinal)
                .Select(c => (c.Target, index.Find(c.Heading))),
        ];
        _constant = Encoding.UTF8.GetBytes(string.Join('\u001F', mapping.Constants
            .Where(static c => c.Key.StartsWith("channel", StringComparison.Ordinal))
            .OrderBy(static c => c.Key, StringComparer.Ordinal).Select(static c => c.Value)));
    }

    /// <summary>The key of the next row: 64 hexadecimal digits.</summary>
    public string Next(TableRow row)
    {
        _content.ResetWrittenCount();
        _content.Write(_constant);
        foreach (var (target, at) in _columns)
        {
            if (row.Cell(at) is { } cell)
            {
                Write(target);
                Write(cell);
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_content.WrittenSpan, hash);
        var content = BinaryPrimitives.ReadUInt64BigEndian(hash);
        var occurrence = _seen.GetValueOrDefault(content);
        _seen[content] = occurrence + 1;
        WriteNumber(occurrence);
        SHA256.HashData(_content.WrittenSpan, hash);
        return Convert.ToHexStringLower(hash);
    }

    // The length goes first, so that no two lists of cells look alike.
    private void Write(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        WriteNumber(bytes);
        _content.Advance(Encoding.UTF8.GetBytes(text, _content.GetSpan(bytes)));
    }

    private void WriteNumber(int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(_content.GetSpan(sizeof(int)), number);
        _content.Advance(sizeof(int));
    }
}
