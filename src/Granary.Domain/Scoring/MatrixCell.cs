namespace Granary.Domain.Scoring;

/// <summary>The sixteen cells of the fit × engagement matrix (§6.2).</summary>
public static class MatrixCell
{
    private static readonly string[][] Names =
        [.. Enum.GetValues<Fit>().Select(fit => Enumerable.Range(1, 4).Select(level => $"{fit}{level}").ToArray())];

    /// <summary>All names, <c>A1</c> to <c>D4</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.SelectMany(row => row)];

    /// <summary>The name of a cell.</summary>
    /// <param name="fit">Fit band.</param>
    /// <param name="engagement">Engagement level, 1 to 4.</param>
    public static string Name(Fit fit, int engagement) => Names[(int)fit - 1][engagement - 1];
}
