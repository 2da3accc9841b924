using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access;

/// <summary>How a route is asked: a program with a key, a form or fragment within a page, or a page itself.</summary>
internal enum RouteKind
{
    Api,
    Part,
    Page,
}

/// <summary>One line of the tables: who may use a route, on which record, and what is sent to it.</summary>
internal sealed record RouteRule(RouteKind Kind, string Method, string Pattern)
{
    /// <summary>Why nobody needs to sign in; null where they do.</summary>
    public string? Open { get; init; }

    /// <summary>What somebody must hold at any scope.</summary>
    public IReadOnlyList<Permission> Demands { get; init; } = [];

    /// <summary>What else somebody must be.</summary>
    public Func<Subject, bool> Also { get; init; } = static _ => true;

    /// <summary>The record it is about.</summary>
    public Sample? Record { get; init; }

    /// <summary>Whether somebody may do it with a record that they see.</summary>
    public Func<Subject, Relation, bool> May { get; init; } = static (_, _) => true;

    /// <summary>What is sent; null sends no body.</summary>
    public Func<Subject, object?>? Sent { get; init; }

    /// <summary>What follows the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>Answers that are right where the request is allowed, besides those that succeed or refuse what was sent.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Whether it is left out where it is allowed, since it would end what the walk stands on.</summary>
    public bool OnlyDenied { get; init; }

    public bool Writes => Method is not "GET";

    /// <summary>Its name in the tables and in the application.</summary>
    public string Key => $"{Method} {Pattern}";

    /// <summary>Anybody may, and why.</summary>
    public RouteRule Public(string why) => this with { Open = why };

    /// <summary>Whoever is signed in may.</summary>
    public RouteRule SignedIn() => this;

    /// <summary>Who holds all of these, at any scope, may.</summary>
    public RouteRule Needs(params Permission[] demands) => this with { Demands = demands };

    /// <summary>Who holds what <see cref="Needs"/> says and is this besides may.</summary>
    public RouteRule When(Func<Subject, bool> also) => this with { Also = also };

    /// <summary>It is about a record: whoever sees it may.</summary>
    public RouteRule On(Sample record) => this with { Record = record };

    /// <summary>It is about a record: whoever sees it and reaches it with this permission may.</summary>
    public RouteRule On(Sample record, Permission verb) => On(record, (who, relation) => who.Reaches(verb, relation));

    /// <summary>It is about a record: whoever sees it may under a condition.</summary>
    public RouteRule On(Sample record, Func<Subject, Relation, bool> may) => this with { Record = record, May = may };

    /// <summary>What is sent: an object as JSON or as the fields of a form, or content as it is.</summary>
    public RouteRule Sends(object body) => this with { Sent = _ => body };

    /// <summary>What is sent by whom.</summary>
    public RouteRule Sends(Func<Subject, object?> body) => this with { Sent = body };

    /// <summary>What is asked.</summary>
    public RouteRule Asks(string query) => this with { Query = query };

    /// <summary>What it leads to may not be there.</summary>
    public RouteRule OrMissing() => this with { MayBeMissing = true };

    /// <summary>Tried only by those who may not.</summary>
    public RouteRule Unharmed() => this with { OnlyDenied = true };
}

/// <summary>
/// A table of routes. Each room has its own in <c>Routes</c>, found by the walk by itself: a new route is one line there.
/// </summary>
internal abstract class RouteTable
{
    public abstract IEnumerable<RouteRule> Rules { get; }

    /// <summary>The lines of all tables.</summary>
    public static List<RouteRule> All() =>
        [.. typeof(RouteTable).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RouteTable))).OrderBy(t => t.Name, StringComparer.Ordinal).SelectMany(t => ((RouteTable)Activator.CreateInstance(t)!).Rules)];

    /// <summary>Reads: of the API where it begins with <c>/api</c>, else a fragment or a download.</summary>
    protected static RouteRule Get(string pattern) => Of("GET", pattern);

    /// <summary>Writes: of the API where it begins with <c>/api</c>, else a form.</summary>
    protected static RouteRule Post(string pattern) => Of("POST", pattern);

    protected static RouteRule Put(string pattern) => Of("PUT", pattern);

    protected static RouteRule Patch(string pattern) => Of("PATCH", pattern);

    protected static RouteRule Delete(string pattern) => Of("DELETE", pattern);

    /// <summary>A page: what it shows and what its own forms send.</summary>
    protected static RouteRule Page(string pattern) => new(RouteKind.Page, "PAGE", pattern);

    private static RouteRule Of(string method, string pattern) =>
        new(pattern.StartsWith("/api/", StringComparison.Ordinal) ? RouteKind.Api : RouteKind.Part, method, pattern);
}
