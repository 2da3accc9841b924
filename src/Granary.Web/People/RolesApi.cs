using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>A role as the API shows it.</summary>
/// <param name="Key">Key.</param>
/// <param name="Name">What it is called in the reader's language.</param>
/// <param name="Title">The organisation's name for it; null where the product has words of its own.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="BuiltIn">Whether it came with the product.</param>
/// <param name="Grants">Permission → the scopes it reaches.</param>
/// <param name="Holders">Those who hold it.</param>
public sealed record RoleView(
    string Key, string Name, string? Title, string? TitleEn, bool BuiltIn, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> Grants, IReadOnlyList<OwnerAnswer> Holders);

/// <summary>A role to add.</summary>
/// <param name="Key">Key: lower-case letters, digits, underscores.</param>
/// <param name="Title">What it is called.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="Grants">Permission → the scopes it reaches; a copy left without takes those of its original.</param>
public sealed record NewRole(string Key, string? Title = null, string? TitleEn = null, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>>? Grants = null);

/// <summary>What a role is called and grants from now on; members left out stay.</summary>
/// <param name="Title">What it is called; empty gives a built-in role its own words back.</param>
/// <param name="TitleEn">The same in English.</param>
/// <param name="Grants">Permission → the scopes it reaches; the whole of them.</param>
public sealed record RoleChange(string? Title = null, string? TitleEn = null, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>>? Grants = null);

/// <summary>What a change of grants would mean for those who hold the role.</summary>
/// <param name="Holders">How many hold it.</param>
/// <param name="Affected">For how many anything changes.</param>
/// <param name="Changes">What changes, by permission.</param>
public sealed record RoleEffectView(int Holders, int Affected, IReadOnlyList<RoleEffectLineView> Changes);

/// <summary>A permission that changes for some.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Gained">Scopes it reaches from then on.</param>
/// <param name="Lost">Scopes it reaches no longer.</param>
/// <param name="People">For how many.</param>
public sealed record RoleEffectLineView(Permission Permission, IReadOnlyList<DataScope> Gained, IReadOnlyList<DataScope> Lost, int People);

/// <summary>Something that happened to a role.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who did it.</param>
/// <param name="Kind">What.</param>
/// <param name="Before">As it was.</param>
/// <param name="After">As it is since.</param>
public sealed record RoleEventView(DateTimeOffset At, OwnerAnswer? By, string Kind, RoleEventData? Before, RoleEventData After);

/// <summary>The roles API.</summary>
public static class RolesApi
{
    private static readonly DataScope[] Scopes = [.. Enum.GetValues<DataScope>().Where(s => s != DataScope.None)];

    internal static void MapRoles(this IEndpointRouteBuilder app)
    {
        var roles = app.MapGroup("/api/v1/roles").WithTags("People").Idempotent();
        roles.MapGet("/", List).Produces<Page<RoleView>>();
        roles.MapGet("/{key}", Get).Produces<RoleView>();
        roles.MapGet("/{key}/history", History).Require(Permission.ManagePeople).Produces<Page<RoleEventView>>();
        roles.MapPost("/", Create).Require(Permission.ManagePeople).Produces<RoleView>(StatusCodes.Status201Created);
        roles.MapPost("/{key}/copies", Copy).Require(Permission.ManagePeople).Produces<RoleView>(StatusCodes.Status201Created);
        roles.MapPost("/{key}/preview", Preview).Require(Permission.ManagePeople).Produces<RoleEffectView>();
        roles.MapPatch("/{key}", Change).Require(Permission.ManagePeople).Produces<RoleView>();
        roles.MapDelete("/{key}", Remove).Require(Permission.ManagePeople).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists all roles and who holds them.</summary>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(ReadRoles read, Setting setting, HttpContext http, CancellationToken ct) =>
        TypedResults.Ok(new Page<RoleView>([.. (await read.All(ct)).Select(r => View(r, setting, http))], null));

    /// <summary>Gets a role, and its version as ETag.</summary>
    /// <param name="key">The role.</param>
    /// <param name="read">The use case.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(string key, ReadRoles read, SettingCache settings, HttpContext http, CancellationToken ct)
    {
        if (await read.Find(key, ct) is not { } role)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, role.Role.Version);
        return TypedResults.Ok(View(role, await settings.Get(ct), http));
    }

