using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;

namespace Granary.Web.Capture;

/// <summary>A channel.</summary>
/// <param name="Id">Id.</param>
/// <param name="Path">The path <c>level 1/level 2</c>.</param>
/// <param name="Confirmed">Whether somebody confirmed it; one first seen in a submission waits for that.</param>
/// <param name="Retired">Whether it is out of use.</param>
public sealed record ChannelView(Guid Id, string Path, bool Confirmed, bool Retired)
{
    /// <summary>As the API shows it.</summary>
    public static ChannelView Of(Channel channel) => new(channel.Id, channel.Path, channel.Confirmed, channel.Retired);
}

/// <summary>A channel to add, or its new name.</summary>
/// <param name="Path">The path <c>level 1/level 2</c>, or the first level alone; each up to 100 characters.</param>
public sealed record ChannelBody(string? Path = null);

/// <summary>The channels API.</summary>
public static class ChannelsApi
{
    internal static void MapChannels(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/channels", List).WithTags("Channels").Produces<Page<ChannelView>>();
        var channels = app.MapGroup("/api/v1/channels").WithTags("Channels").Require(Permission.ManageChannels).Idempotent();
        channels.MapPost("/", Create).Produces<ChannelView>(StatusCodes.Status201Created);
        channels.MapPatch("/{id:guid}", Rename).Produces<ChannelView>();
        channels.MapPost("/{id:guid}/confirmation", Confirm).Produces<ChannelView>(StatusCodes.Status201Created);
        channels.MapPost("/{id:guid}/retirement", Retire).Produces<ChannelView>(StatusCodes.Status201Created);
        channels.MapDelete("/{id:guid}/retirement", Reopen).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists all channels by path.</summary>
    /// <param name="setting">The settings.</param>
    public static IResult List(Setting setting) => TypedResults.Ok(new Page<ChannelView>([.. setting.Channels.All.Select(ChannelView.Of)], null));

    /// <summary>Adds a channel.</summary>
    /// <param name="body">The channel.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Create(ChannelBody body, SaveChannel save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        save.Create(viewer.UserId, body.Path ?? "", ct).Answer(id => Made(id, settings, ct));

    /// <summary>Renames a channel; its leads go with it.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="body">Its new path.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Rename(Guid id, ChannelBody body, SaveChannel save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        save.Rename(viewer.UserId, id, body.Path ?? "", ct).Answer(async _ => TypedResults.Ok(await View(id, settings, ct)));

    /// <summary>Confirms a channel that was first seen in a submission.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Confirm(Guid id, SaveChannel save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        save.Confirm(viewer.UserId, id, ct).Answer(key => Made(key, settings, ct));

    /// <summary>Takes a channel out of use.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Retire(Guid id, SaveChannel save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        save.Retire(viewer.UserId, id, true, ct).Answer(key => Made(key, settings, ct));

    /// <summary>Takes a channel into use again.</summary>
    /// <param name="id">The channel.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Reopen(Guid id, SaveChannel save, Viewer viewer, CancellationToken ct) => save.Retire(viewer.UserId, id, false, ct).Answer();

    private static async Task<IResult> Made(string id, SettingCache settings, CancellationToken ct) =>
        TypedResults.Created($"/api/v1/channels/{id}", await View(Guid.Parse(id), settings, ct));

    private static async Task<ChannelView> View(Guid id, SettingCache settings, CancellationToken ct) =>
        ChannelView.Of((await settings.Get(ct)).Channels.All.First(c => c.Id == id));
}
