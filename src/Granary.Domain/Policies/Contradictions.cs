namespace Granary.Domain.Policies;

/// <summary>Finds conditions that can never hold together, so that a rule which never fires is not saved.</summary>
public static class Contradictions
{
    // Facts that may have several values: one of them may meet one condition, another the next.
    private static readonly HashSet<string> Several = ["products", "tags", "findings", "owner.role"];

    /// <summary>The first condition that contradicts an earlier one; null when all can hold together. The conditions are valid.</summary>
    /// <param name="conditions">Conditions that must all hold.</param>
    /// <param name="field">Finds a field by its name.</param>
    public static int? First(IReadOnlyList<Condition> conditions, Func<string, FactField?> field)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            Condition[] same = [.. conditions.Take(i + 1).Where(c => c.Field == conditions[i].Field)];
            if (!CanHold(same, field(conditions[i].Field)))
            {
                return i;
            }
        }

        return null;
    }

    private static bool CanHold(Condition[] same, FactField? field)
    {
        var missing = same.Any(c => c.Comparison == Comparison.Missing);
        if (missing && same.Any(c => c.Comparison is not (Comparison.Missing or Comparison.NoneOf)))
        {
            return false;
        }

        var (low, high) = Bounds(same);
        if (low >= high)
        {
            return false;
        }

        var named = same.Where(c => c.Comparison == Comparison.AnyOf).Select(c => c.Values).ToList();
        if (field is { Kind: FactKind.Choice } && same.Any(c => c.Comparison == Comparison.NoneOf) && !missing && same.Any(NeedsValue))
        {
            named.Add(field.Choices);
        }

        return named.Count == 0 || (Several.Contains(same[0].Field) ? named.TrueForAll(values => values.Any(v => Allowed(v, same))) : named[0].Any(v => Fits(v, named, same)));
    }

    private static bool NeedsValue(Condition condition) => condition.Comparison is not (Comparison.NoneOf or Comparison.Missing);

    // A value of the first list, or one below it that another list names.
    private static bool Fits(string value, List<IReadOnlyList<string>> named, Condition[] same) => named
        .SelectMany(values => values).Where(v => Condition.Names(value, v)).Append(value)
        .Any(v => named.TrueForAll(values => values.Any(n => Condition.Names(n, v))) && Allowed(v, same));

    private static bool Allowed(string value, Condition[] same) =>
        !same.Any(c => c.Comparison == Comparison.NoneOf && c.Values.Any(v => Condition.Names(v, value)))
        && (Rank(value) is not { } n || Within(n, Bounds(same)));

    private static bool Within(decimal n, (decimal Low, decimal High) bounds) => n >= bounds.Low && n < bounds.High;

    private static (decimal Low, decimal High) Bounds(Condition[] same) =>
    (
        same.Where(c => c.Comparison == Comparison.AtLeast).Select(Bound).DefaultIfEmpty(decimal.MinValue).Max(),
        same.Where(c => c.Comparison == Comparison.Below).Select(Bound).DefaultIfEmpty(decimal.MaxValue).Min()
    );

    private static decimal Bound(Condition condition) => Rank(condition.Values[0]) ?? 0;

    // Days come in the order of their numbers.
    private static decimal? Rank(string value) => FactValue.TryNumber(value, out var number) ? number : FactValue.TryDay(value, out var day) ? day.DayNumber : null;
}
