using Microsoft.AspNetCore.Components;

namespace Granary.Web.Components.Ui;

/// <summary>What becomes of a column when a row is drawn as a card on a phone.</summary>
public enum OnPhone
{
    /// <summary>A line with its label.</summary>
    Line,

    /// <summary>The card's heading.</summary>
    Title,

    /// <summary>Beside the heading, without a label: a state.</summary>
    Corner,

    /// <summary>Left out.</summary>
    Hidden,
}

/// <summary>A column of a <see cref="Table{TRow}"/>.</summary>
/// <param name="Label">Its heading, and the label of its line on a phone.</param>
/// <param name="Cell">What it shows of a row.</param>
public sealed record Column<TRow>(string Label, RenderFragment<TRow> Cell)
{
    /// <summary>Name in the address's <c>sort</c>; null when the column does not sort.</summary>
    public string? Sort { get; init; }

    /// <summary>Figures stand at the right.</summary>
    public bool Figure { get; init; }

    /// <summary>Long text that is cut with an ellipsis instead of widening the table.</summary>
    public bool Long { get; init; }

    public OnPhone OnPhone { get; init; }

    internal string? Css
    {
        get
        {
            var css = $"{(Figure ? "figure " : "")}{(Long ? "long " : "")}{(OnPhone == OnPhone.Line ? "" : "phone-" + OnPhone.ToString().ToLowerInvariant())}".TrimEnd();
            return css.Length == 0 ? null : css;
        }
    }
}
