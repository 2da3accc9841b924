using System.Text;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Review;

/// <summary>Filters of reviews in the address of their page, with the names of the API.</summary>
internal static class ReviewAddress
{
    /// <summary>The query that an address has; what cannot be understood is left out. An address that says nothing shows what waits.</summary>
    public static ReviewFilter Read(HttpContext http, ReviewTurn? waiting)
    {
        var q = QueryHelpers.ParseQuery(http.Request.QueryString.Value);
        string[] All(string name) => [.. q.GetValueOrDefault(name).OfType<string>().Where(v => v.Length > 0)];
        var filter = new ReviewQuery
        {
            State = All("state"),
            Line = All("line"),
            Owner = [.. All("owner").Select(o => Guid.TryParse(o, out var id) ? id : (Guid?)null).OfType<Guid>()],
            Grade = All("grade"),
            // The register is where nobody's turn is asked for.
            Turn = All("turn").LastOrDefault() is "all" ? null : All("turn").LastOrDefault(),
            Text = All("q").LastOrDefault(),
        }.Read().Filter;
        return q.Keys.Any(k => k is "state" or "line" or "owner" or "grade" or "turn" or "q") ? filter : filter with { Turn = waiting };
    }

    /// <summary>The address of a page with a filter.</summary>
    public static string Of(string path, ReviewFilter filter, params (string Name, string? Value)[] more)
    {
        var text = new StringBuilder(path);
        IEnumerable<(string Name, string? Value)> parts =
        [
            .. filter.States.Select(s => ("state", (string?)WireName.Of(s))), .. filter.Lines.Select(l => ("line", (string?)l)), .. filter.Owners.Select(o => ("owner", (string?)$"{o}")),
            .. filter.Grades.Select(g => ("grade", (string?)WireName.Of(g))), ("turn", filter.Turn is { } turn ? WireName.Of(turn) : filter.IsEmpty ? "all" : null), ("q", filter.Text), .. more,
        ];
        foreach (var (name, value) in parts.Where(p => !string.IsNullOrEmpty(p.Value)))
        {
            text.Append(text.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        }

        return text.ToString();
    }

    /// <summary>What is filtered by, each with the address without it.</summary>
    public static IReadOnlyList<Chip> Chips(ReviewFilter filter, Setting setting, ReviewWords say, IStringLocalizer<ReviewTexts> texts) =>
    [
        .. filter.States.Select(s => new Chip(texts["state"], say.Of(s), Of(ReviewUrls.List, filter with { States = [.. filter.States.Where(x => x != s)] }))),
        .. filter.Grades.Select(g => new Chip(texts["grade"], $"{g}", Of(ReviewUrls.List, filter with { Grades = [.. filter.Grades.Where(x => x != g)] }))),
        .. filter.Owners.Select(o => new Chip(texts["owner"], setting.People.GetValueOrDefault(o)?.Name ?? "–", Of(ReviewUrls.List, filter with { Owners = [.. filter.Owners.Where(x => x != o)] }))),
        .. filter.Lines.Select(l => new Chip(texts["line"], say.Line(setting, l), Of(ReviewUrls.List, filter with { Lines = [.. filter.Lines.Where(x => x != l)] }))),
    ];
}