    /// <summary>What happened to a role, the latest first.</summary>
    /// <param name="key">The role.</param>
    /// <param name="read">The use case.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> History(string key, ReadRoles read, Setting setting, CancellationToken ct)
    {
        if (await read.Find(key, ct) is not { } role)
        {
            return Problem.NotFound();
        }

        var events = (await read.History(role.Role.Id, ct)).Select(e => (Event: e, Data: ReadRoles.Told(e))).Where(e => e.Data is not null);
        return TypedResults.Ok(new Page<RoleEventView>(
            [.. events.Select(e => new RoleEventView(e.Event.At, OwnerAnswer.Of(e.Event.ActorId, setting), e.Event.Kind, e.Data!.Before, e.Data.After))], null));
    }

    /// <summary>Adds a role of the organisation's own.</summary>
    /// <param name="role">The role.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(NewRole role, SaveRole save, ReadRoles read, Viewer viewer, SettingCache settings, HttpContext http, CancellationToken ct) =>
        await Made(role.Key, await save.Create(viewer.UserId, role.Key, Input(role.Title, role.TitleEn, role.Grants), ct: ct), read, settings, http, ct);

    /// <summary>Copies a role: the copy grants the same until it is changed.</summary>
    /// <param name="key">The role to copy.</param>
    /// <param name="role">The copy.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Copy(string key, NewRole role, SaveRole save, ReadRoles read, Viewer viewer, SettingCache settings, HttpContext http, CancellationToken ct) =>
        await Made(role.Key, await save.Create(viewer.UserId, role.Key, Input(role.Title, role.TitleEn, role.Grants), key, ct), read, settings, http, ct);

    /// <summary>Tells what a change would mean for whom; nothing is written.</summary>
    /// <param name="key">The role.</param>
    /// <param name="change">What it is to grant.</param>
    /// <param name="read">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Preview(string key, RoleChange change, ReadRoles read, CancellationToken ct) =>
        await read.Preview(key, Grants(change.Grants ?? new Dictionary<Permission, IReadOnlyList<DataScope>>()), ct) is { } effect
            ? TypedResults.Ok(new RoleEffectView(effect.Holders, effect.Affected, [.. effect.Lines.Select(l => new RoleEffectLineView(l.Permission, Split(l.Gained), Split(l.Lost), l.People))]))
            : Problem.NotFound();

    /// <summary>Renames a role or changes what it grants.</summary>
    /// <param name="key">The role.</param>
    /// <param name="change">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Reads it back.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(string key, RoleChange change, SaveRole save, ReadRoles read, Viewer viewer, SettingCache settings, HttpContext http, CancellationToken ct) =>
        await (await save.Change(viewer.UserId, key, RecordVersion.Seen(http), Input(change.Title, change.TitleEn, change.Grants), ct)).Answer(_ => Get(key, read, settings, http, ct));

    /// <summary>Deletes a role of the organisation's own that nobody holds and no policy names.</summary>
    /// <param name="key">The role.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Remove(string key, SaveRole save, Viewer viewer, CancellationToken ct) =>
        await (await save.Remove(viewer.UserId, key, ct)).Answer(_ => Task.FromResult<IResult>(TypedResults.NoContent()));

    internal static IReadOnlyList<DataScope> Split(DataScope scope) => [.. Scopes.Where(s => scope.HasFlag(s))];

    private static Task<IResult> Made(string key, PeopleResult result, ReadRoles read, SettingCache settings, HttpContext http, CancellationToken ct) =>
        result.Answer(async _ => TypedResults.Created($"/api/v1/roles/{key}", View((await read.Find(key, ct))!, await settings.Get(ct), http)));

    private static RoleView View(HeldRole role, Setting setting, HttpContext http) => new(
        role.Role.Key,
        http.RequestServices.GetRequiredService<RoleNames>().Of(role.Role),
        role.Role.Title,
        role.Role.TitleEn,
        role.Role.BuiltIn,
        role.Role.Grants.ToDictionary(g => g.Key, g => Split(g.Value)),
        [.. role.Holders.Select(id => OwnerAnswer.Of(id, setting)).OfType<OwnerAnswer>()]);

    private static RoleInput Input(string? title, string? titleEn, IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>>? grants) =>
        new(title, titleEn, grants is null ? null : Grants(grants));

    private static Dictionary<Permission, DataScope> Grants(IReadOnlyDictionary<Permission, IReadOnlyList<DataScope>> grants) =>
        grants.ToDictionary(g => g.Key, g => g.Value.Aggregate(DataScope.None, (all, scope) => all | scope));
}
