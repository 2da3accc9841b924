using System.Globalization;
using Granary.Application.Opportunities;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Opportunities;

/// <summary>Which opportunities are asked for; every filter may be repeated (any of).</summary>
public sealed record OpportunityQuery
{
    internal const string OfCustom = "custom.";

    private const int LongestValue = 200;

    /// <summary>Ids of owners.</summary>
    [FromQuery(Name = "owner")]
    public Guid[]? Owner { get; init; }

    /// <summary>Ids of business lines.</summary>
    [FromQuery(Name = "line")]
    public string[]? Line { get; init; }

    /// <summary>Ids of stages.</summary>
    [FromQuery(Name = "stage")]
    public string[]? Stage { get; init; }

    /// <summary>Confirmed grades: a, b, c.</summary>
    [FromQuery(Name = "grade")]
    public string[]? Grade { get; init; }

    /// <summary>Inquiry grades: s, a, b, c, d, e, f.</summary>
    [FromQuery(Name = "inquiry")]
    public string[]? Inquiry { get; init; }

    /// <summary>Product lines.</summary>
    [FromQuery(Name = "productLine")]
    public string[]? ProductLine { get; init; }

    /// <summary>Month in which they are expected, as 2026-11.</summary>
    [FromQuery(Name = "month")]
    public string? Month { get; init; }

    /// <summary>The account.</summary>
    [FromQuery(Name = "account")]
    public Guid? Account { get; init; }

    /// <summary>true for open ones alone, false for those won and lost.</summary>
    [FromQuery(Name = "open")]
    public bool? Open { get; init; }

    /// <summary>Part of the name, the code or the account's name.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    /// <summary>The request, for custom fields: <c>custom.key=value</c>.</summary>
    public HttpContext? Http { get; init; }

    /// <summary>The filter, and what cannot be understood.</summary>
    public (OpportunityFilter Filter, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        return (new OpportunityFilter
        {
            Owners = Owner ?? [],
            Lines = Line ?? [],
            Stages = Stage ?? [],
            Grades = QueryChoices.Read<OpportunityGrade>(Grade, "grade", errors),
            Inquiries = QueryChoices.Read<InquiryGrade>(Inquiry, "inquiry", errors),
            ProductLines = ProductLine ?? [],
            Month = MonthOf(Month, "month", errors),
            AccountId = Account,
            Open = Open,
            Text = Text,
            Custom = CustomOf(errors),
        }, errors);
    }

    /// <summary>The first day of a month as addresses name it.</summary>
    internal static DateOnly? MonthOf(string? text, string field, List<FieldError> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
        {
            return month;
        }

        errors.Add(new FieldError(field, "malformed"));
        return null;
    }

    private List<(string Key, string Value)> CustomOf(List<FieldError> errors)
    {
        List<(string, string)> custom = [];
        foreach (var (name, values) in Http?.Request.Query.Where(q => q.Key.StartsWith(OfCustom, StringComparison.Ordinal) && q.Key.Length > OfCustom.Length) ?? [])
        {
            foreach (var value in values.OfType<string>().Select(v => v.Trim()).Where(v => v.Length > 0))
            {
                if (value.Length > LongestValue)
                {
                    errors.Add(new FieldError(name, "too_long", $"{LongestValue}"));
                }
                else
                {
                    custom.Add((name[OfCustom.Length..], value));
                }
            }
        }

        return custom;
    }
}
