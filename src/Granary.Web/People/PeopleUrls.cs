using System.Globalization;

namespace Granary.Web.People;

/// <summary>Addresses of the people room's pages.</summary>
internal static class PeopleUrls
{
    public const string Settings = "/settings", People = "/settings/people", New = "/settings/people/new", Departments = "/settings/departments", Me = "/settings/me",
        Security = Me + "/security", MyKeys = Me + "/keys", MySessions = Me + "/sessions", Invite = "/settings/people/invite", MyPasskeys = Me + "/passkeys", PasskeySignIn = "/sign-in/passkey",
        Roles = "/settings/roles", NewRole = "/settings/roles/new", Duty = "/settings/duty", Leave = Duty + "#leave", NoticeChannels = Me + "#channels", SaveChannels = Me + "/channels", TestChannel = Me + "/channels/test",
        Undertaking = "/settings/undertaking", Confirmations = Undertaking + "/confirmations", ExportConfirmations = Confirmations + "/export";

    public static string Code(string? next) => "/sign-in/code" + (string.IsNullOrEmpty(next) ? "" : QueryString.Create("next", next));

    public static string Passkey(string id, string what) => $"{MyPasskeys}/{id}/{what}";

    public static string ResetFactor(Guid id) => $"{People}/{id}/second-factor/reset";

    public static string Invitation(string token) => $"/invitation/{token}";

    public static string Person(Guid id) => $"{People}/{id}";

    public static string EndSessions(Guid id) => $"{People}/{id}/sessions/end";

    public static string WithdrawInvitation(Guid id) => $"{People}/{id}/invitation/withdrawal";

    public static string EndSession(Guid id) => $"{MySessions}/{id}/end";

    public static string Departure(Guid id) => $"{People}/{id}/departure";

    public static string List(string? q, Guid? after)
    {
        var query = QueryString.Create([
            .. string.IsNullOrWhiteSpace(q) ? [] : new[] { KeyValuePair.Create<string, string?>("q", q) },
            .. after is null ? [] : new[] { KeyValuePair.Create<string, string?>("after", after.ToString()) },
        ]);
        return People + query;
    }

    public static string ConfirmationsOf(int version) => string.Create(CultureInfo.InvariantCulture, $"{Confirmations}?version={version}");

    public static string Role(string key) => $"{Roles}/{key}";

    public static string CopyOf(string key) => $"{NewRole}?from={key}";

    public static string DutyOf(DateOnly week, Guid? department) => $"{Duty}?week={week:yyyy-MM-dd}{(department is { } id ? $"&department={id}" : "")}";

    public static string Department(Guid id) => $"{Departments}?edit={id}";
}
