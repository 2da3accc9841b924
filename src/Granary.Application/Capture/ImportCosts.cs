using Granary.Application.Capture.Import;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>A row that was left out.</summary>
/// <param name="Number">Its number in the file.</param>
/// <param name="Errors">Why.</param>
public sealed record CostRowFault(int Number, IReadOnlyList<FieldError> Errors);

/// <summary>What became of a table of costs.</summary>
/// <param name="Created">Rows that were recorded.</param>
/// <param name="Changed">Rows that corrected what was recorded before.</param>
/// <param name="Unchanged">Rows that said what was recorded before.</param>
/// <param name="Faults">Rows that were left out.</param>
/// <param name="Code">Why the table cannot be read at all; null when it can, see <see cref="FileCodes"/>.</param>
/// <param name="Fields">Columns that it lacks.</param>
public sealed record CostImport(int Created, int Changed, int Unchanged, IReadOnlyList<CostRowFault> Faults, string? Code = null, IReadOnlyList<string>? Fields = null);

/// <summary>
/// Takes in a table of costs, as a file or pasted: the good rows go in, in one transaction; a row that is recorded already is
/// corrected, so that the same table may come again.
/// </summary>
public sealed class ImportCosts(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Most rows of a table.</summary>
    public const int MostRows = 50_000;

    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 10L << 20;

    /// <summary>Takes a table in.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="file">The table, seekable.</param>
    /// <param name="name">Its name.</param>
    /// <param name="channel">The channel of rows that name none; null refuses those.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<CostImport> Run(Guid actor, Stream file, string name, Guid? channel, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        List<(int Number, Guid Channel, CostEntry Entry)> rows = [];
        List<CostRowFault> faults = [];
        try
        {
            using var table = TableFile.Open(file, name);
            var sheet = new CostSheet(table.Headings);
            if (sheet.Missing is { Count: > 0 } missing)
            {
                return new CostImport(0, 0, 0, [], FileCodes.MissingRequiredColumns, missing);
            }

            HashSet<(Guid, DateOnly?, string?, string?, string?)> known = [];
            foreach (var row in table.Rows())
            {
                if (rows.Count + faults.Count >= MostRows)
                {
                    return new CostImport(0, 0, 0, [], FileCodes.TooLarge);
                }

                var (read, errors) = sheet.Read(row);
                var entry = read.Trimmed();
                var at = sheet.Channel(row) is { } path ? setting.Channels.Find(ChannelPath.Normalise(path) ?? "")?.Id : channel;
                List<FieldError> wrong =
                [
                    .. errors, .. entry.Validate(setting.Calendar.DateOf(time.Now)).Where(e => !errors.Any(r => r.Field == e.Field)),
                    .. at is null ? [new FieldError("channel", sheet.Channel(row) is null ? "required" : "unknown")] : Array.Empty<FieldError>(),
                ];
                if (wrong.Count == 0 && !known.Add((at!.Value, entry.Day, entry.Campaign, entry.Keyword, entry.Content)))
                {
                    wrong.Add(new FieldError("day", "duplicate"));
                }

                if (wrong.Count > 0)
                {
                    faults.Add(new CostRowFault(row.Number, wrong));
                }
                else
                {
                    rows.Add((row.Number, at!.Value, entry));
                }
            }
        }
        catch (UnusableFileException e)
        {
            return new CostImport(0, 0, 0, [], e.Code);
        }

        var (created, changed) = rows.Count == 0 ? (0, 0) : await store.Write(scope => Write(scope, actor, rows, ct), ct);
        return new CostImport(created, changed, rows.Count - created - changed, faults);
    }

    private async Task<(int Created, int Changed)> Write(WriteScope scope, Guid actor, List<(int Number, Guid Channel, CostEntry Entry)> rows, CancellationToken ct)
    {
        var (created, changed) = (0, 0);
        foreach (var group in rows.GroupBy(r => r.Channel))
        {
            var (first, last) = (group.Min(r => r.Entry.Day)!.Value, group.Max(r => r.Entry.Day)!.Value);
            var stored = (await scope.Db.Set<ChannelCost>().Where(c => c.ChannelId == group.Key && c.Day >= first && c.Day <= last).ToListAsync(ct))
                .ToDictionary(c => (c.Day, c.Campaign, c.Keyword, c.Content));
            var (made, mended, sum) = (0, 0, 0m);
            foreach (var (_, _, entry) in group)
            {
                sum += entry.Amount!.Value;
                if (!stored.TryGetValue((entry.Day!.Value, entry.Campaign ?? "", entry.Keyword ?? "", entry.Content ?? ""), out var cost))
                {
                    scope.Db.Add(cost = new ChannelCost { Id = time.NewId(), ChannelId = group.Key, Version = 0 });
                    made++;
                }
                else if (SaveCost.Entry(cost) == entry)
                {
                    continue;
                }
                else
                {
                    mended++;
                }

                SaveCost.Take(cost, entry, actor, time.Now);
            }

            (created, changed) = (created + made, changed + mended);
            if (made + mended > 0)
            {
                scope.Db.Add(time.Event(actor, group.Key, Imported, new { created = made, changed = mended, amount = sum, from = first, to = last }));
            }
        }

        await scope.Db.SaveChangesAsync(ct);
        return (created, changed);
    }

    /// <summary>Kind of event: a table of costs came in.</summary>
    public const string Imported = "channel.costs_imported";
}
