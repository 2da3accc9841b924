using System.Globalization;
using System.Text;
using Granary.Application.Analytics;
using Granary.Domain.Analytics;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.WebUtilities;

namespace Granary.Web.Analytics;

/// <summary>What is asked of a report in the address of its page, with the names of the API.</summary>
internal static class ReportAddress
{
    /// <summary>What an address asks; what cannot be understood is left out, and without a period it is the report's usual one.</summary>
    public static ReportQuery Read(HttpContext http, Report report, DateOnly today) => Read(http.Request.QueryString.Value, report, today);

    /// <summary>The same of the query of a saved report; <c>period</c> is a period that moves along, as seen from a day.</summary>
    public static ReportQuery Read(string? address, Report report, DateOnly today)
    {
        var q = QueryHelpers.ParseQuery(address);
        string[] All(string name) => [.. q.GetValueOrDefault(name).OfType<string>().Where(v => v.Length > 0)];
        // A choice that is empty takes all; a filter for what has none is written as "-".
        string[] Texts(string name) => [.. All(name).Select(v => v == None ? "" : v)];
        Guid[] Ids(string name) => [.. All(name).Select(v => Guid.TryParse(v, out var id) ? id : (Guid?)null).OfType<Guid>()];
        var (from, to) = (Day(All("from").LastOrDefault() ?? All("periodFrom").LastOrDefault()), Day(All("to").LastOrDefault() ?? All("periodTo").LastOrDefault()));
        if ((from is null || to is null) && Enum.GetValues<RelativePeriod>().Where(p => All("period").Contains(WireName.Of(p))).Select(p => (RelativePeriod?)p).FirstOrDefault() is { } relative)
        {
            (from, to) = relative.On(today);
        }

        var whole = from is not null && to is not null && from <= to && to.Value.DayNumber - from.Value.DayNumber < ReportQuery.MostDays;
        var usual = report.UsualPeriod(report.PeriodOption is { } part ? All(part.Name).LastOrDefault() : null, today);
        // Whoever goes on in the form to another choice, with the period that was usual for the one before, did not choose it; what an address or a saved report says holds.
        var left = All("periodFrom").Length > 0 && report.PeriodOption?.Choices.Any(c => report.UsualPeriod(c, today) == (from, to)) == true;
        var chosen = whole && !left;
        return new ReportQuery
        {
            From = chosen ? from!.Value : usual.From,
            To = chosen ? to!.Value : usual.To,
            Compare = All("compare").LastOrDefault() switch { "previous" => ReportCompare.Previous, "lastYear" => ReportCompare.LastYear, _ => null },
            Departments = Ids("department"),
            Owners = Ids("owner"),
            Channels = All("channel"),
            Campaigns = Texts("campaign"),
            Industries = Texts("industry"),
            Regions = Texts("region"),
            Products = Texts("product"),
            Options = report.Options.Select(o => (o.Name, Values: (IReadOnlyList<string>)[.. All(o.Name).Where(v => o.Choices.Count == 0 || o.Choices.Contains(v))])).Where(o => o.Values.Count > 0).ToDictionary(o => o.Name, o => o.Values),
        };
    }

    /// <summary>Stands in addresses for what has none.</summary>
    public const string None = "-";

    /// <summary>The address of a page with what is asked.</summary>
    public static string Of(string path, ReportQuery query, params ReadOnlySpan<(string Name, string? Value)> more)
    {
        var text = new StringBuilder(path);
        foreach (var (name, value) in Pairs(query))
        {
            Add(text, path, name, value);
        }

        foreach (var (name, value) in more)
        {
            Add(text, path, name, value);
        }

        return text.ToString();
    }

    /// <summary>Names and values of what is asked, for hidden fields of a form.</summary>
    public static IEnumerable<(string Name, string Value)> Pairs(ReportQuery query)
    {
        yield return ("from", Iso(query.From));
        yield return ("to", Iso(query.To));
        if (query.Compare is { } compare)
        {
            yield return ("compare", WireName.Of(compare));
        }

        foreach (var (name, values) in new (string, IEnumerable<string>)[]
        {
            ("department", query.Departments.Select(d => d.ToString())), ("owner", query.Owners.Select(o => o.ToString())), ("channel", query.Channels), ("campaign", query.Campaigns.Select(Written)),
            ("industry", query.Industries.Select(Written)), ("region", query.Regions.Select(Written)), ("product", query.Products.Select(Written)),
        }.Concat(query.Options.Select(o => (o.Key, (IEnumerable<string>)o.Value))))
        {
            foreach (var value in values)
            {
                yield return (name, value);
            }
        }
    }

    /// <summary>A day as addresses write it.</summary>
    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Written(string value) => value.Length == 0 ? None : value;

    private static void Add(StringBuilder text, string path, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200 ? day : null;
}
