namespace Granary.Application.Analytics.Facts;

/// <summary>
/// Cubes of few keys share a sheet, where a mark before their keys tells them apart: what a move of a rate is explained by, channel, campaign, industry and region, is one
/// row of an owner's day to write and to read, and not four.
/// </summary>
internal static class SharedSheets
{
    // Behind steps and days come cubes that have their sheets to themselves.
    private const int Beyond = 200;

    // Where the dimension stands in the number of a cube. It is none itself.
    private const int Shared = 9;

    /// <summary>The number of the sheets that hold a cube, and the mark before its keys; none where it has them to itself.</summary>
    public static (int Sheet, char? Mark) Of(int cube) =>
        cube < Beyond && (Dimension)(cube % 10) is Dimension.Channel or Dimension.Campaign or Dimension.Industry or Dimension.Region ? (cube - (cube % 10) + Shared, (char)('0' + (cube % 10))) : (cube, null);

    /// <summary>Whether sheets of a number are shared.</summary>
    public static bool Is(int sheet) => sheet < Beyond && sheet % 10 == Shared;

    /// <summary>The cube that a mark in shared sheets is of.</summary>
    public static int Cube(int sheet, char mark) => sheet - Shared + (mark - '0');
}
