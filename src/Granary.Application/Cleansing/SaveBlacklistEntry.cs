using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Microsoft.EntityFrameworkCore;
using Rule = Granary.Domain.Cleansing.BlacklistEntry;

namespace Granary.Application.Cleansing;

/// <summary>What somebody lists.</summary>
/// <param name="Kind">What the value is.</param>
/// <param name="Value">The value as it was typed.</param>
/// <param name="Reason">Why, 1 to 200 characters.</param>
/// <param name="ExpiresAt">From when on it no longer counts; null is never.</param>
public sealed record BlacklistInput(BlacklistKind Kind, string Value, string Reason, DateTimeOffset? ExpiresAt);

/// <summary>Maintains the shared blacklist (§4.3). Leads that were held by an entry stay held until somebody releases them.</summary>
public sealed class SaveBlacklistEntry(SettingCache settings, Vault vault, TimeProvider time)
{
    private const int LongestReason = 200, LongestValue = 254;

    /// <summary>Lists a value.</summary>
    public async Task<SettingResult> Add(Guid actor, BlacklistInput input, CancellationToken ct = default)
    {
        if (input.Reason.Trim().Length > LongestReason)
        {
            return new SettingResult.Refused("reason", "too_long", "200");
        }

        if (input.Value.Length > LongestValue)
        {
            return new SettingResult.Refused("value", "too_long", "254");
        }

        if (!Rule.TryCreate(input.Kind, input.Value, input.Reason, actor.ToString(), input.ExpiresAt, out var rule, out var error))
        {
            return new SettingResult.Refused([error!]);
        }

        if (input.ExpiresAt <= time.Now)
        {
            return new SettingResult.Refused("expiresAt", "in_the_past");
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var kind = NameOf(input.Kind);
                var listed = await scope.Db.Set<BlacklistEntry>().Where(e => e.Kind == kind).ToListAsync(ct);
                if (listed.Exists(e => vault.Open(e.Value) == rule!.Value && (e.ExpiresAt is null || e.ExpiresAt > time.Now)))
                {
                    return new SettingResult.Refused("value", "duplicate");
                }

                var entry = new BlacklistEntry
                {
                    Id = time.NewId(),
                    Kind = kind,
                    Value = vault.Seal(rule!.Value),
                    Reason = rule.Reason,
                    AuthorId = actor,
                    CreatedAt = time.Now,
                    ExpiresAt = input.ExpiresAt,
                };
                scope.Db.Add(entry);
                scope.Db.Add(Event(actor, entry, "blacklist.added"));
                return new SettingResult.Done(entry.Id);
            },
            ct);
    }

    /// <summary>Takes an entry off the list.</summary>
    public Task<SettingResult> Remove(Guid actor, Guid id, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<BlacklistEntry>().SingleOrDefaultAsync(e => e.Id == id, ct) is not { } entry)
            {
                return new SettingResult.Missing();
            }

            scope.Db.Remove(entry);
            scope.Db.Add(Event(actor, entry, "blacklist.removed"));
            return new SettingResult.Done(id);
        },
        ct);

    internal static string NameOf(BlacklistKind kind) => kind.ToString().ToLowerInvariant();

    // The value may be somebody's number; the log never holds contact data.
    private Storage.EventRecord Event(Guid actor, BlacklistEntry entry, string kind) =>
        time.Event(actor, entry.Id, kind, new { entry.Kind, entry.Reason, entry.ExpiresAt });
}
