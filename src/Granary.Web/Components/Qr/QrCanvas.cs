namespace Granary.Web.Components.Qr;

/// <summary>The square on which a QR code is drawn: fixed patterns, codewords, a mask, and what tells a reader of them.</summary>
internal sealed class QrCanvas
{
    private readonly QrVersion _version;
    private readonly bool[,] _fixed;

    private QrCanvas(QrVersion version)
    {
        _version = version;
        Modules = new bool[version.Size, version.Size];
        _fixed = new bool[version.Size, version.Size];
    }

    /// <summary>The modules by column and row; true is dark.</summary>
    public bool[,] Modules { get; }

    private int Size => _version.Size;

    /// <summary>Draws a whole code.</summary>
    public static QrCanvas Draw(QrVersion version, byte[] codewords, int mask)
    {
        var canvas = new QrCanvas(version);
        canvas.DrawPatterns();
        canvas.DrawFormat(mask);
        canvas.DrawVersion();
        canvas.DrawCodewords(codewords);
        canvas.Lay(mask);
        return canvas;
    }

    /// <summary>How hard it is to read, by the four rules of the standard.</summary>
    public int Penalty()
    {
        var penalty = 0;
        foreach (var across in (bool[])[true, false])
        {
            for (var line = 0; line < Size; line++)
            {
                penalty += OfLine([.. Enumerable.Range(0, Size).Select(i => across ? Modules[i, line] : Modules[line, i])]);
            }
        }

        for (var y = 0; y < Size - 1; y++)
        {
            for (var x = 0; x < Size - 1; x++)
            {
                penalty += Modules[x, y] == Modules[x + 1, y] && Modules[x, y] == Modules[x, y + 1] && Modules[x, y] == Modules[x + 1, y + 1] ? 3 : 0;
            }
        }

        var dark = Modules.Cast<bool>().Count(m => m);
        return penalty + (Math.Abs((dark * 20) - (Size * Size * 10)) / (Size * Size) * 10);
    }

    // Long runs, and what looks like the corner patterns beside a light margin.
    private static int OfLine(bool[] line)
    {
        var penalty = 0;
        for (var (i, run) = (0, 0); i < line.Length; i++)
        {
            run = i > 0 && line[i] == line[i - 1] ? run + 1 : 1;
            penalty += run == 5 ? 3 : run > 5 ? 1 : 0;
        }

        ReadOnlySpan<bool> corner = [true, false, true, true, true, false, true];
        for (var i = 0; i + corner.Length <= line.Length; i++)
        {
            if (line.AsSpan(i, corner.Length).SequenceEqual(corner) && (Light(line, i - 4) || Light(line, i + corner.Length)))
            {
                penalty += 40;
            }
        }

        return penalty;
    }

    // Beyond the edge everything is light.
    private static bool Light(bool[] line, int from) => Enumerable.Range(from, 4).All(i => i < 0 || i >= line.Length || !line[i]);

    private void Fix(int x, int y, bool dark) => (Modules[x, y], _fixed[x, y]) = (dark, true);

    private void DrawPatterns()
    {
        for (var i = 0; i < Size; i++)
        {
            Fix(6, i, i % 2 == 0);
            Fix(i, 6, i % 2 == 0);
        }

        Square(3, 3, 4);
        Square(Size - 4, 3, 4);
        Square(3, Size - 4, 4);
        var middles = _version.Alignments;
        foreach (var x in middles)
        {
            foreach (var y in middles)
            {
                // Three would lie on the corners.
                if ((x, y) != (6, 6) && (x, y) != (6, Size - 7) && (x, y) != (Size - 7, 6))
                {
                    Square(x, y, 2);
                }
            }
        }
    }

    // Rings around a middle: of a corner with its light border (4), or of an alignment pattern (2).
    private void Square(int middleX, int middleY, int reach)
    {
        for (var y = Math.Max(0, middleY - reach); y <= Math.Min(Size - 1, middleY + reach); y++)
        {
            for (var x = Math.Max(0, middleX - reach); x <= Math.Min(Size - 1, middleX + reach); x++)
            {
                var ring = Math.Max(Math.Abs(x - middleX), Math.Abs(y - middleY));
                Fix(x, y, reach == 4 ? ring is not (2 or 4) : ring != 1);
            }
        }
    }

    // Level M and the mask, with a check of their own, twice.
    private void DrawFormat(int mask)
    {
        var check = mask;
        for (var i = 0; i < 10; i++)
        {
            check = (check << 1) ^ ((check >> 9) * 0x537);
        }

        var bits = ((mask << 10) | check) ^ 0x5412;
        bool Bit(int i) => ((bits >> i) & 1) != 0;
        for (var i = 0; i < 15; i++)
        {
            var (x, y) = i switch { < 6 => (8, i), 6 => (8, 7), 7 => (8, 8), 8 => (7, 8), _ => (14 - i, 8) };
            Fix(x, y, Bit(i));
            Fix(i < 8 ? Size - 1 - i : 8, i < 8 ? 8 : Size - 15 + i, Bit(i));
        }

        Fix(8, Size - 8, true);
    }

    private void DrawVersion()
    {
        if (_version.Number < 7)
        {
            return;
        }

        var check = _version.Number;
        for (var i = 0; i < 12; i++)
        {
            check = (check << 1) ^ ((check >> 11) * 0x1F25);
        }

        var bits = (_version.Number << 12) | check;
        for (var i = 0; i < 18; i++)
        {
            var (far, near) = (Size - 11 + (i % 3), i / 3);
            Fix(far, near, ((bits >> i) & 1) != 0);
            Fix(near, far, ((bits >> i) & 1) != 0);
        }
    }

    // Up and down in columns of two from the right, leaving out what is fixed.
    private void DrawCodewords(byte[] codewords)
    {
        var bit = 0;
        for (var right = Size - 1; right >= 1; right -= 2)
        {
            right -= right == 6 ? 1 : 0;
            for (var step = 0; step < Size * 2; step++)
            {
                var (x, y) = (right - (step % 2), ((right + 1) & 2) == 0 ? Size - 1 - (step / 2) : step / 2);
                if (!_fixed[x, y] && bit < codewords.Length * 8)
                {
                    Modules[x, y] = ((codewords[bit / 8] >> (7 - (bit % 8))) & 1) != 0;
                    bit++;
                }
            }
        }
    }

    private void Lay(int mask)
    {
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                Modules[x, y] ^= !_fixed[x, y] && Inverts(mask, x, y);
            }
        }
    }

    private static bool Inverts(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => ((x / 3) + (y / 2)) % 2 == 0,
        5 => (x * y % 2) + (x * y % 3) == 0,
        6 => ((x * y % 2) + (x * y % 3)) % 2 == 0,
        _ => (((x + y) % 2) + (x * y % 3)) % 2 == 0,
    };
}
