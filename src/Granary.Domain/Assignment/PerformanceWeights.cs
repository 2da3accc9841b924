namespace Granary.Domain.Assignment;

/// <summary>Weights that follow conversion (§8 by performance); they are published to those concerned.</summary>
public static class PerformanceWeights
{
    /// <summary>The weight of the team's mean, and of somebody whose conversion is not known yet.</summary>
    public const int Mean = 100;

    /// <summary>Their conversion in relation to the team's mean, between floor and ceiling, in hundredths; at least 1.</summary>
    /// <param name="rate">Conversion of the last 90 days, 0 to 1; null when not known.</param>
    /// <param name="mean">Mean of the known rates of the team; null when none is known.</param>
    /// <param name="settings">Floor and ceiling.</param>
    public static int Of(decimal? rate, decimal? mean, PerformanceSettings settings)
    {
        if (rate is not { } known || mean is not > 0)
        {
            return Mean;
        }

        var ratio = Math.Clamp(known / mean.Value, settings.Floor, settings.Ceiling);
        return Math.Max(1, (int)Math.Round(ratio * Mean, MidpointRounding.AwayFromZero));
    }
}
