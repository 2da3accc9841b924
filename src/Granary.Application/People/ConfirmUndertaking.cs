using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A user confirms the confidentiality undertaking, once for each version (§18).</summary>
public sealed class ConfirmUndertaking(SettingCache settings, TimeProvider time)
{
    /// <summary>Confirms the version that was read.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="version">The version they read.</param>
    /// <param name="address">Network address they come from.</param>
    /// <param name="language">Language in which they read it.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>False when another version is in force by now, or none: there is something else to read.</returns>
    public async Task<bool> Confirm(Guid userId, int version, string address, string language, CancellationToken ct = default)
    {
        var setting = await settings.Latest(ct);
        if (setting.Undertaking?.Version != version || !setting.Owes(userId))
        {
            return setting.Undertaking?.Version == version;
        }

        return await settings.Change(
            async scope =>
            {
                var current = await scope.Db.Set<Undertaking>().AsNoTracking().OrderByDescending(u => u.Version).FirstAsync(ct);
                if (current.Version != version || current.WithdrawnAt is not null)
                {
                    return false;
                }

                if (!await scope.Db.Set<UndertakingConfirmation>().AnyAsync(c => c.Version == version && c.UserId == userId, ct))
                {
                    scope.Db.Add(new UndertakingConfirmation { Version = version, UserId = userId, At = time.Now, Address = address, Language = language });
                    scope.Db.Add(time.Event(userId, userId, "undertaking.confirmed", new { Version = version }));
                }

                return true;
            },
            ct);
    }
}
