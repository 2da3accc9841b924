namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// Money in the organisation's currency: <c>50万</c>, <c>¥500,000</c>, <c>30-50万元</c>, <c>100万以上</c>. An amount in a
/// foreign currency's sign is refused rather than taken at par.
/// </summary>
internal static class AmountCell
{
    private static readonly string[] Currency = ["人民币", "¥", "元", "块", "rmb", "cny", "yuan"];

    /// <summary>Reads a budget.</summary>
    /// <param name="value">The cell.</param>
    /// <param name="unit">Unit of numbers without one, such as <c>万</c>; null for none.</param>
    /// <param name="min">Lower bound; null when open or unknown.</param>
    /// <param name="max">Upper bound; null when open or unknown.</param>
    /// <returns>Null when read, else a code of <see cref="RowCodes"/>.</returns>
    public static string? Read(string value, string? unit, out decimal? min, out decimal? max)
    {
        var factor = unit is null ? 1 : Scaled.Factor(CellText.Fold(unit)) ?? 1;
        var known = NumberRange.TryParse(value, Currency, factor, out var range);
        (min, max) = (range.Min, range.Max);
        return known ? null : RowCodes.InvalidAmount;
    }
}
