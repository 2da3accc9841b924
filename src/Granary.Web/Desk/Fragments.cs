using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Desk;

/// <summary>Parts of pages that scripts ask for.</summary>
internal static class Fragments
{
    private const int Offered = 12;

    public static void MapFragments(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.People, People).Require(Permission.ViewLeads);
        app.MapGet("/search/palette", (string? q) => new RazorComponentResult(typeof(PaletteResults), new { Q = q }));
        app.MapGet(Urls.NewLeadHint, (HttpContext http) => new RazorComponentResult(typeof(DuplicateHint), new
        {
            Company = http.Request.Query["Input.Company"].ToString(),
            Phone = http.Request.Query["Input.Phone"].ToString(),
        })).Require(Permission.SearchDuplicates);
    }

    // Those who can be given leads; away or departed people are not offered.
    private static RazorComponentResult People(string? q, Setting setting)
    {
        var typed = q?.Trim() ?? "";
        IReadOnlyList<Choice> choices =
        [
            .. setting.People.Values
                .Where(p => p.Status == PersonStatus.Active && p.Name.Contains(typed, StringComparison.OrdinalIgnoreCase))
                .OrderBy(p => setting.Roster.Find(p.Id) is null).ThenBy(p => p.Name, StringComparer.CurrentCulture).Take(Offered)
                .Select(p => new Choice(p.Id.ToString(), p.Name, p.DepartmentId is { } d ? setting.Departments.GetValueOrDefault(d)?.Name : null)),
        ];
        return new(typeof(ComboboxOptions), new { Choices = choices });
    }
}
