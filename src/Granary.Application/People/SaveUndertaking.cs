using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Publishes and withdraws the confidentiality undertaking (§18). With each version everybody confirms again.</summary>
public sealed class SaveUndertaking(SettingCache settings, TimeProvider time)
{
    /// <summary>Publishes a new version.</summary>
    public async Task<SettingResult> Publish(Guid actor, string chinese, string english, CancellationToken ct = default)
    {
        (chinese, english) = (Lines(chinese), Lines(english));
        List<FieldError> errors = [.. Checks.Text("chinese", chinese, Undertaking.Longest), .. Checks.Text("english", english, Undertaking.Longest)];
        if (errors.Count > 0)
        {
            return new SettingResult.Refused(errors);
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var version = 1 + (await scope.Db.Set<Undertaking>().MaxAsync(u => (int?)u.Version, ct) ?? 0);
                scope.Db.Add(new Undertaking { Version = version, Chinese = chinese, English = english, AuthorId = actor, PublishedAt = time.Now });
                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "undertaking.published", new { Version = version }));
                return new SettingResult.Done($"{version}");
            },
            ct);
    }

    /// <summary>Withdraws the version in force: nobody is asked any more. What was confirmed stays on record.</summary>
    public Task<SettingResult> Withdraw(Guid actor, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<Undertaking>().OrderByDescending(u => u.Version).FirstOrDefaultAsync(ct) is not { WithdrawnAt: null } current)
            {
                return new SettingResult.Missing();
            }

            current.WithdrawnAt = time.Now;
            scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "undertaking.withdrawn", new { current.Version }));
            return new SettingResult.Done($"{current.Version}");
        },
        ct);

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim();
}
