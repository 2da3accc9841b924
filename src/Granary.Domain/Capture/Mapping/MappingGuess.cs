namespace Granary.Domain.Capture.Mapping;

/// <summary>What a column seems to hold.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Target">Path of the target field; null when nothing fits.</param>
/// <param name="Confidence">0 to 1: 0.9 and more for a known heading, below that a human should look.</param>
public sealed record GuessedColumn(string Heading, string? Target, double Confidence);

/// <summary>A proposed mapping, to be confirmed or changed by a human.</summary>
/// <param name="Mapping">The mapping; columns without a target are left out of it.</param>
/// <param name="Columns">The same by column, in the file's order.</param>
public sealed record GuessedMapping(ImportMapping Mapping, IReadOnlyList<GuessedColumn> Columns);

/// <summary>Proposes a mapping from Chinese and English headings and what stands below them (§3 Import).</summary>
public static class MappingGuess
{
    private static readonly string[] UsuallyMissing = ["-", "--", "—", "/", "N/A", "NA", "NULL", "无", "暂无", "未填写", "Select"];

    /// <summary>Guesses from the headings and some rows below them.</summary>
    /// <param name="headings">The headings.</param>
    /// <param name="sample">Some rows.</param>
    /// <param name="custom">Fields that the organisation added to leads; a heading that is called like one is meant for it.</param>
    public static GuessedMapping Guess(IReadOnlyList<string> headings, IReadOnlyList<TableRow> sample, IReadOnlyList<CustomField>? custom = null)
    {
        var guessed = new GuessedColumn[headings.Count];
        for (var i = 0; i < guessed.Length; i++)
        {
            guessed[i] = Own(headings[i], custom ?? []) ?? Column(headings[i], SampleShape.Of(sample, i));
        }

        LeaveOneEach(guessed);
        var columns = new Dictionary<string, ColumnRule?>(StringComparer.Ordinal);
        foreach (var column in guessed)
        {
            if (column.Target is not null)
            {
                columns.Add(column.Heading, Rule(column.Heading, column.Target));
            }
        }

        return new GuessedMapping(new ImportMapping { Columns = columns, Missing = UsuallyMissing }, guessed);
    }

    private static GuessedColumn? Own(string heading, IReadOnlyList<CustomField> custom) =>
        custom.FirstOrDefault(f => new[] { f.Name, f.EnglishName, f.Key }.Any(name => string.Equals(name, heading.Trim(), StringComparison.OrdinalIgnoreCase))) is { } field
            ? new GuessedColumn(heading, $"custom.{field.Key}", 0.95)
            : null;

    private static GuessedColumn Column(string heading, SampleShape shape)
    {
        var (target, confidence) = HeadingWords.Find(heading);
        if (target is not null && shape.Contradicts(target))
        {
            (target, confidence) = (null, 0);
        }

        return target is null && shape.Target is not null
            ? new GuessedColumn(heading, shape.Target, 0.8)
            : new GuessedColumn(heading, target, confidence);
    }

    // A field of one value keeps its surest column; which of two sources is meant is for a human to say.
    private static void LeaveOneEach(GuessedColumn[] guessed)
    {
        foreach (var rivals in guessed.Where(static g => g.Target is not null).GroupBy(static g => g.Target!, StringComparer.Ordinal).ToList())
        {
            if (ImportTarget.Find(rivals.Key)!.Many)
            {
                continue;
            }

            var best = rivals.MaxBy(static g => g.Confidence);
            for (var i = 0; i < guessed.Length; i++)
            {
                if (guessed[i].Target == rivals.Key && !ReferenceEquals(guessed[i], best))
                {
                    guessed[i] = guessed[i] with { Target = null, Confidence = 0 };
                }
            }
        }
    }

    private static ColumnRule Rule(string heading, string target)
    {
        var rule = ColumnRule.For(target);
        return target.StartsWith("budget", StringComparison.Ordinal) && HeadingWords.Unit(heading) is { } unit ? rule with { Unit = unit } : rule;
    }
}
