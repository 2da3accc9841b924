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
        if (ChannelPath.Normalise(path) is not { Length: > 0 } normal)
        {
            return new SettingResult.Refused("path", "required");
        }

        var levels = normal.Split('/');
        if (levels.Length > Levels || levels.Any(level => level.Length > LongestLevel))
        {
            return new SettingResult.Refused("path", "invalid_channel");
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var known = await scope.Db.Set<Channel>().Select(c => c.Path).ToListAsync(ct);
                if (known.Contains(normal, StringComparer.OrdinalIgnoreCase))
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

    /// <summary>Confirms a channel that was first seen in a submission.</summary>
    public Task<SettingResult> Confirm(Guid actor, Guid id, CancellationToken ct = default) =>
        Change(actor, id, "channel.confirmed", channel => channel.Confirmed = true, ct);

    /// <summary>Takes a channel out of use, or into it again.</summary>
    public Task<SettingResult> Retire(Guid actor, Guid id, bool retired, CancellationToken ct = default) =>
        Change(actor, id, retired ? "channel.retired" : "channel.reopened", channel => channel.Retired = retired, ct);

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
