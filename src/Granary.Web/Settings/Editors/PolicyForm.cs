using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>
/// A policy as its editor posts it: texts and rows, which are read into the policy's record. Binding sets a list that nothing
/// was posted for to null, so that lists put themselves right.
/// </summary>
public abstract class PolicyForm
{
    /// <summary>The button that posted: a <see cref="Components.Ui.RowCommand"/>, <c>try</c>, or nothing to save.</summary>
    public string? Do { get; set; }

    /// <summary>Id or address of the lead to try the policy with.</summary>
    public string? Lead { get; set; }

    /// <summary>A number as a form shows it.</summary>
    protected static string Text(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A whole number; 0 with an error where there is none.</summary>
    protected static int Whole(string? text, string path, List<FieldError> errors) => MaybeWhole(text, path, errors, required: true) ?? 0;

    /// <summary>A whole number, or nothing.</summary>
    protected static int? MaybeWhole(string? text, string path, List<FieldError> errors, bool required = false)
    {
        var number = Maybe(text, path, errors, required);
        if (number is null || (decimal.Truncate(number.Value) == number && number is >= int.MinValue and <= int.MaxValue))
        {
            return (int?)number;
        }

        errors.Add(new FieldError(path, "not_a_number"));
        return null;
    }

    /// <summary>A number; 0 with an error where there is none.</summary>
    protected static decimal Number(string? text, string path, List<FieldError> errors) => Maybe(text, path, errors, required: true) ?? 0;

    /// <summary>A number, or nothing.</summary>
    protected static decimal? Maybe(string? text, string path, List<FieldError> errors, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
            {
                errors.Add(new FieldError(path, "required"));
            }

            return null;
        }

        if (decimal.TryParse(text.Replace('−', '-'), NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        errors.Add(new FieldError(path, "not_a_number"));
        return null;
    }

    /// <summary>A member of an enumeration by its name; the default with an error where it is none.</summary>
    protected static T Member<T>(string? name, string path, List<FieldError> errors)
        where T : struct, Enum
    {
        if (WireName.All<T>().Contains(name))
        {
            return Enum.Parse<T>(name!, ignoreCase: true);
        }

        errors.Add(new FieldError(path, string.IsNullOrEmpty(name) ? "required" : "not_a_choice"));
        return default;
    }
}

/// <summary>A condition as an editor posts it.</summary>
public sealed class ConditionForm
{
    public string? Field { get; set; }

    public string? Comparison { get; set; }

    public string? Values { get; set; }

    /// <summary>The rows of stored conditions.</summary>
    public static List<ConditionForm> Of(IReadOnlyList<Condition> conditions, PolicyWords say) =>
        [.. conditions.Select(c => new ConditionForm { Field = c.Field, Comparison = WireName.Of(c.Comparison), Values = say.Shown(c.Field, c.Values) })];

    /// <summary>Whether nothing was chosen yet; such a row is no condition.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Field);

    /// <summary>The conditions of rows, blank ones left out.</summary>
    public static IReadOnlyList<Condition> Read(IEnumerable<ConditionForm> rows, PolicyWords say) => [.. rows.Where(row => !row.IsBlank).Select(row => row.Read(say))];

    private Condition Read(PolicyWords say)
    {
        var comparison = Enum.TryParse<Comparison>(Comparison, ignoreCase: true, out var known) ? known : Domain.Policies.Comparison.AnyOf;
        return new Condition(Field!, comparison, comparison is Domain.Policies.Comparison.Present or Domain.Policies.Comparison.Missing ? [] : say.Stored(Field!, Values));
    }
}
