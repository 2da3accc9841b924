namespace Granary.Domain.Capture;

/// <summary>What a page may say that a visitor did.</summary>
public static class PageTouch
{
    /// <summary>Touches of one report.</summary>
    public const int Most = 100;

    /// <summary>How long before it is told a touch may have happened: a page that was closed tells it when it can.</summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromHours(1);

    /// <summary>Kinds that a page may claim. What only we, or another system, can know is none of them: attendance, answers, replies, unsubscribing.</summary>
    public static IReadOnlySet<TouchKind> Kinds { get; } = new HashSet<TouchKind>
    {
        TouchKind.PageVisited, TouchKind.CorePageViewed, TouchKind.ModuleClicked, TouchKind.ArticleClicked, TouchKind.Downloaded, TouchKind.FormVisited,
    };

    /// <summary>The part of an address that says which page it is: no parameters, which may name a person.</summary>
    /// <param name="address">The address.</param>
    /// <param name="longest">Characters that fit.</param>
    public static string? Page(string? address, int longest)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        var page = uri.Host + uri.AbsolutePath;
        return page.Length <= longest ? page : page[..longest];
    }
}
