using System.Globalization;
using System.Text;
using Granary.Application.Capture.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A version and how many confirmed it.</summary>
/// <param name="Version">The version.</param>
/// <param name="Confirmed">How many confirmed it.</param>
public sealed record CountedUndertaking(Undertaking Version, int Confirmed);

/// <summary>A user and what they confirmed of a version.</summary>
/// <param name="Person">The user.</param>
/// <param name="Confirmation">Their confirmation; null when it is missing.</param>
public sealed record Undertaken(Person Person, UndertakingConfirmation? Confirmation);

/// <summary>Who has confirmed which version of the confidentiality undertaking, for auditors.</summary>
public sealed class Undertakings(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>All versions, the latest first.</summary>
    public async Task<IReadOnlyList<CountedUndertaking>> Versions(CancellationToken ct = default)
    {
        await using var db = store.Open();
        var counts = await db.Set<UndertakingConfirmation>().GroupBy(c => c.Version).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return (await db.Set<Undertaking>().AsNoTracking().OrderByDescending(u => u.Version).ToListAsync(ct))
            .ConvertAll(u => new CountedUndertaking(u, counts.GetValueOrDefault(u.Version)));
    }

    /// <summary>
    /// Who confirmed a version, and who of those that may act has not, by id; null when there is no such version.
    /// Whoever has left since is listed with what they confirmed.
    /// </summary>
    /// <param name="version">The version; the latest when null.</param>
    /// <param name="missing">Only those whose confirmation is missing, or only the others; all when null.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(Undertaking Version, IReadOnlyList<Undertaken> People)?> Of(int? version, bool? missing, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var versions = db.Set<Undertaking>().AsNoTracking();
        if (await (version is null ? versions : versions.Where(u => u.Version == version)).OrderByDescending(u => u.Version).FirstOrDefaultAsync(ct) is not { } found)
        {
            return null;
        }

        var confirmed = await db.Set<UndertakingConfirmation>().AsNoTracking().Where(c => c.Version == found.Version).ToDictionaryAsync(c => c.UserId, ct);
        var setting = await settings.Get(ct);
        return (found, [.. setting.People.Values
            .Select(p => new Undertaken(p, confirmed.GetValueOrDefault(p.Id)))
            .Where(u => u.Confirmation is null ? missing != false && setting.ViewerOf(u.Person.Id) is not null : missing != true)
            .OrderBy(u => u.Person.Id, IdOrder.Instance)]);
    }

    /// <summary>All of a version as a file for a spreadsheet, in UTF-8 with its mark; that it was taken stands in the log. Null when there is no such version.</summary>
    /// <param name="actor">Who takes it.</param>
    /// <param name="version">The version; the latest when null.</param>
    /// <param name="headings">Headings: name, e-mail, department, version, confirmed at, address, language.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(int Version, byte[] File)?> Export(Guid actor, int? version, IReadOnlyList<string> headings, CancellationToken ct = default)
    {
        if (await Of(version, null, ct) is not var (found, people))
        {
            return null;
        }

        var setting = await settings.Get(ct);
        var text = new StringBuilder();
        Line(text, headings);
        foreach (var (person, confirmation) in people)
        {
            Line(text,
            [
                person.Name,
                person.Email,
                person.DepartmentId is { } d ? setting.Departments.GetValueOrDefault(d)?.Name ?? "" : "",
                found.Version.ToString(CultureInfo.InvariantCulture),
                confirmation?.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "",
                confirmation?.Address ?? "",
                confirmation?.Language ?? "",
            ]);
        }

        await store.Write(
            scope =>
            {
                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "undertaking.exported", new { found.Version, People = people.Count }));
                return scope.Db.SaveChangesAsync(ct);
            },
            ct);
        return (found.Version, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())]);
    }

    private static void Line(StringBuilder text, IReadOnlyList<string> cells) =>
        text.AppendJoin(',', cells.Select(c => $"\"{SpreadsheetText.Neutral(c).Replace("\"", "\"\"", StringComparison.Ordinal)}\"")).Append("\r\n");
}
