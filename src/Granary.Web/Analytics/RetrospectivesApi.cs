using System.Globalization;
using Granary.Application.Analytics.Retrospectives;
using Granary.Application.People;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Analytics;

/// <summary>A measure.</summary>
/// <param name="Text">What is to be done, 1 to 500 characters.</param>
/// <param name="OwnerId">Who sees to it.</param>
/// <param name="DueOn">By when.</param>
/// <param name="Done">Whether it is done.</param>
public sealed record MeasureView(string? Text, Guid OwnerId, DateOnly? DueOn = null, bool Done = false);

/// <summary>What is written in a retrospective.</summary>
/// <param name="Factors">What made for success, up to 4,000 characters.</param>
/// <param name="Measures">What follows, up to 30.</param>
public sealed record RetrospectiveBody(string? Factors = null, IReadOnlyList<MeasureView>? Measures = null);

/// <summary>What was written in the retrospective of a period and a team.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Department">The team; null for all.</param>
/// <param name="Factors">What made for success.</param>
/// <param name="Measures">What follows, in order.</param>
/// <param name="Version">Its version; 0 while nothing is written.</param>
public sealed record RetrospectiveView(DateOnly From, DateOnly To, Guid? Department, string? Factors, IReadOnlyList<MeasureView> Measures, int Version);

/// <summary>What is written in retrospectives (§15 point 8); their figures are the report <c>retrospective</c>.</summary>
public static class RetrospectivesApi
{
    internal static void MapRetrospectives(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/retrospectives").WithTags("Reports").Require(Permission.ViewReports).Idempotent();
        group.MapGet("/", Get).Produces<RetrospectiveView>();
        group.MapPost("/", Write).Produces<RetrospectiveView>(StatusCodes.Status201Created);
    }

    /// <summary>Gets what was written of a period and a team, and its version as ETag.</summary>
    /// <param name="from">First day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">Last day.</param>
    /// <param name="department">Id of the team, which is it with those below; left out for all.</param>
    /// <param name="retrospectives">What was written.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(string? from, string? to, Guid? department, Retrospectives retrospectives, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (Days(from, to, out var first, out var last) is { } bad)
        {
            return bad;
        }

        return await View(retrospectives, viewer, first, last, department, http, ct) is { } view ? TypedResults.Ok(view) : Problem.NotFound();
    }

    /// <summary>Writes the retrospective of a period and a team; for whom reports reach more than their own.</summary>
    /// <param name="from">First day, <c>yyyy-MM-dd</c>.</param>
    /// <param name="to">Last day.</param>
    /// <param name="department">Id of the team; left out for all.</param>
    /// <param name="body">What is written.</param>
    /// <param name="retrospectives">What was written.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Write(
        string? from, string? to, Guid? department, RetrospectiveBody body, Retrospectives retrospectives, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (Days(from, to, out var first, out var last) is { } bad)
        {
            return bad;
        }

        var seen = RecordVersion.Seen(http) is { } tag ? int.TryParse(tag, out var version) ? version : 0 : (int?)null;
        var input = new RetrospectiveInput(body.Factors, [.. (body.Measures ?? []).Select(m => new MeasureInput(m.Text, m.OwnerId, m.DueOn, m.Done))], seen);
        return await retrospectives.Write(viewer, first, last, department ?? RetrospectiveNote.Everybody, input, ct) switch
        {
            RetrospectiveResult.Done => TypedResults.Created("/api/v1/retrospectives", await View(retrospectives, viewer, first, last, department, http, ct)),
            RetrospectiveResult.Refused(var errors) => Problem.Invalid(errors),
            RetrospectiveResult.Stale(var current) => RecordVersion.Stale($"{seen}", $"{current}"),
            RetrospectiveResult.Forbidden => Problem.Forbidden(),
            _ => Problem.NotFound(),
        };
    }

    private static async Task<RetrospectiveView?> View(Retrospectives retrospectives, Viewer viewer, DateOnly from, DateOnly to, Guid? department, HttpContext http, CancellationToken ct)
    {
        if (await retrospectives.Read(viewer, from, to, department ?? RetrospectiveNote.Everybody, ct) is not { } sheet)
        {
            return null;
        }

        RecordVersion.Tag(http, $"{sheet.Note?.Version ?? 0}");
        return new(from, to, department, sheet.Note?.Factors, [.. sheet.Measures.Select(m => new MeasureView(m.Text, m.OwnerId, m.DueOn, m.Done))], sheet.Note?.Version ?? 0);
    }

    private static Problem? Days(string? from, string? to, out DateOnly first, out DateOnly last)
    {
        last = default;
        return !DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) ? Bad("from", from)
            : !DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out last) ? Bad("to", to) : null;
    }

    private static Problem Bad(string field, string? value) => Problem.BadParameter(new FieldError(field, string.IsNullOrEmpty(value) ? "required" : "invalid_format"));
}
