using Granary.Domain.Opportunities;
using Granary.Domain.Policies;

namespace Granary.Web.Opportunities.Partners;

/// <summary>Addresses of the pages of partners.</summary>
public static class PartnerUrls
{
    public const string List = "/partners";

    public const string New = "/partners/new";

    public static string Page(PartnerKind? kind, string? q, Guid? after) => Query(List, ("kind", kind is { } k ? WireName.Of(k) : null), ("q", q), ("after", after?.ToString()));

    public static string Of(Guid id, Guid? after = null) => Query($"/partners/{id}", ("after", after?.ToString()));

    public static string Edit(Guid id) => $"/partners/{id}/edit";

    public static string Register(Guid id) => $"/partners/{id}/registrations/new";

    public static string Registrations(RegistrationState? state = null, string? company = null, Guid? after = null) =>
        Query("/partners/registrations", ("state", state is { } s ? WireName.Of(s) : null), ("company", company), ("after", after?.ToString()));

    public static string Registration(Guid id) => $"/partners/registrations/{id}";

    public static string Verb(Guid id, string verb) => $"/partners/registrations/{id}/{verb}";

    private static string Query(string path, params (string Name, string? Value)[] parts) => string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}")) is { Length: > 0 } query ? $"{path}?{query}" : path;
}
