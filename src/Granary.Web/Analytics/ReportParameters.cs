using System.Globalization;
using Granary.Application.Analytics;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Analytics;

/// <summary>What is asked of a report; filters may be repeated (any of).</summary>
public sealed record ReportParameters
{
    /// <summary>First day, <c>yyyy-MM-dd</c>, in organisation time.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>Last day, included; at most ten years behind the first.</summary>
    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>previous (as many days before) or lastYear; nothing when left out.</summary>
    [FromQuery(Name = "compare")]
    public string? Compare { get; init; }

    /// <summary>Ids of departments, with those below.</summary>
    [FromQuery(Name = "department")]
    public Guid[]? Department { get; init; }

    /// <summary>Ids of owners.</summary>
    [FromQuery(Name = "owner")]
    public Guid[]? Owner { get; init; }

    /// <summary>Paths of channels; a first level takes all below it.</summary>
    [FromQuery(Name = "channel")]
    public string[]? Channel { get; init; }

    /// <summary>Campaigns; empty for leads without one.</summary>
    [FromQuery(Name = "campaign")]
    public string[]? Campaign { get; init; }

    /// <summary>Industries.</summary>
    [FromQuery(Name = "industry")]
    public string[]? Industry { get; init; }

    /// <summary>Regions.</summary>
    [FromQuery(Name = "region")]
    public string[]? Region { get; init; }

    /// <summary>Products of interest.</summary>
    [FromQuery(Name = "product")]
    public string[]? Product { get; init; }

    /// <summary>The request, for the options of the report, each by its name.</summary>
    public HttpContext? Http { get; init; }

    /// <summary>What is asked, and what of it cannot be understood.</summary>
    internal (ReportQuery Query, IReadOnlyList<FieldError> Errors) Read(Report report)
    {
        List<FieldError> errors = [];
        var (from, to) = (Day(From, "from", errors), Day(To, "to", errors));
        if (from is not null && to is not null && (to < from || to.Value.DayNumber - from.Value.DayNumber >= ReportQuery.MostDays))
        {
            errors.Add(new FieldError("to", "out_of_range", $"{ReportQuery.MostDays}"));
        }

        var compare = QueryChoices.Read<ReportCompare>(string.IsNullOrEmpty(Compare) ? [] : [Compare], "compare", errors);
        var query = new ReportQuery
        {
            From = from ?? default,
            To = to ?? default,
            Compare = compare.Count == 0 ? null : compare[0],
            Departments = Department ?? [],
            Owners = Owner ?? [],
            Channels = Channel ?? [],
            Campaigns = Campaign ?? [],
            Industries = Industry ?? [],
            Regions = Region ?? [],
            Products = Product ?? [],
            Options = Options(report, errors),
        };
        errors.AddRange(errors.Count == 0 ? report.Refuse(query) : []);
        return (query, errors);
    }

    private Dictionary<string, IReadOnlyList<string>> Options(Report report, List<FieldError> errors)
    {
        Dictionary<string, IReadOnlyList<string>> chosen = [];
        foreach (var option in report.Options)
        {
            string[] values = [.. (Http?.Request.Query[option.Name] ?? []).OfType<string>().Where(v => v.Length > 0)];
            if (option.Choices.Count > 0 && values.Any(v => !option.Choices.Contains(v)))
            {
                errors.Add(new FieldError(option.Name, "not_a_choice", string.Join(", ", option.Choices)));
            }
            else if (values.Length > 0)
            {
                chosen[option.Name] = values;
            }
        }

        return chosen;
    }

    private static DateOnly? Day(string? text, string field, List<FieldError> errors)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1900 and < 2200)
        {
            return day;
        }

        errors.Add(new FieldError(field, string.IsNullOrEmpty(text) ? "required" : "invalid_format"));
        return null;
    }
}
