using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Desk;

/// <summary>The supervision report by API.</summary>
public static class SupervisionApi
{
    internal static void MapSupervisionApi(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/reports/supervision", Get).WithTags("Reports").Require(Permission.ViewReports).Produces<SupervisionReport>();

    /// <summary>
    /// Counts, by person and department, how leads are looked after from one day to another in organisation time, both included,
    /// 366 days at most, and for the period of the same length before.
    /// </summary>
    /// <param name="from">First day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">Last day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="supervision">The report.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(string? from, string? to, Supervision supervision, Viewer viewer, CancellationToken ct)
    {
        var (first, last) = (SupervisionPeriod.Day(from), SupervisionPeriod.Day(to));
        return first is not { } start ? Bad("from", from)
            : last is not { } end ? Bad("to", to)
            : end < start || end.DayNumber - start.DayNumber >= Supervision.MostDays ? Problem.BadParameter(new FieldError("to", "out_of_range", "366"))
            : TypedResults.Ok(await supervision.Read(viewer, start, end, ct));
    }

    private static Problem Bad(string field, string? value) =>
        Problem.BadParameter(new FieldError(field, string.IsNullOrEmpty(value) ? "required" : "invalid_format"));
}
