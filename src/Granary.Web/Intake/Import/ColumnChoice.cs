using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Domain.Capture.Mapping;

namespace Granary.Web.Intake.Import;

/// <summary>A column of a file as the wizard shows it.</summary>
/// <param name="Control">Id of its select.</param>
/// <param name="Heading">Heading.</param>
/// <param name="Sample">Some of its cells.</param>
/// <param name="Target">The field it becomes; null when it is left out.</param>
/// <param name="Confidence">How sure the guess is; 1 for what a human confirmed.</param>
internal sealed record ColumnChoice(string Control, string Heading, string Sample, string? Target, double Confidence)
{
    private const int Samples = 3, Longest = 30;

    /// <summary>The columns of a file under a plan.</summary>
    public static IReadOnlyList<ColumnChoice> Of(ImportPreview preview, ImportPlan plan) =>
        [.. preview.Headings.Select((heading, at) =>
        {
            var target = plan.Mapping.RuleOf(heading)?.To;
            var guess = preview.Columns[at];
            return new ColumnChoice($"to-{at}", heading, First(preview.Rows, at), target, target == guess.Target && !preview.Remembered ? guess.Confidence : target is null ? 0 : 1);
        })];

    private static string First(IReadOnlyList<TableRow> rows, int at) => string.Join(" · ", rows
        .Select(r => at < r.Cells.Count ? r.Cells[at]?.Trim() : null).OfType<string>().Where(c => c.Length > 0).Distinct().Take(Samples)
        .Select(c => c.Length > Longest ? c[..Longest] + "…" : c));
}

/// <summary>Reads the plan that the wizard posts.</summary>
internal static class PlanForm
{
    /// <summary>The plan of a form; what it does not show (rules, templates, constants) is kept from the plan that was offered.</summary>
    public static ImportPlan Read(IFormCollection form, ImportPreview preview)
    {
        var (before, guess) = (preview.Plan.Mapping, MappingGuess.Guess(preview.Headings, preview.Rows).Mapping);
        var columns = new Dictionary<string, ColumnRule?>(StringComparer.Ordinal);
        foreach (var (heading, to) in form["heading"].Zip(form["to"]))
        {
            if (heading is { Length: > 0 } && to is { Length: > 0 })
            {
                ColumnRule? Known(ImportMapping mapping) => mapping.RuleOf(heading) is { } rule && rule.To == to ? rule : null;
                columns[heading] = Known(before) ?? Known(guess) ?? ColumnRule.For(to);
            }
        }

        var constants = before.Constants.Where(c => c.Key != "channel").ToDictionary();
        if (form["channel"].ToString().Trim() is { Length: > 0 } channel)
        {
            constants["channel"] = channel;
        }

        var mode = Enum.TryParse<ImportMode>(form["mode"], out var chosen) ? chosen : ImportMode.Create;
        var key = form["key"].ToString() is { Length: > 0 } field && mode != ImportMode.Create ? field : null;
        return new ImportPlan(before with { Columns = columns, Constants = constants, WithoutContact = form["withoutContact"] == "true" }, mode, key);
    }
}
