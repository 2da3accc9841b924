namespace Granary.Web.Components.Qr;

/// <summary>A size of QR code and how its codewords are cut into blocks, at error correction level M.</summary>
internal sealed record QrVersion(int Number)
{
    // Tables 9 and 7 of the standard: error correction codewords of a block, and blocks, of each version.
    private static readonly int[] Correction =
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static readonly int[] BlockCounts =
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    private int Blocks => BlockCounts[Number - 1];

    private int CorrectionOfBlock => Correction[Number - 1];

    /// <summary>Modules on each side.</summary>
    public int Size => (4 * Number) + 17;

    /// <summary>Bits of the length.</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    /// <summary>Codewords of data.</summary>
    public int DataCodewords => Codewords - (Blocks * CorrectionOfBlock);

    /// <summary>Codewords of data and error correction: all modules but those of the fixed patterns, in bytes.</summary>
    private int Codewords
    {
        get
        {
            var modules = (((16 * Number) + 128) * Number) + 64;
            if (Number >= 2)
            {
                var alignments = (Number / 7) + 2;
                modules -= (((25 * alignments) - 10) * alignments) - 55;
                modules -= Number >= 7 ? 36 : 0;
            }

            return modules / 8;
        }
    }

    /// <summary>Rows and columns of the alignment patterns' middles.</summary>
    public IReadOnlyList<int> Alignments
    {
        get
        {
            if (Number == 1)
            {
                return [];
            }

            var count = (Number / 7) + 2;
            var step = Number == 32 ? 26 : ((Number * 4) + (count * 2) + 1) / ((count * 2) - 2) * 2;
            return [6, .. Enumerable.Range(0, count - 1).Select(i => Size - 7 - (i * step)).Reverse()];
        }
    }

    /// <summary>The smallest version that holds as many bytes; null when none does.</summary>
    public static QrVersion? Holding(int bytes) =>
        Enumerable.Range(1, 40).Select(n => new QrVersion(n)).FirstOrDefault(v => (v.DataCodewords * 8) - 4 - v.CountBits >= bytes * 8);

    /// <summary>Cuts data into blocks, adds the error correction of each, and takes from all blocks in turn.</summary>
    public byte[] Interleave(byte[] data)
    {
        var codewords = Codewords;
        var shortBlocks = Blocks - (codewords % Blocks);
        var dataOfShort = (codewords / Blocks) - CorrectionOfBlock;
        var code = new ReedSolomon(CorrectionOfBlock);
        List<(byte[] Data, byte[] Correction)> blocks = [];
        for (var (block, at) = (0, 0); block < Blocks; block++)
        {
            var part = data[at..(at += dataOfShort + (block < shortBlocks ? 0 : 1))];
            blocks.Add((part, code.Of(part)));
        }

        return
        [
            .. Enumerable.Range(0, dataOfShort + 1).SelectMany(i => blocks.Where(b => i < b.Data.Length).Select(b => b.Data[i])),
            .. Enumerable.Range(0, CorrectionOfBlock).SelectMany(i => blocks.Select(b => b.Correction[i])),
        ];
    }
}
