using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.Policies;

namespace Granary.Web.Desk;

/// <summary>Addresses of the desk's pages and forms; filters stand in them.</summary>
public static class Urls
{
    public const string Desk = "/";

    public static string DeskOf(DeskTask? only, string? after = null) => (only, after) switch
    {
        (null, null) => Desk,
        (null, _) => $"{Desk}?after={after}",
        ({ } task, null) => $"{Desk}?only={WireName.Of(task)}",
        ({ } task, _) => $"{Desk}?only={WireName.Of(task)}&after={after}",
    };

    public const string NewLead = "/leads/new";

    public const string NewLeadHint = "/leads/new/duplicates";

    public const string Notices = "/notices";

    public const string NoticesLatest = "/notices/latest";

    /// <summary>The stream of the bell.</summary>
    public const string Live = "/live";

    public const string NoticesSeen = "/notices/seen";

    /// <summary>Answers the combobox of colleagues who can be given leads.</summary>
    public const string People = "/leads/people";

    public const string Assignment = "/leads/assignment";

    public const string Columns = "/leads/columns";

    public const string Views = "/leads/views";

    public static string Leads(LeadFilter? filter = null, LeadCursor? after = null)
    {
        var query = filter?.ToString() ?? "";
        query += after is null ? "" : $"{(query.Length == 0 ? "" : "&")}after={after}";
        return query.Length == 0 ? "/leads" : $"/leads?{query}";
    }

    public static string Lead(Guid id, string? part = null) => part is null ? $"/leads/{id}" : $"/leads/{id}?{part}";

    /// <summary>The card of the lead's review: what is told of it counts as seen on the lead's page.</summary>
    public static string LeadReview(Guid id) => $"/leads/{id}#lead-review";

    public static string Timeline(Guid id, long before) => $"/leads/{id}?before={before}";

    public static string AssignmentOf(Guid id) => $"/leads/{id}/assignment";

    public const string Requests = "/requests";

    public static string RequestsAfter(Guid id) => $"/requests?after={id}";

    public static string DecisionOf(Guid id) => $"/requests/{id}/decision";

    public static string VerbOf(Guid id, string verb) => $"/leads/{id}/{verb}";

    public static string Merge(Guid survivor, Guid with) => $"/leads/{survivor}/merge?with={with}";

    public static string Unmerge(Guid survivor, Guid merge) => $"/leads/{survivor}/merges/{merge}/undo";

    public static string InvalidationOf(Guid id) => $"/leads/{id}/invalidation";

    public static string PromotionOf(Guid id) => $"/leads/{id}/promotion";

    public static string ReleaseOf(Guid id) => $"/leads/{id}/release";

    public static string ViewOf(Guid id, string action) => $"/leads/views/{id}/{action}";

    public static string Search(string? q) => $"/search?q={Uri.EscapeDataString(q ?? "")}";

    public static string Duplicates(string? field = null, string? value = null) =>
        string.IsNullOrEmpty(value) ? "/duplicates" : $"/duplicates?{field}={Uri.EscapeDataString(value)}";

    public static string Import(Guid id) => $"/imports/{id}";

    public static string NoticesOf(NoticeKind? kind, Guid? after = null) => (kind, after) switch
    {
        (null, null) => Notices,
        (null, { } id) => $"{Notices}?after={id}",
        ({ } one, null) => $"{Notices}?kind={WireName.Of(one)}",
        ({ } one, { } id) => $"{Notices}?kind={WireName.Of(one)}&after={id}",
    };

    public const string Supervision = "/supervision";

    public static string SupervisionRecords(Guid person, SupervisionFigure figure, DateOnly from, DateOnly to) =>
        $"{Supervision}/{person}/{WireName.Of(figure)}?periodFrom={from:yyyy-MM-dd}&periodTo={to:yyyy-MM-dd}";

    public static string Violations(Guid? owner = null) => owner is null ? "/violations" : $"/violations?owner={owner}";
}
