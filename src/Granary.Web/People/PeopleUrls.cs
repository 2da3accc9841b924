namespace Granary.Web.People;

/// <summary>Addresses of the people room's pages.</summary>
internal static class PeopleUrls
{
    public const string Settings = "/settings", People = "/settings/people", New = "/settings/people/new", Departments = "/settings/departments", Me = "/settings/me",
        NoticeChannels = Me + "#channels", SaveChannels = Me + "/channels", TestChannel = Me + "/channels/test";

    public static string Person(Guid id) => $"{People}/{id}";

    public static string Departure(Guid id) => $"{People}/{id}/departure";

    public static string List(string? q, Guid? after)
    {
        var query = QueryString.Create([
            .. string.IsNullOrWhiteSpace(q) ? [] : new[] { KeyValuePair.Create<string, string?>("q", q) },
            .. after is null ? [] : new[] { KeyValuePair.Create<string, string?>("after", after.ToString()) },
        ]);
        return People + query;
    }

    public static string Department(Guid id) => $"{Departments}?edit={id}";
}
