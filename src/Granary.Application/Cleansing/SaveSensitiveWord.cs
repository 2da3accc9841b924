using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Cleansing;

/// <summary>Maintains the sensitive words and the innocent words that contain one (§4.4).</summary>
public sealed class SaveSensitiveWord(SettingCache settings, TimeProvider time)
{
    private const int Longest = 60, MostAtOnce = 20_000;

    /// <summary>Adds words; those that are listed already change sides where <paramref name="allowed"/> says so.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="words">The words, each 1 to 60 characters.</param>
    /// <param name="allowed">Whether they are innocent.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> Add(Guid actor, IEnumerable<string> words, bool allowed, CancellationToken ct = default)
    {
        string[] wanted = [.. words.Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (wanted.Length is 0 or > MostAtOnce)
        {
            return wanted.Length == 0 ? new SettingResult.Refused("words", "required") : new SettingResult.Refused("words", "too_many", $"{MostAtOnce}");
        }

        if (wanted.Any(w => w.Length > Longest))
        {
            return new SettingResult.Refused("words", "too_long", $"{Longest}");
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var listed = (await scope.Db.Set<SensitiveWord>().ToListAsync(ct)).DistinctBy(w => w.Word, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(w => w.Word, StringComparer.OrdinalIgnoreCase);
                var changed = 0;
                foreach (var word in wanted)
                {
                    if (!listed.TryGetValue(word, out var known))
                    {
                        scope.Db.Add(new SensitiveWord { Word = word, Allowed = allowed });
                        changed++;
                    }
                    else if (known.Allowed != allowed)
                    {
                        known.Allowed = allowed;
                        changed++;
                    }
                }

                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "words.added", new { Words = wanted.Take(100), Count = wanted.Length, Allowed = allowed }));
                return new SettingResult.Done(changed.ToString(System.Globalization.CultureInfo.InvariantCulture));
            },
            ct);
    }

    /// <summary>Takes a word off the list.</summary>
    public Task<SettingResult> Remove(Guid actor, string word, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<SensitiveWord>().SingleOrDefaultAsync(w => w.Word == word, ct) is not { } listed)
            {
                return new SettingResult.Missing();
            }

            scope.Db.Remove(listed);
            scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "words.removed", new { listed.Word, listed.Allowed }));
            return new SettingResult.Done(word);
        },
        ct);
}
