using Granary.Application.Analytics;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Analytics;

/// <summary>Reports by the API.</summary>
public static class ReportsApi
{
    internal static void MapReports(this IEndpointRouteBuilder app)
    {
        var reports = app.MapGroup("/api/v1/reports").WithTags("Reports").Require(Permission.ViewReports);
        reports.MapGet("", List).Produces<IReadOnlyList<ReportListItem>>();
        reports.MapGet("/{name}", Get).Produces<ReportView>();
        reports.MapGet("/{name}/records", Records).Produces<Page<ReportRecordView>>();
        app.MapGet("/api/v1/attribution", Attribute).WithTags("Reports").Require(Permission.ViewReports).Produces<ReportView>();
    }

    /// <summary>Lists the reports, and what can be chosen of each.</summary>
    /// <param name="build">The reports.</param>
    /// <param name="words">Words of the caller's language.</param>
    public static IResult List(BuildReport build, ReportWords words) =>
        TypedResults.Ok(build.All.Select(r => new ReportListItem(r.Name, words.Question(r), [.. r.Options.Select(o => new ReportOptionView(o.Name, o.Choices, o.Usual ?? (o.Choices.Count > 0 ? o.Choices[0] : null), o.Several))])).ToList());

    /// <summary>
    /// Builds a report of a period within the reach of the caller's reports. What else can be chosen of it, the list of reports says;
    /// each is a parameter of its name. Of <c>milestones</c>, <c>funnel</c> is the id of a saved report of it: the caller's own, or one that is shared.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="query">Period, comparison and filters.</param>
    /// <param name="build">The reports.</param>
    /// <param name="funnels">Funnels of one's own.</param>
    /// <param name="words">Words of the caller's language.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(
        string name, [AsParameters] ReportParameters query, BuildReport build, OwnFunnels funnels, ReportWords words, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (build.Find(name) is not { } report)
        {
            return Problem.NotFound();
        }

        var (asked, errors) = query.Read(report);
        if (report is MilestoneReport && query.Http?.Request.Query["funnel"].ToString() is { Length: > 0 } funnel)
        {
            (asked, errors) = await funnels.Ask(viewer, funnel, asked, ct) is { } defined ? (defined, errors) : (asked, [.. errors, new FieldError("funnel", "unknown")]);
        }

        return errors.Count > 0 ? Problem.BadParameter(errors) : TypedResults.Ok(ReportView.Of(await build.Of(viewer, report, asked, ct), words, setting));
    }

    /// <summary>
    /// Shares amounts among channels and campaigns by their touches: the report <c>attribution</c>. Its options are model (first, last, linear, u),
    /// lookbackDays (90), base (won, created), shares of a U (40,20,40) and touch (entry, or a kind; repeatable).
    /// </summary>
    /// <param name="query">Period, comparison and filters.</param>
    /// <param name="build">The reports.</param>
    /// <param name="funnels">Funnels of one's own.</param>
    /// <param name="words">Words of the caller's language.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Attribute(
        [AsParameters] ReportParameters query, BuildReport build, OwnFunnels funnels, ReportWords words, Viewer viewer, Setting setting, CancellationToken ct) =>
        Get("attribution", query, build, funnels, words, viewer, setting, ct);

    /// <summary>The records behind a figure of a report, as many as the figure says, the latest first; the figure gives the address.</summary>
    /// <param name="name">Name of the report.</param>
    /// <param name="key">The figure.</param>
    /// <param name="page">Size and place.</param>
    /// <param name="query">Period and filters.</param>
    /// <param name="build">The reports.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Records(
        string name, string? key, [AsParameters] PageQuery page, [AsParameters] ReportParameters query, BuildReport build, Viewer viewer, Setting setting, CancellationToken ct)
    {
        if (build.Find(name) is not { } report)
        {
            return Problem.NotFound();
        }

        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var (asked, errors) = query.Read(report);
        if (errors.Count > 0 || string.IsNullOrEmpty(key))
        {
            return Problem.BadParameter([.. errors, .. string.IsNullOrEmpty(key) ? [new FieldError("key", "required")] : Array.Empty<FieldError>()]);
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        return await build.Records(viewer, report, asked, key, after, page.Size, ct) is { } records
            ? TypedResults.Ok(Page.Cut([.. records.Select(r => View(r, setting))], page.Size, r => Cursor.Write(r.Id)))
            : Problem.BadParameter(new FieldError("key", "not_a_choice"));
    }

    private static ReportRecordView View(ReportRecord record, Setting setting) => new(
        record.Kind, record.Id, record.Name, record.On, record.OwnerId is { } owner ? new(owner, setting.People.GetValueOrDefault(owner)?.Name) : null, record.Amount);
}
