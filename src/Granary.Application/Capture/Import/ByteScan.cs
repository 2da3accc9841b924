using System.Text;

namespace Granary.Application.Capture.Import;

/// <summary>Looks at the bytes of a file chunk by chunk for what they could be.</summary>
internal abstract class ByteScan
{
    public abstract void Add(ReadOnlySpan<byte> chunk);

    public virtual void End()
    {
    }
}

/// <summary>Where zero bytes stand: text has them only in UTF-16, and there nearly all in one half of the code units.</summary>
internal sealed class ZeroBytes : ByteScan
{
    private long _length;
    private long _even;
    private long _odd;

    public bool Any => _even + _odd > 0;

    public bool LittleEndian => IsHighByte(_odd, _even);

    public bool BigEndian => IsHighByte(_even, _odd);

    public override void Add(ReadOnlySpan<byte> chunk)
    {
        var from = 0;
        int at;
        while ((at = chunk[from..].IndexOf((byte)0)) >= 0)
        {
            from += at + 1;
            if (((_length + from - 1) & 1) == 0)
            {
                _even++;
            }
            else
            {
                _odd++;
            }
        }

        _length += chunk.Length;
    }

    // Separators and line breaks are ASCII even in Chinese text, at least one unit in fifty; few letters end in a zero byte.
    private bool IsHighByte(long here, long there) => here >= there * 4 && here * 100 >= _length && _length % 2 == 0;
}

/// <summary>Whether bytes are UTF-8.</summary>
internal sealed class Utf8Scan : ByteScan
{
    private readonly byte[] _carried = new byte[4];
    private int _carry;
    private long _characters;
    private long _invalid;

    public bool IsValid => _invalid == 0;

    public bool IsNearlyValid => _invalid * 100 <= _characters;

    public override void Add(ReadOnlySpan<byte> chunk)
    {
        while (_carry > 0 && !chunk.IsEmpty)
        {
            _carried[_carry++] = chunk[0];
            chunk = chunk[1..];
            if (Rune.DecodeFromUtf8(_carried.AsSpan(0, _carry), out _, out var used) is var status && status != System.Buffers.OperationStatus.NeedMoreData)
            {
                Count(status);
                var left = _carry - used;
                _carried.AsSpan(used, left).CopyTo(_carried);
                _carry = left;
            }
        }

        while (!chunk.IsEmpty)
        {
            var at = chunk.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (at < 0)
            {
                return;
            }

            chunk = chunk[at..];
            var status = Rune.DecodeFromUtf8(chunk, out _, out var used);
            if (status == System.Buffers.OperationStatus.NeedMoreData)
            {
                chunk.CopyTo(_carried);
                _carry = chunk.Length;
                return;
            }

            Count(status);
            chunk = chunk[used..];
        }
    }

    public override void End() => _invalid += _carry > 0 ? 1 : 0;

    private void Count(System.Buffers.OperationStatus status)
    {
        _characters++;
        _invalid += status == System.Buffers.OperationStatus.Done ? 0 : 1;
    }
}

/// <summary>Whether bytes are GB18030 (GBK and GB2312 are parts of it), and whether they say something in it.</summary>
internal sealed class GbScan : ByteScan
{
    private int _state;
    private byte _lead;
    private long _pairs;
    private long _common;
    private long _fours;
    private long _invalid;

    public bool IsValid => _invalid == 0;

    public bool IsNearlyValid => _invalid * 100 <= _pairs;

    /// <summary>
    /// Real text is nearly all of the hanzi and punctuation of GB 2312; Western or Big5 bytes that happen to be valid fall
    /// outside as often as inside.
    /// </summary>
    public bool IsPlausible => _common * 10 >= _pairs * 7 && _pairs + _fours > 0;

    public override void Add(ReadOnlySpan<byte> chunk)
    {
        foreach (var b in chunk)
        {
            switch (_state)
            {
                case 0 when b < 0x80:
                    break;
                case 0 when b is 0x80 or 0xFF:
                    _invalid++;
                    break;
                case 0:
                    _lead = b;
                    _state = 1;
                    break;
                case 1 when b is >= 0x30 and <= 0x39:
                    _state = 2;
                    break;
                case 1 when b is >= 0x40 and not 0x7F and not 0xFF:
                    _pairs++;
                    _common += b >= 0xA1 && _lead is (>= 0xA1 and <= 0xA3) or (>= 0xB0 and <= 0xF7) ? 1 : 0;
                    _state = 0;
                    break;
                case 2 when b is >= 0x81 and <= 0xFE:
                    _state = 3;
                    break;
                case 3 when b is >= 0x30 and <= 0x39:
                    _fours++;
                    _state = 0;
                    break;
                default:
                    _invalid++;
                    _state = 0;
                    break;
            }
        }
    }

    public override void End() => _invalid += _state != 0 ? 1 : 0;
}
