using System.Globalization;
using System.Net;
using System.Text;
using Granary.Application.Analytics;
using Granary.Application.People;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>
/// Writes a report as a page for mail programs: tables and styles on each element, since they know no stylesheet, no picture, no script and nothing that is
/// fetched from elsewhere. All that it is given is escaped.
/// </summary>
internal sealed class ReportMail(ReportWords words, IStringLocalizer<AnalyticsTexts> texts)
{
    private const string Fonts = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans SC','Segoe UI',Arial,sans-serif";
    private const string Cell = "padding:6px 10px;border-bottom:1px solid #e4e7ec;font-size:13px;line-height:1.45;vertical-align:top";
    private const string Ink = "#1d2433", Muted = "#596275";

    private readonly StringBuilder _page = new();

    /// <summary>The page.</summary>
    /// <param name="title">Name and period.</param>
    /// <param name="built">The report.</param>
    /// <param name="viewer">Who reads it.</param>
    /// <param name="url">Where it is looked at; null where that is not known.</param>
    /// <param name="most">Most rows of a table.</param>
    public string Of(string title, BuiltReport built, Viewer viewer, string? url, int most)
    {
        _page.Clear();
        Raw($"<!DOCTYPE html><html lang=\"{Safe(CultureInfo.CurrentUICulture.Name)}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light\"><title>{Safe(title)}</title></head>");
        Raw($"<body style=\"margin:0;padding:0;background:#f5f6f8;color:{Ink};{Fonts}\"><table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"background:#f5f6f8\"><tr><td align=\"center\" style=\"padding:20px 8px\">");
        Raw("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:760px;background:#ffffff;border:1px solid #e4e7ec\"><tr><td style=\"padding:20px\">");
        Raw($"<h1 style=\"margin:0 0 4px;font-size:20px;line-height:1.3\">{Safe(title)}</h1><p style=\"margin:0 0 16px;font-size:14px;color:{Muted}\">{Safe(words.Question(built.Report))}</p>");
        if (built.Gathering)
        {
            Raw($"<p style=\"margin:0 0 16px;padding:8px 10px;background:#fff4e5;font-size:13px\">{Safe(texts["gathering"])}</p>");
        }

        Figures(built.Body.Figures);
        foreach (var table in built.Body.Tables.Where(t => t.Rows.Count > 0))
        {
            Table(table, most);
        }

        foreach (var note in built.Body.Notes)
        {
            Raw($"<p style=\"margin:0 0 8px;font-size:12px;color:{Muted}\">{Safe(words.Word($"note.{note}"))}</p>");
        }

        if (url is not null)
        {
            Raw($"<p style=\"margin:16px 0\"><a href=\"{Safe(url)}\" style=\"display:inline-block;padding:9px 16px;background:#2f5bea;color:#ffffff;font-size:14px;text-decoration:none\">{Safe(texts["sent.open"])}</a></p>");
        }

        Raw($"<p style=\"margin:16px 0 0;font-size:12px;line-height:1.5;color:{Muted}\"><strong>{Safe(texts["how"])}</strong> {Safe(words.How(built.Report))}</p>");
        Raw($"<p style=\"margin:8px 0 0;font-size:12px;color:{Muted}\">{Safe(texts["sent.scope", viewer.Name])}</p></td></tr></table></td></tr></table></body></html>");
        return _page.ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private void Figures(IReadOnlyList<ReportFigure> figures)
    {
        Raw("<table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"margin:0 0 20px;border-collapse:collapse;background:#f5f6f8\">");
        foreach (var figure in figures)
        {
            var before = figure.Before is { } was ? $"<span style=\"color:{Muted}\"> {Safe(texts["sent.before", words.Of(figure.Unit, was)])}</span>" : "";
            Raw($"<tr><th scope=\"row\" align=\"left\" style=\"{Cell};font-weight:normal;color:{Muted}\">{Safe(words.Word($"figure.{figure.Key}"))}</th><td align=\"right\" style=\"{Cell}\"><strong>{Safe(words.Of(figure.Unit, figure.Value))}</strong>{before}</td></tr>");
        }

        Raw("</table>");
    }

    private void Table(ReportTable table, int most)
    {
        Raw($"<h2 style=\"margin:0 0 6px;font-size:15px\">{Safe(words.Word($"table.{table.Key}"))}</h2><div style=\"overflow-x:auto;margin:0 0 20px\"><table cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"border-collapse:collapse\"><tr>");
        Raw($"<th scope=\"col\" align=\"left\" style=\"{Cell};color:{Muted}\">{Safe(words.Word($"head.{table.Key}"))}</th>");
        foreach (var column in table.Columns)
        {
            Raw($"<th scope=\"col\" align=\"right\" style=\"{Cell};color:{Muted}\">{Safe(words.Word($"column.{column.Key}"))}</th>");
        }

        Raw("</tr>");
        foreach (var row in table.Rows.Take(most))
        {
            Row(table, row, "");
        }

        if (table.Total is { } total)
        {
            Row(table, total, ";font-weight:bold");
        }

        Raw("</table></div>");
        if (table.Rows.Count > most)
        {
            Raw($"<p style=\"margin:-12px 0 20px;font-size:12px;color:{Muted}\">{Safe(texts["sent.more", table.Rows.Count - most])}</p>");
        }
    }

    private void Row(ReportTable table, ReportRow row, string style)
    {
        Raw($"<tr><th scope=\"row\" align=\"left\" style=\"{Cell};font-weight:normal{style}\">{Safe(words.Of(row.Label))}</th>");
        foreach (var (i, cell) in row.Cells.Index())
        {
            Raw($"<td align=\"right\" style=\"{Cell};white-space:nowrap{style}\">{Safe(words.Of(table.Columns[i].Unit, cell.Value))}</td>");
        }

        Raw("</tr>");
    }

    private void Raw(string html) => _page.Append(html);
}
