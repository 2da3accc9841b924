using System.Globalization;
using Granary.Application.Campaigns;
using Granary.Domain.Policies;

namespace Granary.Web.Campaigns;

/// <summary>Addresses of the pages of campaigns.</summary>
public static class CampaignUrls
{
    public const string List = "/campaigns";

    public const string New = "/campaigns/new";

    public const string File = "/campaigns/list.csv";

    public static string Page(CampaignFilter f, string? after = null, string path = List) => Query(
        path, ("stage", f.Stage is { } s ? WireName.Of(s) : null), ("type", f.Type), ("owner", f.OwnerId?.ToString()), ("from", Day(f.From)), ("to", Day(f.To)), ("q", f.Q), ("after", after));

    public static string Of(Guid id) => $"/campaigns/{id}";

    public static string Timeline(Guid id, long before) => $"{Of(id)}?before={before.ToString(CultureInfo.InvariantCulture)}";

    public static string Part(Guid id, string part) => $"/campaigns/{id}/{part}";

    public static string Invitations(Guid id, InvitationState? state = null, string? q = null, Guid? after = null, string part = "invitations") =>
        Query(Part(id, part), ("state", state is { } s ? WireName.Of(s) : null), ("q", q), ("after", after?.ToString()));

    public static string Site(Guid id, DateOnly? day) => Query(Part(id, "site"), ("day", Day(day)));

    /// <summary>The public page of a campaign; with an employee, the address that they forward.</summary>
    public static string Door(string code, Guid? by = null) => Query($"/c/{Uri.EscapeDataString(code)}", ("by", by?.ToString()));

    /// <summary>The same as people read it: the code as it is, not as browsers send it.</summary>
    public static string DoorShown(string code) => $"/c/{code}";

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Query(string path, params (string Name, string? Value)[] parts) =>
        string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")) is { Length: > 0 } query ? $"{path}?{query}" : path;
}
