using System.Globalization;
using System.Text;
using Granary.Application.Analytics;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>Writes a saved report as a message: where no request says in which language, in the one in which its sending was set up.</summary>
internal sealed class ReportWriter(BuildReport build, SettingCache settings, IStringLocalizer<AnalyticsTexts> texts, IConfiguration configuration)
{
    private const int MostRows = 30;

    private readonly string? _address = configuration["Granary:PublicAddress"]?.TrimEnd('/');

    /// <summary>See <see cref="ReportWriting"/>.</summary>
    public async Task<ReportText?> Of(Viewer viewer, SavedReport saved, string? language, DateTimeOffset dueAt, CancellationToken ct)
    {
        if (build.Find(saved.Report) is not { } report || !viewer.May(Permission.ViewReports))
        {
            return null;
        }

        var known = Components.Interface.Languages;
        // Of this sending alone: what is set here flows into what is called here, and not back.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(known.Any(l => l.Code == language) ? language! : known[0].Code);
        var setting = await settings.Get(ct);
        var words = new ReportWords(texts, setting);
        var built = await build.Of(viewer, report, ReportAddress.Read(saved.Query, report, setting.Calendar.DateOf(dueAt)), ct);
        string title = texts["sent.subject", saved.Name, $"{ReportAddress.Iso(built.Query.From)} – {ReportAddress.Iso(built.Query.To)}"];
        var url = _address is null ? null : $"{_address}{ReportAddress.Of(AnalyticsUrls.Report(report.Name), built.Query)}";
        var head = new StringBuilder(title).Append('\n').Append(words.Question(report)).Append('\n');
        if (built.Gathering)
        {
            head.Append(texts["gathering"].Value).Append('\n');
        }

        foreach (var figure in built.Body.Figures)
        {
            head.Append(words.Word($"figure.{figure.Key}")).Append(": ").Append(words.Of(figure.Unit, figure.Value));
            head.Append(figure.Before is { } before ? $" ({texts["sent.before", words.Of(figure.Unit, before)].Value})" : "").Append('\n');
        }

        var body = new StringBuilder();
        foreach (var table in built.Body.Tables.Where(t => t.Rows.Count > 0))
        {
            Write(body.Append('\n'), table, words);
        }

        var foot = (url is null ? "" : $"\n{url}\n") + $"\n{texts["sent.scope", viewer.Name].Value}";
        return new(title, head.ToString() + body + foot, head.ToString() + (url ?? ""), new ReportMail(words, texts).Of(title, built, viewer, url, MostRows), url);
    }

    private void Write(StringBuilder body, ReportTable table, ReportWords words)
    {
        body.Append("— ").Append(words.Word($"table.{table.Key}")).Append(" —\n");
        foreach (var row in table.Rows.Take(MostRows).Concat(table.Total is { } total ? [total] : []))
        {
            body.Append(words.Of(row.Label)).Append(": ")
                .AppendJoin(" · ", row.Cells.Select((c, i) => (c.Value, Column: table.Columns[i])).Where(c => c.Value is not null).Select(c => $"{words.Word($"column.{c.Column.Key}")} {words.Of(c.Column.Unit, c.Value)}")).Append('\n');
        }

        if (table.Rows.Count > MostRows)
        {
            body.Append(texts["sent.more", table.Rows.Count - MostRows].Value).Append('\n');
        }
    }
}
