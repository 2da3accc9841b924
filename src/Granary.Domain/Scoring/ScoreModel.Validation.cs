using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

public sealed partial record ScoreModel
{
    private const int MostPoints = 1_000;
    private const int MostCap = 10_000;
    private const int MostRules = 200;

    /// <summary>
    /// What is wrong with the model: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>,
    /// <c>not_descending</c>, <c>unknown_cell</c>, and the codes of <see cref="ConditionRules"/>. Empty when it can be used.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Range("attributeCap", AttributeCap, 0, MostCap),
        .. Range("behaviourCap", BehaviourCap, 0, MostCap),
        .. Range("offerAmount", OfferAmount, 0.01m, 1_000_000_000_000m),
        .. HalfLifeDays is null or (> 0 and <= 3_650) ? Array.Empty<FieldError>() : [new("halfLifeDays", "out_of_range", "0–3650")],
        .. Names(),
        .. AttributeErrors(),
        .. TouchErrors("touchRules", TouchRules),
        .. BandErrors(),
        .. MatrixErrors(),
        .. CellErrors("passMark.cells", PassMark.Cells),
    ];

    private IEnumerable<FieldError> Names()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new FieldError("name", "required");
        }
        else if (Name.Length > 100)
        {
            yield return new FieldError("name", "too_long", "100");
        }
    }

    private IEnumerable<FieldError> AttributeErrors()
    {
        if (AttributeRules.Count > MostRules)
        {
            yield return new FieldError("attributeRules", "too_many", $"{MostRules}");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < AttributeRules.Count; i++)
        {
            var (rule, path) = (AttributeRules[i], $"attributeRules[{i}]");
            if (string.IsNullOrWhiteSpace(rule.Name))
            {
                yield return new FieldError($"{path}.name", "required");
            }
            else if (!names.Add(rule.Name))
            {
                yield return new FieldError($"{path}.name", "duplicate");
            }

            if (rule.When.Count == 0)
            {
                yield return new FieldError($"{path}.when", "required");
            }

            foreach (var error in rule.When.Validate($"{path}.when", LeadFacts.Field).Concat(Range($"{path}.points", rule.Points, -MostPoints, MostPoints)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<FieldError> TouchErrors(string path, IReadOnlyList<TouchRule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (!Enum.IsDefined(rules[i].Kind))
            {
                yield return new FieldError($"{path}[{i}].kind", "not_a_choice");
            }

            if (rules.Take(i).Any(earlier => earlier.Kind == rules[i].Kind))
            {
                yield return new FieldError($"{path}[{i}].kind", "duplicate");
            }

            foreach (var error in Range($"{path}[{i}].points", rules[i].Points, -MostPoints, MostPoints))
            {
                yield return error;
            }
        }
    }

    private IEnumerable<FieldError> BandErrors()
    {
        if (PriorityBands.High <= PriorityBands.Medium)
        {
            yield return new FieldError("priorityBands", "not_descending");
        }

        if (StageBands.Considering <= StageBands.Interested)
        {
            yield return new FieldError("stageBands", "not_descending");
        }
    }

    private IEnumerable<FieldError> MatrixErrors() =>
    [
        .. TouchErrors("matrix.events", Matrix.Events),
        .. Falling("matrix.engagementBounds", Matrix.EngagementBounds),
        .. Falling("matrix.fitBounds", Matrix.FitBounds),
        .. Range("matrix.fitScale", Matrix.FitScale, 1, MostCap),
        .. CellErrors("matrix.advice", Matrix.Advice.Keys),
    ];

    private static IEnumerable<FieldError> Falling(string path, IReadOnlyList<decimal> bounds)
    {
        if (bounds.Count != 3)
        {
            yield return new FieldError(path, "out_of_range", "3");
        }
        else if (bounds[0] <= bounds[1] || bounds[1] <= bounds[2])
        {
            yield return new FieldError(path, "not_descending");
        }
    }

    private static IEnumerable<FieldError> CellErrors(string path, IEnumerable<string> cells) =>
        cells.Where(cell => !MatrixCell.All.Contains(cell)).Select(cell => new FieldError(path, "unknown_cell", cell));

    private static IEnumerable<FieldError> Range(string path, decimal value, decimal least, decimal most)
    {
        if (value < least || value > most)
        {
            yield return new FieldError(path, "out_of_range", FormattableString.Invariant($"{least}–{most}"));
        }
    }
}
