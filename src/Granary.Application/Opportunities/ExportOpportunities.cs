using System.Globalization;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Privacy;

namespace Granary.Application.Opportunities;

/// <summary>Puts opportunities that are taken out into words.</summary>
public sealed record OpportunityWording
{
    /// <summary>Heading of a column.</summary>
    public required Func<string, string> Heading { get; init; }

    /// <summary>What a custom field is called.</summary>
    public required Func<CustomField, string> Field { get; init; }

    /// <summary>What a custom field holds.</summary>
    public required Func<CustomField, string, string> Value { get; init; }

    /// <summary>The business line of an opportunity.</summary>
    public required Func<Opportunity, string> Line { get; init; }

    /// <summary>Its stage.</summary>
    public required Func<Opportunity, string> Stage { get; init; }

    /// <summary>The mark: who took it out, when, under which number, how many rows.</summary>
    public required Func<string, string, Guid, int, string> Watermark { get; init; }
}

/// <summary>A file of opportunities, or none where they are too many.</summary>
/// <param name="Content">The file; null where there are more rows than may be taken out without approval.</param>
/// <param name="Most">How many rows may be.</param>
public sealed record OpportunityFile(byte[]? Content, int Most);

/// <summary>
/// Takes opportunities out as a file by the rules of exports (§18): those that the viewer both sees and may take out, marked, in the log,
/// and at once only up to the number of rows above which somebody else would have to approve. It holds no contact data.
/// </summary>
public sealed class ExportOpportunities(Store store, SettingCache settings, ListOpportunities list, TimeProvider time)
{
    private const int Chunk = 500;

    private static readonly string[] Columns = ["code", "name", "account", "owner", "line", "stage", "grade", "inquiry", "amount", "weighted", "month", "createdAt"];

    /// <summary>Makes the file, the latest first.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="filter">Which.</param>
    /// <param name="format">CSV or workbook.</param>
    /// <param name="words">The words of the viewer's language.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<OpportunityFile> File(Viewer viewer, OpportunityFilter filter, ExportFormat format, OpportunityWording words, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        var (number, rows) = (time.NewId(), 0);
        using var file = new MemoryStream();
        using (var writer = ExportWriter.Of(format, file))
        {
            writer.Row([.. Head(setting, words).Select(ExportCell.Of)]);
            for (Guid? after = null; ;)
            {
                var page = await list.Page(viewer, filter, after, Chunk, Permission.ExportLeads, ct);
                foreach (var listed in page.Take(Chunk))
                {
                    writer.Row(Cells(listed, setting, words));
                    after = listed.Opportunity.Id;
                    rows++;
                }

                if (setting.Exports.Judge(rows) != ExportVerdict.Free)
                {
                    return new OpportunityFile(null, setting.Exports.ApprovalAbove);
                }

                if (page.Count <= Chunk)
                {
                    break;
                }
            }

            writer.Row([ExportCell.Of(words.Watermark(viewer.Name, Time(time.Now, setting, "yyyy-MM-dd HH:mm"), number, rows))]);
        }

        await Note(viewer, filter, format, number, rows, ct);
        return new OpportunityFile(file.ToArray(), setting.Exports.ApprovalAbove);
    }

    /// <summary>The headings.</summary>
    public static IReadOnlyList<string> Head(Setting setting, OpportunityWording words) => [.. Columns.Select(words.Heading), .. setting.Fields.Of(CustomFieldOwner.Opportunity).Select(words.Field)];

    /// <summary>The cells of an opportunity.</summary>
    public static IReadOnlyList<ExportCell> Cells(ListedOpportunity listed, Setting setting, OpportunityWording words) =>
        [.. Own(listed, setting, words), .. Custom(listed.Opportunity, setting.Fields.Of(CustomFieldOwner.Opportunity), words)];

    // What was typed may name somebody, and the log forgets nothing.
    private Task Note(Viewer viewer, OpportunityFilter filter, ExportFormat format, Guid number, int rows, CancellationToken ct) => store.Write(
        async scope =>
        {
            scope.Db.Add(time.Event(viewer.UserId, number, OpportunityEvent.Exported, new { rows, format, filter = filter with { Text = null, Custom = [] } }));
            await scope.Db.SaveChangesAsync(ct);
        },
        ct);

    private static ExportCell[] Own(ListedOpportunity listed, Setting setting, OpportunityWording words)
    {
        var o = listed.Opportunity;
        var rates = setting.Opportunities.Rates;
        return
        [
            ExportCell.Of(o.Code),
            ExportCell.Of(o.Name),
            ExportCell.Of(listed.Account),
            ExportCell.Of(setting.People.GetValueOrDefault(o.OwnerId)?.Name),
            ExportCell.Of(words.Line(o)),
            ExportCell.Of(words.Stage(o)),
            ExportCell.Of(o.Grade?.ToString()),
            ExportCell.Of(o.Inquiry.ToString()),
            ExportCell.Of(o.Amount),
            rates.Of(o.Inquiry) is null ? default : ExportCell.Of(Forecast.Of([new ForecastLine(o.Amount, o.Inquiry)], rates).Weighted),
            ExportCell.Of(o.ExpectedOn?.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
            ExportCell.Of(Time(o.CreatedAt, setting, "yyyy-MM-dd HH:mm:ss")),
        ];
    }

    // Numbers stay numbers, so that a spreadsheet adds them up.
    private static IEnumerable<ExportCell> Custom(Opportunity o, IReadOnlyList<CustomField> fields, OpportunityWording words)
    {
        var held = OpportunityEdit.CustomOf(o);
        return fields.Select(f => !held.TryGetValue(f.Key, out var value) ? default
            : f.Kind is CustomFieldKind.Number or CustomFieldKind.Money && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var figure) ? ExportCell.Of(figure)
            : ExportCell.Of(words.Value(f, value)));
    }

    private static string Time(DateTimeOffset at, Setting setting, string format) => TimeZoneInfo.ConvertTime(at, setting.Calendar.Zone).ToString(format, CultureInfo.InvariantCulture);
}
