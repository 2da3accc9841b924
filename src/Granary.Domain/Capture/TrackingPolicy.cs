using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>Where tracked links may lead, which pages may report touches, and what is asked of a visitor before (§3 Links, §6, §18).</summary>
public sealed record TrackingPolicy
{
    /// <summary>Most hosts, origins and words of programs.</summary>
    public const int Most = 200;

    private const int Longest = 200, MostPerMinute = 10_000;

    /// <summary>Hosts that tracked links lead to; a name covers the hosts below it. Forms of our own need none.</summary>
    public IReadOnlyList<string> RedirectHosts { get; init; } = [];

    /// <summary>Origins of pages that may report touches, such as <c>https://www.example.com</c>; pages of our own need none.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Whether a visitor is known, and anything of theirs kept, only after they have agreed.</summary>
    public bool AsksConsent { get; init; } = true;

    /// <summary>Touches of one visitor within a minute, 1 to 10,000; what comes above is a program's doing and is left out.</summary>
    public int TouchesPerMinute { get; init; } = 120;

    /// <summary>Words in the name of a browser that give a program away; without regard to case.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>What a new organisation begins with: consent is asked for, no foreign host, no foreign page.</summary>
    public static TrackingPolicy BuiltIn { get; } = new()
    {
        Programs =
        [
            "bot", "crawl", "spider", "slurp", "headless", "phantomjs", "lighthouse", "pingdom", "curl/", "wget/", "python-", "java/", "go-http-client", "okhttp", "axios/", "node-fetch",
            "facebookexternalhit", "preview", "monitor", "scrapy", "httpclient", "sogou web", "bytespider", "yisouspider",
        ],
    };

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Texts("redirectHosts", RedirectHosts, host => Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal)),
        .. Texts("origins", Origins, IsOrigin),
        .. Texts("programs", Programs, word => word.Trim().Length >= 3),
        .. TouchesPerMinute is < 1 or > MostPerMinute ? [new FieldError("touchesPerMinute", "out_of_range", $"1–{MostPerMinute}")] : Array.Empty<FieldError>(),
    ];

    /// <summary>Whether a link may lead to an address: a form of ours (<c>/f/…</c>), or a page by HTTPS on a listed host.</summary>
    public bool AllowsTarget(string address)
    {
        if (address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            return false;
        }

        if (address.StartsWith("/f/", StringComparison.Ordinal))
        {
            return address.Length > 3 && !address.Contains("..", StringComparison.Ordinal);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0
            && RedirectHosts.Any(host => uri.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) || uri.IdnHost.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a page of an origin may report touches.</summary>
    public bool AllowsOrigin(string origin) => Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a request is a program's: it says no name of a browser or no language, as no browser does, or its name gives it away.
    /// </summary>
    /// <param name="userAgent">The name that the browser gives itself.</param>
    /// <param name="languages">The languages that it asks for.</param>
    public bool IsProgram(string? userAgent, string? languages) =>
        string.IsNullOrWhiteSpace(userAgent) || string.IsNullOrWhiteSpace(languages) || Programs.Any(word => userAgent.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool IsOrigin(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<FieldError> Texts(string field, IReadOnlyList<string> texts, Func<string, bool> sound)
    {
        if (texts.Count > Most)
        {
            yield return new FieldError(field, "too_many", $"{Most}");
        }

        foreach (var (i, text) in texts.Index())
        {
            if (text.Length > Longest || !sound(text))
            {
                yield return new FieldError($"{field}[{i}]", text.Length > Longest ? "too_long" : "malformed", text.Length > Longest ? $"{Longest}" : null);
            }
        }
    }
}
