namespace Granary.Web.Opportunities;

/// <summary>Addresses of the pages and forms of opportunities.</summary>
public static class OpportunityUrls
{
    public const string List = "/opportunities";

    public const string Board = "/opportunities/board";

    public const string Forecast = "/opportunities/forecast";

    public const string Export = "/opportunities/export";

    /// <summary>One opportunity, or a part of its page.</summary>
    public static string Of(Guid id, string? part = null) => part is null ? $"/opportunities/{id}" : $"/opportunities/{id}?part={part}";

    /// <summary>The editor of a plan or diagram.</summary>
    public static string Paper(Guid id, Domain.Opportunities.PaperKind kind) => $"/opportunities/{id}/papers/{Domain.Policies.WireName.Of(kind)}";

    /// <summary>A verb on an opportunity.</summary>
    public static string Verb(Guid id, string verb) => $"/opportunities/{id}/{verb}";
}
