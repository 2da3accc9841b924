using System.Globalization;
using Granary.Application.People;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Review;

/// <summary>Which reviews.</summary>
public sealed record ReviewQuery
{
    /// <summary>checking, opinions, approved, returned, rejected, withdrawn or closed.</summary>
    [FromQuery(Name = "state")]
    public string[]? State { get; init; }

    /// <summary>Ids of business lines.</summary>
    [FromQuery(Name = "line")]
    public string[]? Line { get; init; }

    /// <summary>Owners of the leads.</summary>
    [FromQuery(Name = "owner")]
    public Guid[]? Owner { get; init; }

    /// <summary>a, b or c.</summary>
    [FromQuery(Name = "grade")]
    public string[]? Grade { get; init; }

    /// <summary>check, opinion, look or own: what waits for the caller, or what they applied for.</summary>
    [FromQuery(Name = "turn")]
    public string? Turn { get; init; }

    /// <summary>Part of the company's name.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }

    /// <summary>The filter, and what of it cannot be understood.</summary>
    internal (ReviewFilter Filter, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var turn = QueryChoices.Read<ReviewTurn>(string.IsNullOrEmpty(Turn) ? [] : [Turn], "turn", errors);
        return (new ReviewFilter
        {
            States = QueryChoices.Read<ReviewState>(State, "state", errors),
            Lines = Line ?? [],
            Owners = Owner ?? [],
            Grades = QueryChoices.Read<ProjectGrade>(Grade, "grade", errors),
            Turn = turn.Count > 0 ? turn[0] : null,
            Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        }, errors);
    }
}

/// <summary>Figures of a group of leads.</summary>
/// <param name="Key">Id of the owner or department, or the month as yyyy-MM; null of leads that nobody has.</param>
/// <param name="Name">Name of the owner or department.</param>
/// <param name="Total">Leads that were recorded.</param>
/// <param name="Valid">Those that passed review.</param>
/// <param name="Opportunities">Valid ones that became opportunities.</param>
/// <param name="Conversion">Opportunities ÷ valid; null while none is valid.</param>
public sealed record ReviewFiguresGroupView(string? Key, string? Name, int Total, int Valid, int Opportunities, decimal? Conversion);

/// <summary>Figures of review.</summary>
/// <param name="By">owner, department or month.</param>
/// <param name="Basis">cohort or activity.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Groups">The groups; they add up to the total.</param>
/// <param name="Total">Leads that were recorded.</param>
/// <param name="Valid">Those that passed review.</param>
/// <param name="Opportunities">Valid ones that became opportunities.</param>
/// <param name="Conversion">Opportunities ÷ valid; null while none is valid.</param>
/// <param name="Before">The period it is compared with; null where none is asked for.</param>
public sealed record ReviewFiguresView(
    ReviewFiguresBy By, ReviewBasis Basis, DateOnly From, DateOnly To, IReadOnlyList<ReviewFiguresGroupView> Groups, int Total, int Valid, int Opportunities, decimal? Conversion, ReviewFiguresBefore? Before);

/// <summary>Figures of the period that another is compared with.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Total">Leads that were recorded.</param>
/// <param name="Valid">Those that passed review.</param>
/// <param name="Opportunities">Valid ones that became opportunities.</param>
/// <param name="Conversion">Opportunities ÷ valid; null while none is valid.</param>
public sealed record ReviewFiguresBefore(DateOnly From, DateOnly To, int Total, int Valid, int Opportunities, decimal? Conversion);

/// <summary>What a period is compared with.</summary>
public enum ReviewCompared
{
    /// <summary>The days before it, as many.</summary>
    Previous = 1,

    /// <summary>The same days of the year before.</summary>
    LastYear = 2,
}

/// <summary>The register of reviews and their figures.</summary>
public static class ReviewListApi
{
    internal static void MapReviewLists(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/reviews", List).WithTags("Reviews").Require(Permission.ViewLeads).Produces<Page<ReviewLineView>>();
        app.MapGet("/api/v1/reports/reviews", Report).WithTags("Reports").Require(Permission.ViewReports).Produces<ReviewFiguresView>();
    }

