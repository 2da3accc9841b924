using Granary.Domain.Policies;
using Granary.Web.Localisation;

namespace Granary.Web.Policies;

/// <summary>One line of an explanation.</summary>
/// <param name="Step">The step: cleanse, match, score or assign.</param>
/// <param name="Rule">The policy's rule that fired.</param>
/// <param name="Text">It in words, in the caller's language.</param>
public sealed record ExplanationLine(string Step, string? Rule, string Text);

/// <summary>Says why something was decided.</summary>
public sealed class Explanation(ReasonText words)
{
    /// <summary>Reasons in words.</summary>
    public IReadOnlyList<ExplanationLine> Of(IReadOnlyList<Reason> reasons)
    {
        var lines = new ExplanationLine[reasons.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new ExplanationLine(reasons[i].Step, reasons[i].Rule, words.Of(reasons[i]));
        }

        return lines;
    }
}
