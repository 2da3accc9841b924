using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Adds channels, confirms those first seen in a submission, and retires them; leads keep the channel they came by.</summary>
public sealed class SaveChannel(SettingCache settings, TimeProvider time)
{
    private const int Levels = 2, LongestLevel = 100;

    /// <summary>Adds a channel.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="path">The first level, or <c>level 1/level 2</c>; each 1 to 100 characters.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> Create(Guid actor, string path, CancellationToken ct = default)
    {
        var (normal, refused) = Read(path);
        return refused ?? await settings.Change<SettingResult>(
            async scope =>
            {
                if (await Known(scope.Db, normal, null, ct))
                {
                    return new SettingResult.Refused("path", "duplicate");
                }

                var channel = new Channel { Id = time.NewId(), Path = normal, Confirmed = true };
                scope.Db.Add(channel);
                scope.Db.Add(time.Event(actor, channel.Id, "channel.created", new { channel.Path }));
                return new SettingResult.Done(channel.Id);
            },
            ct);
    }

    /// <summary>Renames a channel; its leads refer to it by id and go with it.</summary>
    public async Task<SettingResult> Rename(Guid actor, Guid id, string path, CancellationToken ct = default)
    {
        var (normal, refused) = Read(path);
        return refused ?? await settings.Change<SettingResult>(
            async scope =>
            {
                if (await scope.Db.Set<Channel>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } channel)
                {
                    return new SettingResult.Missing();
                }

                if (await Known(scope.Db, normal, id, ct))
                {
                    return new SettingResult.Refused("path", "duplicate");
                }

                scope.Db.Add(time.Event(actor, id, "channel.renamed", new { before = channel.Path, after = normal }));
                channel.Path = normal;
                return new SettingResult.Done(id);
            },
            ct);
    }

    /// <summary>Confirms a channel that was first seen in a submission.</summary>
    public Task<SettingResult> Confirm(Guid actor, Guid id, CancellationToken ct = default) =>
        Change(actor, id, "channel.confirmed", channel => channel.Confirmed = true, ct);

    /// <summary>Takes a channel out of use, or into it again.</summary>
    public Task<SettingResult> Retire(Guid actor, Guid id, bool retired, CancellationToken ct = default) =>
        Change(actor, id, retired ? "channel.retired" : "channel.reopened", channel => channel.Retired = retired, ct);

    private static (string Path, SettingResult? Refused) Read(string path)
    {
        var normal = ChannelPath.Normalise(path) ?? "";
        var levels = normal.Split('/');
        return (normal, normal.Length == 0 ? new SettingResult.Refused("path", "required")
            : levels.Length > Levels || levels.Any(level => level.Length > LongestLevel) || normal.Any(char.IsControl) ? new SettingResult.Refused("path", "invalid_channel")
            : null);
    }

    private static async Task<bool> Known(GranaryDb db, string path, Guid? besides, CancellationToken ct) =>
        (await db.Set<Channel>().Where(c => c.Id != besides).Select(c => c.Path).ToListAsync(ct)).Contains(path, StringComparer.OrdinalIgnoreCase);

    private Task<SettingResult> Change(Guid actor, Guid id, string kind, Action<Channel> change, CancellationToken ct) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<Channel>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } channel)
            {
                return new SettingResult.Missing();
            }

            change(channel);
            scope.Db.Add(time.Event(actor, id, kind, new { channel.Path }));
            return new SettingResult.Done(id);
        },
        ct);
}
