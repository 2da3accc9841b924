using System.Globalization;

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
    /// What is wrong with the conditions: <c>unknown_field</c>, <c>required</c> (no value), <c>not_a_number</c> (a bound),
    /// <c>not_comparable</c> (a bound on words), <c>not_a_choice</c>.
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

        if (condition.Comparison is Comparison.AtLeast or Comparison.Below)
        {
            // A custom field is declared as text here; whether it holds numbers shows in its values.
            if (field.Kind == FactKind.Choice)
            {
                return new FieldError($"{path}.comparison", "not_comparable");
            }

            return IsNumber(condition.Values[0]) ? null : new FieldError($"{path}.values[0]", "not_a_number");
        }

        var stranger = field.Kind == FactKind.Choice && condition.Comparison != Comparison.Contains
            ? condition.Values.FirstOrDefault(v => !field.Choices.Contains(v, StringComparer.OrdinalIgnoreCase))
            : null;
        return stranger is null ? null : new FieldError($"{path}.values", "not_a_choice", stranger);
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
}
