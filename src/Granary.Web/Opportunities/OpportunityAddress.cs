using System.Text;
using Granary.Application.Opportunities;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.WebUtilities;

namespace Granary.Web.Opportunities;

/// <summary>Filters of opportunities in the address of their pages, with the names of the API.</summary>
internal static class OpportunityAddress
{
    /// <summary>The query that an address has; what cannot be understood is left out.</summary>
    public static OpportunityFilter Read(HttpContext http)
    {
        var q = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
        string[] All(string name) => [.. q.GetValueOrDefault(name).OfType<string>().Where(v => v.Length > 0)];
        return new OpportunityQuery
        {
            Owner = [.. All("owner").Select(o => Guid.TryParse(o, out var id) ? id : (Guid?)null).OfType<Guid>()],
            Line = All("line"),
            Stage = All("stage"),
            Grade = All("grade"),
            Inquiry = All("inquiry"),
            ProductLine = All("productLine"),
            Month = All("month").LastOrDefault(),
            Account = Guid.TryParse(All("account").LastOrDefault(), out var account) ? account : null,
            Open = All("open").LastOrDefault() switch { "true" => true, "false" => false, _ => null },
            Text = All("q").LastOrDefault(),
            Http = http,
        }.Read().Filter;
    }

    /// <summary>The address of a page with a filter.</summary>
    public static string Of(string path, OpportunityFilter filter, params (string Name, string? Value)[] more)
    {
        var text = new StringBuilder(path);
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        foreach (var owner in filter.Owners)
        {
            Add("owner", owner.ToString());
        }

        foreach (var (name, values) in new[] { ("line", filter.Lines), ("stage", filter.Stages), ("grade", [.. filter.Grades.Select(WireName.Of)]), ("inquiry", [.. filter.Inquiries.Select(WireName.Of)]), ("productLine", filter.ProductLines) })
        {
            foreach (var value in values)
            {
                Add(name, value);
            }
        }

        foreach (var (key, value) in filter.Custom)
        {
            Add(OpportunityQuery.OfCustom + Uri.EscapeDataString(key), value);
        }

        Add("month", filter.Month?.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture));
        Add("account", filter.AccountId?.ToString());
        Add("open", filter.Open switch { true => "true", false => "false", _ => null });
        Add("q", filter.Text);
        foreach (var (name, value) in more)
        {
            Add(name, value);
        }

        return text.ToString();
    }
}
