namespace Granary.Domain.Scoring;

/// <summary>Settings of the fit × engagement matrix (§6.2). Bounds are lower bounds: a fraction belongs to the band whose bound it reaches.</summary>
public sealed record MatrixSettings
{
    /// <summary>Signed points of each event; each kind at most once. The sum is floored at 0 and not capped.</summary>
    public IReadOnlyList<TouchRule> Events { get; init; } = [];

    /// <summary>Engagement points from which levels 1, 2 and 3 begin, falling; level 4 is below.</summary>
    public IReadOnlyList<decimal> EngagementBounds { get; init; } = [80m, 60m, 40m];

    /// <summary>Fit points from which A, B and C begin, falling; D is below.</summary>
    public IReadOnlyList<decimal> FitBounds { get; init; } = [80m, 60m, 40m];

    /// <summary>Attribute points that make a fit of 100, above 0.</summary>
    public int FitScale { get; init; } = 60;

    /// <summary>Advice by cell in the administrator's words; a cell without one shows the built-in advice.</summary>
    public IReadOnlyDictionary<string, string> Advice { get; init; } = new Dictionary<string, string>();

    /// <summary>Engagement level, 1 (strongest) to 4.</summary>
    public int LevelOf(decimal points) => Band(points, EngagementBounds);

    /// <summary>Fit band.</summary>
    /// <param name="points">Fit on a scale of 0 to 100.</param>
    public Fit FitOf(decimal points) => (Fit)Band(points, FitBounds);

    private static int Band(decimal points, IReadOnlyList<decimal> bounds)
    {
        var band = 1;
        while (band <= bounds.Count && points < bounds[band - 1])
        {
            band++;
        }

        return band;
    }
}
