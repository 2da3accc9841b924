namespace Granary.Domain.Policies;

/// <summary>What a list of conditions must be before it is saved, and whether all of them hold.</summary>
public static class ConditionRules
{
    /// <summary>Whether the facts meet every condition; an empty list always holds.</summary>
    public static bool AllHold(this IReadOnlyList<Condition> conditions, IFacts facts)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (!conditions[i].Holds(facts))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// What is wrong with the conditions: <c>unknown_field</c>, <c>required</c> (no value), <c>not_comparable</c> (a comparison that the
    /// type of the field does not have: a bound on words, a part of a number), and of values that are not of its type
    /// <c>not_a_number</c>, <c>not_a_date</c>, <c>not_a_choice</c>, <c>not_a_user</c>.
    /// </summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="path">Their path in the policy, such as <c>rules[0].when</c>.</param>
    /// <param name="field">Finds a field by its name; null when there is none.</param>
    public static IEnumerable<FieldError> Validate(this IReadOnlyList<Condition> conditions, string path, Func<string, FactField?> field)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            if (Error(conditions[i], $"{path}[{i}]", field(conditions[i].Field)) is { } error)
            {
                yield return error;
            }
        }
    }

    private static FieldError? Error(Condition condition, string path, FactField? field)
    {
        if (field is null)
        {
            return new FieldError($"{path}.field", "unknown_field");
        }

        if (!Enum.IsDefined(condition.Comparison))
        {
            return new FieldError($"{path}.comparison", "not_a_choice");
        }

        if (condition.Comparison is Comparison.Present or Comparison.Missing)
        {
            return null;
        }

        if (condition.Values.Count == 0 || condition.Values.Any(string.IsNullOrWhiteSpace))
        {
            return new FieldError($"{path}.values", "required");
        }

        if (!Fits(condition.Comparison, field))
        {
            return new FieldError($"{path}.comparison", "not_comparable");
        }

        var bound = condition.Comparison is Comparison.AtLeast or Comparison.Below;
        foreach (var (i, value) in condition.Comparison == Comparison.Contains ? [] : condition.Values.Take(bound ? 1 : int.MaxValue).Index())
        {
            if (Wrong(value, field, bound) is { } code)
            {
                return code == "not_a_choice" ? new FieldError($"{path}.values", code, value) : new FieldError($"{path}.values[{i}]", code);
            }
        }

        return null;
    }

    // What nobody gave a type may hold numbers or days, which shows in its values.
    private static bool Fits(Comparison comparison, FactField field) => comparison switch
    {
        Comparison.AtLeast or Comparison.Below => field.Kind is FactKind.Number or FactKind.Date || (field.Kind == FactKind.Text && field.Untyped),
        Comparison.Contains => field.Kind is FactKind.Text or FactKind.Choice,
        _ => true,
    };

    private static string? Wrong(string value, FactField field, bool bound) => field.Kind switch
    {
        FactKind.Number => FactValue.TryNumber(value, out _) ? null : "not_a_number",
        FactKind.Date => FactValue.TryDay(value, out _) ? null : "not_a_date",
        FactKind.Person => Guid.TryParse(value, out _) ? null : "not_a_user",
        FactKind.Choice => field.Choices.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : "not_a_choice",
        _ => !bound || FactValue.TryNumber(value, out _) || FactValue.TryDay(value, out _) ? null : "not_a_number",
    };
}
