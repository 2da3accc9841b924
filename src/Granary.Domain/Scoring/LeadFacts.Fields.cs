using System.Collections.Frozen;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

public sealed partial record LeadFacts
{
    /// <summary>Every fact that conditions may name, in the order editors show them; custom fields come besides.</summary>
    public static IReadOnlyList<FactField> Fields { get; } =
    [
        FactField.Text("channel"),
        FactField.Text("campaign"),
        FactField.Text("keyword"),
        FactField.Text("content"),
        FactField.Text("utm.source"),
        FactField.Text("utm.medium"),
        FactField.Text("utm.campaign"),
        FactField.Text("utm.term"),
        FactField.Text("utm.content"),
        FactField.Text("referredBy"),
        FactField.Text("company.name"),
        FactField.Text("company.industry"),
        FactField.Choice<CompanySize>("company.size"),
        FactField.Number("company.headcount"),
        FactField.Text("province"),
        FactField.Text("city"),
        FactField.Text("region"),
        FactField.Text("contact.title"),
        FactField.Choice<BuyingRole>("contact.role"),
        FactField.Text("requirement"),
        FactField.Text("products"),
        FactField.Number("budget.min"),
        FactField.Number("budget.max"),
        FactField.Choice<BudgetMatch>("budget.match"),
        FactField.Number("purchase.days"),
        FactField.Text("tags"),
        FactField.Text("findings"),
        FactField.Text("label"),
        FactField.Number("score"),
        FactField.Number("score.behaviour"),
        FactField.Number("score.attributes"),
        FactField.Choice<Priority>("priority"),
        FactField.Choice<NurtureStage>("stage"),
        FactField.Choice("fit", ["A", "B", "C", "D"]),
        FactField.Number("engagement"),
        FactField.Choice("cell", MatrixCell.All),
        FactField.Choice("mature", ["yes", "no"]),
        FactField.Choice<QualificationStage>("qualification"),
        FactField.Choice("grade", ["A", "B", "C"]),
        FactField.Number("hour"),
        FactField.Choice<DayOfWeek>("weekday"),
    ];

    /// <summary>The names of <see cref="Fields"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Fields.Select(field => field.Name)];

    private static readonly FrozenDictionary<string, FactField> ByName = Fields.ToFrozenDictionary(field => field.Name);

    /// <summary>The field of a name; any <c>custom.…</c> is a text of no type. Null when there is none.</summary>
    public static FactField? Field(string name)
    {
        if (name.StartsWith(CustomPrefix, StringComparison.Ordinal) && name.Length > CustomPrefix.Length)
        {
            return FactField.Text(name) with { Untyped = true };
        }

        return ByName.GetValueOrDefault(name);
    }
}
