using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;

namespace Granary.Web.People;

/// <summary>Who asks.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">Sign-in name.</param>
/// <param name="DepartmentId">Department.</param>
/// <param name="Roles">Role keys.</param>
/// <param name="Permissions">Permission → the scopes it reaches.</param>
/// <param name="Organisation">The organisation's name.</param>
/// <param name="TimeZone">The organisation's IANA time zone.</param>
/// <param name="Currency">The organisation's ISO 4217 currency.</param>
public sealed record MeView(
    Guid Id, string Name, string Email, Guid? DepartmentId, IReadOnlyList<string> Roles,
    IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> Permissions, string Organisation, string TimeZone, string Currency);

/// <summary>The API's answer to "who am I".</summary>
public static class MeApi
{
    internal static void MapMe(this IEndpointRouteBuilder app) => app.MapGet("/api/v1/me", Get).WithTags("People").Produces<MeView>();

    /// <summary>Tells who asks and what they may do.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Viewer viewer, SettingCache settings, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var person = setting.People[viewer.UserId];
        return TypedResults.Ok(new MeView(
            person.Id,
            person.Name,
            person.Email,
            person.DepartmentId,
            person.Roles,
            viewer.Grants.ToDictionary(g => g.Key, g => (IReadOnlyList<DataScope>)[.. Enum.GetValues<DataScope>().Where(s => s != DataScope.None && g.Value.HasFlag(s))]),
            setting.Organisation.Name,
            setting.Organisation.TimeZone,
            setting.Organisation.Currency));
    }
}