    /// <summary>Lists reviews of leads within reach, the latest first.</summary>
    /// <param name="page">Size and place.</param>
    /// <param name="query">Which.</param>
    /// <param name="list">The register.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, [AsParameters] ReviewQuery query, ListReviews list, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var (filter, errors) = query.Read();
        return errors.Count > 0 ? Problem.BadParameter(errors)
            : !Cursor.TryRead<Guid?>(page.After, out var after) ? Cursor.Bad
            : TypedResults.Ok(Page.Cut<ReviewLineView>([.. (await list.Page(viewer, filter, after, page.Size, ct: ct)).Select(r => ReviewLineView.Of(r.Review, r.Lead, setting))], page.Size, r => Cursor.Write(r.Id)));
    }

    /// <summary>
    /// Counts recorded leads, those that passed review and those of them that became opportunities, within the reach of the caller's
    /// reports: of leads recorded in the period (cohort), or by when each step was taken (activity).
    /// </summary>
    /// <param name="from">First day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">Last day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="by">owner, department or month; owner when left out.</param>
    /// <param name="basis">cohort or activity; cohort when left out.</param>
    /// <param name="compare">previous or lastYear; nothing when left out.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Report(string? from, string? to, string? by, string? basis, string? compare, ReviewFigures figures, Viewer viewer, Setting setting, CancellationToken ct)
    {
        List<FieldError> errors = [];
        var (first, last) = (Day(from, "from", errors), Day(to, "to", errors));
        var groups = QueryChoices.Read<ReviewFiguresBy>(string.IsNullOrEmpty(by) ? ["owner"] : [by], "by", errors);
        var bases = QueryChoices.Read<ReviewBasis>(string.IsNullOrEmpty(basis) ? ["cohort"] : [basis], "basis", errors);
        var compared = QueryChoices.Read<ReviewCompared>(string.IsNullOrEmpty(compare) ? [] : [compare], "compare", errors);
        if (errors.Count == 0 && (last < first || last!.Value.DayNumber - first!.Value.DayNumber >= ReviewFigures.MostDays))
        {
            errors.Add(new FieldError("to", "out_of_range", $"{ReviewFigures.MostDays}"));
        }

        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        var table = await figures.Of(viewer, groups[0], first!.Value, last!.Value, bases[0], ct);
        return TypedResults.Ok(new ReviewFiguresView(
            groups[0], bases[0], first.Value, last.Value, [.. table.Lines.Select(l => View(l, groups[0], setting))],
            table.Total.Total, table.Total.Valid, table.Total.Opportunities, table.Total.Conversion, compared.Count == 0 ? null : await Before(figures, viewer, first.Value, last.Value, compared[0], bases[0], ct)));
    }

    /// <summary>The figures of the period that another is compared with.</summary>
    internal static async Task<ReviewFiguresBefore> Before(ReviewFigures figures, Viewer viewer, DateOnly from, DateOnly to, ReviewCompared compared, ReviewBasis basis, CancellationToken ct)
    {
        var (first, last) = compared == ReviewCompared.LastYear ? (from.AddYears(-1), to.AddYears(-1)) : (from.AddDays(from.DayNumber - to.DayNumber - 1), from.AddDays(-1));
        var total = (await figures.Of(viewer, ReviewFiguresBy.Owner, first, last, basis, ct)).Total;
        return new(first, last, total.Total, total.Valid, total.Opportunities, total.Conversion);
    }

    /// <summary>The name of a group: a person, a department, or a month.</summary>
    internal static string? NameOf(ReviewFiguresLine line, ReviewFiguresBy by, Setting setting) => by switch
    {
        ReviewFiguresBy.Month => line.Month?.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ReviewFiguresBy.Department => line.Key is { } d ? setting.Departments.GetValueOrDefault(d)?.Name : null,
        _ => line.Key is { } p ? setting.People.GetValueOrDefault(p)?.Name : null,
    };

    private static ReviewFiguresGroupView View(ReviewFiguresLine line, ReviewFiguresBy by, Setting setting) => new(
        by == ReviewFiguresBy.Month ? NameOf(line, by, setting) : line.Key?.ToString(), NameOf(line, by, setting), line.Figures.Total, line.Figures.Valid, line.Figures.Opportunities, line.Figures.Conversion);

    private static DateOnly? Day(string? text, string field, List<FieldError> errors)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        errors.Add(new FieldError(field, string.IsNullOrEmpty(text) ? "required" : "invalid_format"));
        return null;
    }
}
