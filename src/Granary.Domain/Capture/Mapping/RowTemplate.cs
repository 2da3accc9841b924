using System.Text;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A text with <c>{heading}</c> for cells; <c>{{</c> and <c>}}</c> stand for braces.</summary>
internal sealed class RowTemplate
{
    private readonly List<(string Text, bool IsHeading)> _parts;

    private RowTemplate(List<(string Text, bool IsHeading)> parts) => _parts = parts;

    /// <summary>The headings it uses.</summary>
    public IEnumerable<string> Headings => _parts.Where(static p => p.IsHeading).Select(static p => p.Text);

    /// <summary>Null when a brace is left open or a heading is empty.</summary>
    public static RowTemplate? Parse(string text)
    {
        var parts = new List<(string, bool)>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{')
            {
                var close = text.IndexOf('}', i);
                if (close <= i + 1)
                {
                    return null;
                }

                parts.Add((literal.ToString(), false));
                parts.Add((text[(i + 1)..close], true));
                literal.Clear();
                i = close;
            }
            else if (c == '}')
            {
                return null;
            }
            else
            {
                literal.Append(c);
            }
        }

        parts.Add((literal.ToString(), false));
        return new RowTemplate(parts);
    }

    /// <summary>The text for a row; null when a cell it uses is empty.</summary>
    public string? Fill(Func<string, string?> cell)
    {
        var filled = new StringBuilder();
        foreach (var (text, isHeading) in _parts)
        {
            var part = isHeading ? cell(text) : text;
            if (part is null)
            {
                return null;
            }

            filled.Append(part);
        }

        return CellText.Clean(filled.ToString());
    }
}
