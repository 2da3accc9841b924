using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Capture;

/// <summary>An inbound hook to add, or what of it changes.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="ChannelId">Channel of its leads, unless the mapping says otherwise.</param>
/// <param name="Open">Whether it takes deliveries.</param>
/// <param name="Mapping">Field of the lead → path in the delivered JSON, such as <c>$.data.user.mobile</c> or <c>fields[0].value</c>.</param>
public sealed record HookBody(string? Name = null, Guid? ChannelId = null, bool Open = true, IReadOnlyDictionary<string, string?>? Mapping = null)
{
    internal HookInput Input => new(Name ?? "", ChannelId ?? Guid.Empty, Open, (Mapping ?? new Dictionary<string, string?>()).ToDictionary(m => m.Key, m => m.Value ?? ""));
}

/// <summary>An inbound hook.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="ChannelId">Channel of its leads.</param>
/// <param name="Open">Whether it takes deliveries.</param>
/// <param name="Mapping">Field of the lead → path in the delivered JSON.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Token">The token of its address /hooks/{token}; given once, when it is made or renewed.</param>
public sealed record HookView(Guid Id, string Name, Guid ChannelId, bool Open, IReadOnlyDictionary<string, string> Mapping, DateTimeOffset CreatedAt, string? Token)
{
    /// <summary>As the API shows it.</summary>
    public static HookView Of(InboundHook hook, string? token = null) =>
        new(hook.Id, hook.Name, hook.ChannelId, hook.Open, Json.Read<Dictionary<string, string>>(hook.Mapping), hook.CreatedAt, token);
}

/// <summary>The inbound hooks API. Creating and renewing are not kept for a repeated key, for the answer holds a secret.</summary>
public static class HooksApi
{
    internal static void MapHooksApi(this IEndpointRouteBuilder app)
    {
        var hooks = app.MapGroup("/api/v1/hooks").WithTags("Channels").Require(Permission.ManageChannels);
        hooks.MapGet("/", List).Produces<Page<HookView>>();
        hooks.MapGet("/{id:guid}", Get).Produces<HookView>();
        hooks.MapPost("/", Create).Produces<HookView>(StatusCodes.Status201Created);
        hooks.MapPatch("/{id:guid}", Change).Produces<HookView>().Accepts<HookBody>("application/merge-patch+json", "application/json");
        hooks.MapPost("/{id:guid}/renewal", Renew).Produces<HookView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists hooks by name.</summary>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        var hooks = await db.Set<InboundHook>().AsNoTracking().OrderBy(h => h.Name).ToListAsync(ct);
        return TypedResults.Ok(new Page<HookView>(hooks.ConvertAll(h => HookView.Of(h)), null));
    }

    /// <summary>Gets a hook.</summary>
    /// <param name="id">The hook.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Store store, CancellationToken ct) =>
        await Find(id, store, ct) is { } hook ? TypedResults.Ok(HookView.Of(hook)) : Problem.NotFound();

    /// <summary>Adds a hook; its token is in this answer only.</summary>
    /// <param name="body">The hook.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(HookBody body, SaveHook save, Viewer viewer, Store store, CancellationToken ct) =>
        await Issued(await save.Create(viewer.UserId, body.Input, ct), store, ct);

    /// <summary>Gives a hook a new address; the old one takes nothing any more.</summary>
    /// <param name="id">The hook.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Renew(Guid id, SaveHook save, Viewer viewer, Store store, CancellationToken ct) =>
        await Issued(await save.Renew(viewer.UserId, id, ct), store, ct);

    /// <summary>Changes a hook: members given replace, members left out stay (merge patch).</summary>
    /// <param name="id">The hook.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveHook save, Viewer viewer, Store store, CancellationToken ct)
    {
        if (await Find(id, store, ct) is not { } hook)
        {
            return Problem.NotFound();
        }

        var mapping = Json.Read<Dictionary<string, string?>>(hook.Mapping);
        var changed = MergePatch.Apply(new HookBody(hook.Name, hook.ChannelId, hook.Open, mapping), patch);
        var kept = changed with { Mapping = changed.Mapping?.Where(m => m.Value is not null).ToDictionary(m => m.Key, m => m.Value) };
        return await save.Change(viewer.UserId, id, kept.Input, ct).Answer(_ => Get(id, store, ct));
    }

    private static Task<IResult> Issued(IssuedHook issued, Store store, CancellationToken ct) => Task.FromResult<SettingResult>(issued.Result)
        .Answer(async id => TypedResults.Created($"/api/v1/hooks/{id}", HookView.Of((await Find(Guid.Parse(id), store, ct))!, issued.Token)));

    private static async Task<InboundHook?> Find(Guid id, Store store, CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.Set<InboundHook>().AsNoTracking().SingleOrDefaultAsync(h => h.Id == id, ct);
    }
}
