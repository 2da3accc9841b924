using Granary.Application.Qualification;

namespace Granary.Web.Desk.Accounts;

/// <summary>Addresses of the pages of accounts; filters stand in them.</summary>
public static class AccountUrls
{
    public const string New = "/accounts/new";

    /// <summary>Answers the combobox of accounts.</summary>
    public const string Options = "/accounts/options";

    public static string List(AccountFilter? filter = null, Guid? after = null)
    {
        var query = filter?.ToString() ?? "";
        query += after is null ? "" : $"{(query.Length == 0 ? "" : "&")}after={after}";
        return query.Length == 0 ? "/accounts" : $"/accounts?{query}";
    }

    public static string Pools(Guid? pool = null, Guid? after = null)
    {
        var parts = new[] { ("pool", pool), ("after", after) }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={p.Item2}").ToList();
        return parts.Count == 0 ? "/accounts/pools" : $"/accounts/pools?{string.Join('&', parts)}";
    }

    public static string Account(Guid id) => $"/accounts/{id}";

    public static string Edit(Guid id) => $"/accounts/{id}/edit";

    public static string NewContact(Guid id) => $"/accounts/{id}/contacts/new";

    public static string Contact(Guid id, Guid contact) => $"/accounts/{id}/contacts/{contact}";

    public static string Merge(Guid survivor, Guid with) => $"/accounts/{survivor}/merge?with={with}";

    public static string MergeOf(Guid survivor) => $"/accounts/{survivor}/merge";

    public static string Unmerge(Guid survivor, Guid merge) => $"/accounts/{survivor}/merges/{merge}/undo";

    public static string Timeline(Guid id, long before) => $"/accounts/{id}?before={before}";
}
