namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// A company's size as a word (<c>大型</c>), a head count (<c>600人</c>), a range (<c>100-499人</c>) or both
/// (<c>中型（100-499人）</c>). A range counts by its lower bound, which is what is sure.
/// </summary>
internal static class CompanySizeCell
{
    /// <summary>Fewest employees of a medium company.</summary>
    public const int MediumFrom = 100;

    /// <summary>Fewest employees of a large company.</summary>
    public const int LargeFrom = 500;

    private static readonly string[] People = ["员工", "人员", "人", "名", "employees", "employee", "people", "staff", "ppl", "persons"];

    public static bool TryParse(string value, out CompanySize? size, out int? headcount)
    {
        size = null;
        headcount = null;
        var folded = CellText.Fold(value);
        var open = folded.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            var close = folded.IndexOf(')', open);
            _ = TryCount(folded[(open + 1)..(close < 0 ? folded.Length : close)], out headcount, out _);
            folded = folded[..open];
        }

        if (ChoiceCell.TrySize(folded, out var named))
        {
            size = named;
            return true;
        }

        if (!TryCount(folded, out headcount, out var bound))
        {
            return false;
        }

        size = bound switch { null => null, >= LargeFrom => CompanySize.Large, >= MediumFrom => CompanySize.Medium, _ => CompanySize.Small };
        return true;
    }

    /// <summary>A head count, or the lower bound of a range of it.</summary>
    public static bool TryHeadcount(string value, out int? headcount) => TryCount(value, out headcount, out _);

    private static bool TryCount(string value, out int? headcount, out int? bound)
    {
        headcount = bound = null;
        if (!NumberRange.TryParse(value, People, 1, out var range)
            || range.Min > FieldLimits.Headcount || range.Max > FieldLimits.Headcount || range.Max < range.Min
            || (range.Min == range.Max && range.Min != decimal.Truncate(range.Min ?? 0)))
        {
            return false;
        }

        headcount = (int?)range.Min;
        bound = headcount ?? (range.Max is { } below ? Math.Max((int)below - 1, 0) : null);
        return true;
    }
}
