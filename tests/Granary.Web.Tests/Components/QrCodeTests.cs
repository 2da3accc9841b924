using System.Security.Cryptography;
using System.Text;
using Granary.Web.Components.Qr;

namespace Granary.Web.Tests.Components;

/// <summary>Against what another encoder (the npm package qrcode 1.5) makes of the same texts.</summary>
public sealed class QrCodeTests
{
    [Fact]
    public void A_word_is_the_smallest_code() => Assert.Equal(
        """
        #######.#..#..#######
        #.....#.#..#..#.....#
        #.###.#....##.#.###.#
        #.###.#.##....#.###.#
        #.###.#..#.#..#.###.#
        #.....#..#.##.#.....#
        #######.#.#.#.#######
        ........#.###........
        #.##.###...##.#..#.##
        ....##...#.#####..###
        #.#####.#.##.....####
        ..#.##..#..#..####..#
        ......####..#..##..#.
        ........####..####..#
        #######.#####..###...
        #.....#.##.....######
        #.###.#..#..###..####
        #.###.#.#..#..##.###.
        #.###.#.#.#.#.#......
        #.....#..#...#.#....#
        #######.##...#..#.#..
        """,
        Drawn(QrCode.Of("Granary", 3)));

    [Fact]
    public void An_address_has_an_alignment_pattern() => Assert.Equal(
        """
        #######...##.##.#.##..#######
        #.....#.#.#.#.######..#.....#
        #.###.#......##.#.....#.###.#
        #.###.#...######......#.###.#
        #.###.#.#.#.#.##.###..#.###.#
        #.....#..#####.##.##..#.....#
        #######.#.#.#.#.#.#.#.#######
        ............####.###.........
        #.#.#.#..#....##.#......#..#.
        .#..#..######.#..#..###..#..#
        .###.##.##.#.#..###...#...###
        .........#.##...#####...#..#.
        ###...##.###....##.####..#.##
        .####..#..#.##..#...#.#..#..#
        .#.####.#.##..#...#...####.##
        ####...##.#.###..#.#.###.#.#.
        #.#..########.#..#..###..#.##
        ....##....#...#..#..#.#..##.#
        #.#.#.#.#.##.#......#......##
        .###...####.#...####...#.#.#.
        #..#.###.###...###.######....
        ........###..#...#..#...#.###
        #######..#..#.#.#####.#.##.##
        #.....#..######.###.#...##.#.
        #.###.#.#..#..####..#####..##
        #.###.#....#..#.#....#..#.###
        #.###.#.#..#.....####..###..#
        #.....#..#.#.#.#.####.#.#..#.
        #######.#####..###.##..##..##
        """,
        Drawn(QrCode.Of("https://granary.example/checkin/3f9a", 0)));

    [Theory]
    [InlineData(60, 1, 4, "97fea134eb548580")]
    [InlineData(130, 2, 8, "1ad2ae092d2bb69b")]
    [InlineData(250, 4, 11, "6e71e2a6ab4092f9")]
    [InlineData(500, 6, 17, "78d829559cf323db")]
    [InlineData(1000, 7, 26, "1061d67c76cff54e")]
    [InlineData(2331, 5, 40, "984d8fa7e7ee1b52")]
    public void Longer_texts_take_versions_with_more_blocks(int length, int mask, int version, string digest)
    {
        var code = QrCode.Of(Text(length), mask);
        Assert.Equal((version, (4 * version) + 17), (code.Version, code.Size));
        Assert.Equal(digest, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Drawn(code))))[..16]);
    }

    [Fact]
    public void What_no_code_holds_is_told() => Assert.Throws<ArgumentException>(() => QrCode.Of(Text(2332)));

    [Fact]
    public void The_mask_is_the_same_each_time_and_the_path_covers_the_dark_modules()
    {
        var code = QrCode.Of("https://granary.example/checkin/3f9a");
        Assert.Equal(code.Mask, QrCode.Of("https://granary.example/checkin/3f9a").Mask);
        Assert.Equal(Drawn(code).Count(c => c == '#'), System.Text.RegularExpressions.Regex.Matches(code.Path(), "h([0-9]+)").Sum(m => int.Parse(m.Groups[1].Value)));
    }

    private static string Text(int length) => string.Concat(Enumerable.Repeat("abcdefghij", 300))[..length];

    private static string Drawn(QrCode code) =>
        string.Join('\n', Enumerable.Range(0, code.Size).Select(y => string.Concat(Enumerable.Range(0, code.Size).Select(x => code[x, y] ? '#' : '.'))));
}
