namespace Granary.Browser.Tests.Hosting;

/// <summary>
/// Five hundred texts that would run a script where a page takes them for markup: each calls <c>alert</c> with its number and ends
/// in its mark, by which a page that shows it is known.
/// </summary>
internal static class Payloads
{
    // § is the call. Fifty ways in …
    private static readonly string[] Ways =
    [
        "<script>§</script>", "<img src=x onerror=§>", "<svg onload=§>", "\"><svg/onload=§>", "'><img src=x onerror=§>",
        "\" autofocus onfocus=§ x=\"", "' onmouseover=§ x='", "javascript:§//", "<a href=\"javascript:§\">x</a>", "<iframe src=javascript:§>",
        "</textarea><img src=x onerror=§>", "</title><svg onload=§>", "</script><script>§</script>", "<details open ontoggle=§>", "<video><source onerror=§>",
        "<body onload=§>", "<input autofocus onfocus=§>", "<select autofocus onfocus=§>", "<marquee onstart=§>", "<math><mtext><mglyph><style></math><img src onerror=§>",
        "<noscript><p title=\"</noscript><img src=x onerror=§>\">", "<svg><style><img src=x onerror=§>", "<svg><animate onbegin=§ attributeName=x>", "<object data=javascript:§>", "<embed src=javascript:§>",
        "<form action=javascript:§><button>x", "<meta http-equiv=refresh content=0;url=javascript:§>", "<link rel=stylesheet href=x onerror=§>", "<style onload=§></style>", "<p style=animation:x onanimationend=§>",
        "{{constructor.constructor('§')()}}", "${§}", "@(§)", "<%= § %>", "\\u003cimg src=x onerror=§\\u003e",
        "&lt;img src=x onerror=§&gt;", "%3Csvg%20onload=§%3E", "＜img src=x onerror=§＞", "<scr\u200Bipt>§</scr\u200Bipt>", "=HYPERLINK(\"javascript:§\")",
        "<!--><img src=x onerror=§>", "]]><script>§</script>", "<template><script>§</script></template>", "<base href=javascript:/§//>", "<svg><a xlink:href=javascript:§><text>x",
        "<x tabindex=1 autofocus onfocus=§>", "<input type=image src=x onerror=§>", "\"};§;//", "';§;//", "data:text/html,<script>§</script>",
    ];

    // … and ten ways to dress each.
    private static readonly Func<string, string>[] Dresses =
    [
        way => way, way => "\">" + way, way => "'>" + way, way => "--></style>" + way, way => "上海" + way,
        way => "\u202E" + way, way => "`" + way, way => way.Replace("script", "ScRiPt", StringComparison.Ordinal).Replace("onerror", "oNeRrOr", StringComparison.Ordinal) + " ", way => way.Replace(' ', '/'), way => "<<" + way,
    ];

    /// <summary>All of them; the one at n carries the mark of n.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Dresses.SelectMany(dress => Ways.Select(way => dress(way))).Select((text, n) => text.Replace("§", $"alert({n})", StringComparison.Ordinal) + $"xq{n}q")];
}

/// <summary>Hands out the payloads in turn, so that all of them come round.</summary>
internal sealed class Feed
{
    private int _next;

    /// <summary>The next one that fits.</summary>
    /// <param name="longest">Most characters.</param>
    /// <param name="without">A character that the field gives a meaning of its own.</param>
    public string One(int longest, char without = '\0')
    {
        while (true)
        {
            if (Payloads.All[_next++ % Payloads.All.Count] is var payload && payload.Length <= longest && !payload.Contains(without, StringComparison.Ordinal))
            {
                return payload;
            }
        }
    }

    /// <summary>As many as fit, a line for each.</summary>
    public string Many(int longest)
    {
        var text = "";
        while (true)
        {
            var payload = Payloads.All[_next % Payloads.All.Count];
            if (text.Length + payload.Length + 1 > longest)
            {
                return text;
            }

            text += payload + "\n";
            _next++;
        }
    }
}
