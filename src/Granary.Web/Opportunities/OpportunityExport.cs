using System.Globalization;
using System.Text.Json.Nodes;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities;

/// <summary>Takes opportunities out as CSV or a workbook, from the API and from their list.</summary>
public static class OpportunityExport
{
    internal static void MapOpportunityExport(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/opportunities/export", Export).WithTags("Opportunities").Require(Permission.ViewOpportunities).Require(Permission.ExportLeads)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv");
        app.MapGet(OpportunityUrls.Export, FromList).ExcludeFromDescription().Require(Permission.ViewOpportunities).Require(Permission.ExportLeads);
    }

    /// <summary>
    /// Takes the opportunities of a filter that the caller sees and may export out, by the rules of exports: marked, in the log, and up to
    /// the number of rows that needs no approval (too_many_rows); more are asked for at <c>/api/v1/exports</c> with the kind <c>opportunities</c>.
    /// </summary>
    /// <param name="query">Which opportunities.</param>
    /// <param name="format">csv or xlsx; left out, csv.</param>
    /// <param name="export">The use case.</param>
    /// <param name="words">Words of the caller's language.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Export(
        [AsParameters] OpportunityQuery query, [FromQuery] string? format, ExportOpportunities export, OpportunityFileWords words, Viewer viewer, CancellationToken ct)
    {
        var (filter, errors) = query.Read();
        var wanted = Format(format);
        if (wanted is null || errors.Count > 0)
        {
            return Problem.BadParameter([.. errors, .. wanted is null ? [new FieldError("format", "not_a_choice", "csv, xlsx")] : Array.Empty<FieldError>()]);
        }

        var made = await export.File(viewer, filter, wanted.Value, words.Wording(), ct);
        return made.Content is { } content ? words.File(content, wanted.Value) : new Problem("too_many_rows", StatusCodes.Status409Conflict, words.TooMany(made.Most))
        {
            More = new Dictionary<string, JsonNode?> { ["limit"] = made.Most },
        };
    }

    private static async Task<IResult> FromList(string? format, HttpContext http, ExportOpportunities export, OpportunityFileWords words, Viewer viewer, CancellationToken ct)
    {
        var (filter, wanted) = (OpportunityAddress.Read(http), Format(format) ?? ExportFormat.Csv);
        var made = await export.File(viewer, filter, wanted, words.Wording(), ct);
        if (made.Content is { } content)
        {
            return words.File(content, wanted);
        }

        // Somebody else has to approve so many.
        Toasts.Leave(http, Tone.Warning, words.TooMany(made.Most));
        return TypedResults.LocalRedirect(OpportunityAddress.Of("/exports/records", filter, ("kind", "opportunities")));
    }

    private static ExportFormat? Format(string? name) =>
        string.IsNullOrEmpty(name) ? ExportFormat.Csv : Enum.GetValues<ExportFormat>().Where(f => WireName.Of(f) == name).Select(f => (ExportFormat?)f).FirstOrDefault();
}

/// <summary>What a file of opportunities says, in the reader's language.</summary>
public sealed class OpportunityFileWords(IStringLocalizer<OpportunityTexts> texts, OpportunityWords say, CustomWords fields, Setting setting, TimeProvider time)
{
    /// <summary>The words of a file.</summary>
    public OpportunityWording Wording() => new()
    {
        Heading = column => texts[column],
        Field = fields.Name,
        Value = fields.Value,
        Line = o => setting.Opportunities.Line(o.Line) is { } line ? say.Line(line) : o.Line,
        Stage = o => say.Stage(setting, o.Line, o.Stage),
        Watermark = (who, at, number, rows) => texts["export.watermark", who, at, number, rows.ToString("N0", CultureInfo.CurrentCulture)],
    };

    /// <summary>That there are more rows than may be taken out, and what to do.</summary>
    public string TooMany(int most) => texts["refused.too_many_rows", most.ToString("N0", CultureInfo.CurrentCulture)];

    /// <summary>The file as a download.</summary>
    internal IResult File(byte[] content, ExportFormat format) => TypedResults.File(content, ExportWriter.TypeOf(format), string.Create(
        CultureInfo.InvariantCulture, $"opportunities-{TimeZoneInfo.ConvertTime(time.GetUtcNow(), setting.Calendar.Zone):yyyyMMdd-HHmm}.{WireName.Of(format)}"));
}
