using System.Text;

namespace Granary.Domain.Capture;

/// <summary>Where a tracked link leads: its target with the UTM parameters and the link's code, so that the page behind it knows how a visitor came.</summary>
public static class LinkAddress
{
    /// <summary>Name of the parameter that carries the code.</summary>
    public const string Parameter = "glink";

    /// <summary>The whole address. Parameters that the target has already and the link sets are replaced; all others stay.</summary>
    /// <param name="target">The target.</param>
    /// <param name="utm">The UTM parameters; those that are null or empty are left as the target has them.</param>
    /// <param name="code">The link's code; null leaves it out.</param>
    public static string Of(string target, UtmTags utm, string? code)
    {
        (string Name, string? Value)[] own =
        [
            ("utm_source", utm.Source), ("utm_medium", utm.Medium), ("utm_campaign", utm.Campaign), ("utm_term", utm.Term), ("utm_content", utm.Content), (Parameter, code),
        ];
        var set = own.Where(p => !string.IsNullOrEmpty(p.Value)).ToList();
        var (rest, fragment) = Cut(target, '#');
        var (path, query) = Cut(rest, '?');
        var kept = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(pair => !set.Exists(p => Name(pair) == p.Name));
        var address = new StringBuilder(path);
        foreach (var (i, pair) in kept.Concat(set.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")).Index())
        {
            address.Append(i == 0 ? '?' : '&').Append(pair);
        }

        return fragment.Length == 0 ? address.ToString() : address.Append('#').Append(fragment).ToString();
    }

    private static string Name(string pair) => Uri.UnescapeDataString(Cut(pair, '=').Before);

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at, StringComparison.Ordinal) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, "");
}
