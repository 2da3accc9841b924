using System.Globalization;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>Puts a list that is taken out into words.</summary>
public sealed record NamedWording
{
    /// <summary>Heading of a column.</summary>
    public required Func<string, string> Heading { get; init; }

    /// <summary>A stage.</summary>
    public required Func<NamedAccountStage, string> Stage { get; init; }

    /// <summary>An instrument.</summary>
    public required Func<TouchInstrument, string> Instrument { get; init; }

    /// <summary>Somebody's name.</summary>
    public required Func<Guid?, string?> Person { get; init; }

    /// <summary>The mark: who took it out, when, under which number, how many rows.</summary>
    public required Func<string, string, Guid, int, string> Watermark { get; init; }
}

/// <summary>
/// Takes a list of named accounts out as CSV or a workbook by the rules of exports (§18): by permission, marked, in the log, and at once only up to the
/// number of rows above which somebody else would have to approve. It holds no contact data.
/// </summary>
public sealed class ExportNamed(Store store, SettingCache settings, ReadNamed read, TimeProvider time)
{
    private static readonly string[] Columns = ["company", "creditCode", "industry", "region", "owner", "stage", "since", "contacts", "keyPersons", "nextTouch", "nextTouchOn"];

    /// <summary>The headings.</summary>
    public static IReadOnlyList<string> Head(NamedWording words) => [.. Columns.Select(words.Heading)];

    /// <summary>The file.</summary>
    public async Task<AccountResult<byte[]>> File(Viewer viewer, NamedFilter filter, ExportFormat format, NamedWording words, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        if (!viewer.May(Permission.ExportLeads))
        {
            return new AccountResult<byte[]>.Refused("forbidden");
        }

        if (filter.ListId is not { } listId || await read.List(viewer, listId, ct) is not { } list)
        {
            return new AccountResult<byte[]>.NotFound();
        }

        var most = Math.Min(setting.Exports.ApprovalAbove, setting.Exports.MostRows);
        var (rows, next) = await read.Accounts(viewer, filter, take: most == 0 ? 1 : most, ct: ct);
        if (next is not null || setting.Exports.Judge(rows.Count) != ExportVerdict.Free)
        {
            return new AccountResult<byte[]>.Refused(NamedRefusal.TooManyRows) { Missing = [most.ToString(CultureInfo.InvariantCulture)] };
        }

        var number = time.NewId();
        await store.Write(
            async scope =>
            {
                scope.Db.Add(AccountEvent.Of(listId, NamedEvent.Exported, time.Now, viewer.UserId, new { list.List.Name, rows = rows.Count, number, format }));
                await scope.Db.SaveChangesAsync(ct);
            },
            ct);
        using var file = new MemoryStream();
        using (var writer = ExportWriter.Of(format, file))
        {
            writer.Row([.. Head(words).Select(ExportCell.Of)]);
            foreach (var row in rows)
            {
                writer.Row(Cells(row, words, setting));
            }

            var now = TimeZoneInfo.ConvertTime(time.Now, setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            writer.Row([ExportCell.Of(words.Watermark(viewer.Name, now, number, rows.Count))]);
        }

        return new AccountResult<byte[]>.Done(file.ToArray());
    }

    /// <summary>The cells of a named account.</summary>
    public static IReadOnlyList<ExportCell> Cells(ListedNamedAccount row, NamedWording words, Setting setting) =>
    [
        ExportCell.Of(row.Account.Name),
        ExportCell.Of(row.Account.CreditCode),
        ExportCell.Of(row.Account.Industry),
        ExportCell.Of(string.Join(" ", new[] { row.Account.Province, row.Account.City }.OfType<string>())),
        ExportCell.Of(words.Person(row.Account.OwnerId)),
        ExportCell.Of(words.Stage(row.Named.Stage)),
        ExportCell.Of(Day(setting.Calendar.DateOf(row.Named.StageSince))),
        ExportCell.Of(row.Facts.Contacts),
        ExportCell.Of(row.Facts.ReachableKeyPersons),
        ExportCell.Of(row.NextTouch is { } touch ? words.Instrument(touch.Instrument) : null),
        ExportCell.Of(row.NextTouch is { } next ? Day(next.PlannedOn) : null),
    ];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
