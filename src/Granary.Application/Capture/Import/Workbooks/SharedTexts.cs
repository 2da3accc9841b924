using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Granary.Application.Capture.Import.Workbooks;

/// <summary>
/// Texts that cells refer to by number. They stand before the cells and in any order, so all of them are kept, as UTF-8
/// in blocks: a fraction of what strings would take, and bounded.
/// </summary>
internal sealed class SharedTexts
{
    private const int BlockSize = 1 << 20;

    private const int StartsInBlock = 1 << 16;

    private readonly List<byte[]> _blocks = [];
    private readonly List<int[]> _starts = [];
    private int _used = BlockSize;
    private int _count;

    /// <summary>No texts.</summary>
    public static SharedTexts None { get; } = new();

    public static SharedTexts Read(PartReader part, ImportLimits limits)
    {
        var texts = new SharedTexts();
        var text = new ArrayBufferWriter<char>();
        while (part.Read())
        {
            if (part.Starts("si"))
            {
                text.ResetWrittenCount();
                RichText.Append(part, "si", text, limits.CellLength + 1);
                texts.Add(text.WrittenSpan, limits);
            }
        }

        return texts;
    }

    /// <summary>The text of a number as a cell has it.</summary>
    public string Get(ReadOnlySpan<char> number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var i) || i >= _count)
        {
            throw new UnusableFileException(FileCodes.WorkbookBroken);
        }

        var start = _starts[i / StartsInBlock][i % StartsInBlock];
        var bytes = _blocks[start / BlockSize].AsSpan(start % BlockSize);
        return Encoding.UTF8.GetString(bytes.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(bytes)));
    }

    private void Add(ReadOnlySpan<char> text, ImportLimits limits)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (_used + sizeof(int) + length > BlockSize)
        {
            _blocks.Add(new byte[BlockSize]);
            _used = 0;
        }

        if (_count == limits.SharedTexts || (long)_blocks.Count * BlockSize > limits.SharedTextBytes)
        {
            throw UnpackBudget.TooLarge(limits.SharedTextBytes);
        }

        if (_count % StartsInBlock == 0)
        {
            _starts.Add(new int[StartsInBlock]);
        }

        var target = _blocks[^1].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(target, length);
        Encoding.UTF8.GetBytes(text, target[sizeof(int)..]);
        _starts[^1][_count++ % StartsInBlock] = ((_blocks.Count - 1) * BlockSize) + _used;
        _used += sizeof(int) + length;
    }
}
