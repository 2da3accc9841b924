using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Channels that nobody knows yet: what comes by them is worth more than a tidy list, so they are noted and wait to be confirmed.</summary>
internal static class NewChannels
{
    /// <summary>Notes a channel, unless somebody else did meanwhile; the settings with it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="path">The channel's path in its normal form.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<Setting> LearnChannel(this SettingCache settings, TimeProvider time, string path, CancellationToken ct)
    {
        await settings.Change(
            async scope =>
            {
                if (!await scope.Db.Set<Channel>().AnyAsync(c => c.Path == path, ct))
                {
                    scope.Db.Add(new Channel { Id = time.NewId(), Path = path });
                }
            },
            ct);
        return await settings.Get(ct);
    }
}
