using System.Text.RegularExpressions;

namespace Granary.Web.Tests.Architecture;

/// <summary>Links of a Markdown text.</summary>
internal static partial class DocumentLinks
{
    /// <summary>Targets inside the repository, without their anchors.</summary>
    public static IEnumerable<string> In(string markdown) =>
        Link().Matches(markdown).Select(m => m.Groups[1].Value).Where(t => t.Length > 0 && !t.Contains(':', StringComparison.Ordinal));

    [GeneratedRegex(@"\]\(([^)#\s]*)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
