using System.Globalization;
using Granary.Application.People;
using Granary.Application.Privacy.Exports;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Review;

/// <summary>Register, review form and milestone tracking sheet as files, with the headings of the reader's language and who took it out below.</summary>
public sealed class ReviewFiles(IStringLocalizer<ReviewTexts> texts, ReviewWords words, Setting setting, TimeProvider time)
{
    internal static readonly string[] RegisterColumns = ["company", "contact", "line", "state", "grade", "owner", "creator", "submittedAt", "passedAt", "lookOn", "opinions", "milestones"];

    /// <summary>The register.</summary>
    public byte[] Register(Viewer viewer, IReadOnlyList<ListedReview> rows, ExportFormat format) => Write(viewer, rows.Count, RegisterHead(), rows.Select(Line), format);

    /// <summary>The headings of the register.</summary>
    public string[] RegisterHead() => [.. RegisterColumns.Select(c => texts[c].Value)];

    /// <summary>The mark of the register.</summary>
    public string Watermark(string who, string at, int rows) => texts["watermark", who, at, rows].Value;

    /// <summary>The cells of a line of the register.</summary>
    public IReadOnlyList<ExportCell> Line(ListedReview r) =>
    [
        ExportCell.Of(r.Lead.CompanyName), ExportCell.Of(r.Lead.ContactName), ExportCell.Of(words.Line(setting, r.Review.Line)), ExportCell.Of(words.Of(r.Review.State)), ExportCell.Of(r.Review.Grade?.ToString()),
        ExportCell.Of(Name(r.Lead.OwnerId)), ExportCell.Of(Name(r.Review.CreatorId)), ExportCell.Of(Time(r.Review.At)), ExportCell.Of(r.Review.PassedAt is { } passed ? Time(passed) : null), ExportCell.Of(Day(r.Review.LookOn)),
        ExportCell.Of((decimal)r.Voices), ExportCell.Of($"{r.Done}/{r.Steps}"),
    ];

    /// <summary>The review form: the application and each opinion.</summary>
    public byte[] Form(Viewer viewer, ReviewDetail detail)
    {
        var r = detail.Review!;
        List<IReadOnlyList<ExportCell>> rows =
        [
            Pair("company", detail.Lead.CompanyName), Pair("contact", detail.Lead.ContactName), Pair("requirement", detail.Lead.Requirement), Pair("line", words.Line(setting, r.Line)), Pair("state", words.Of(r.State)),
            Pair("creator", Name(r.CreatorId)), Pair("submittedAt", Time(r.At)), Pair("summary", r.Summary), Pair("checkedBy", Name(r.CheckedBy)), Pair("checkNote", r.CheckNote),
            Pair("grade", r.Grade?.ToString()), Pair("owner", Name(r.OwnerId)), Pair("reason", r.Reason),
            [.. new[] { "member", "verdict", "grade", "amount", "ownPercent", "customer", "owner", "reason", "at" }.Select(c => ExportCell.Of(texts[c].Value))],
            .. detail.Voices.Select(v => (IReadOnlyList<ExportCell>)
            [
                ExportCell.Of(Name(v.MemberId)), ExportCell.Of(words.Of(v.Verdict)), ExportCell.Of(v.Elements?.Grade.ToString()), ExportCell.Of(v.Amount), ExportCell.Of(v.OwnPercent),
                ExportCell.Of(v.Customer is { } customer ? words.Of(customer) : null), ExportCell.Of(Name(v.OwnerId)), ExportCell.Of(v.Reason), ExportCell.Of(Time(v.At)),
            ]),
        ];
        return Write(viewer, detail.Voices.Count + 1, [texts["form"], ""], rows);
    }

    /// <summary>The milestone tracking sheet.</summary>
    public byte[] Milestones(Viewer viewer, ReviewDetail detail) => Write(
        viewer, detail.Steps.Count, [texts["company"], texts["milestone"], texts["dueOn"], texts["owner"], texts["doneOn"], texts["state"]], detail.Steps.Select(s => (IReadOnlyList<ExportCell>)
        [
            ExportCell.Of(detail.Lead.CompanyName), ExportCell.Of(words.Step(s.Name)), ExportCell.Of(Day(s.DueOn)), ExportCell.Of(Name(s.OwnerId)), ExportCell.Of(Day(s.DoneOn)), ExportCell.Of(texts[$"stepState.{StateOf(s)}"].Value),
        ]));

    /// <summary>done, late or open.</summary>
    internal string StateOf(ReviewStep step) => step.DoneOn is not null ? "done" : step.DueOn < setting.Calendar.DateOf(time.GetUtcNow()) ? "late" : "open";

    private byte[] Write(Viewer viewer, int count, string[] head, IEnumerable<IReadOnlyList<ExportCell>> rows, ExportFormat format = ExportFormat.Csv)
    {
        using var stream = new MemoryStream();
        using (var writer = ExportWriter.Of(format, stream))
        {
            writer.Row([.. head.Select(ExportCell.Of)]);
            foreach (var row in rows)
            {
                writer.Row(row);
            }

            writer.Row([ExportCell.Of(Watermark(viewer.Name, Time(time.GetUtcNow()), count))]);
            writer.Flush();
        }

        return stream.ToArray();
    }

    private IReadOnlyList<ExportCell> Pair(string label, string? value) => [ExportCell.Of(texts[label].Value), ExportCell.Of(value)];

    private string? Name(Guid? id) => id is { } known ? setting.People.GetValueOrDefault(known)?.Name : null;

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, setting.Calendar.Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Downloads of review.</summary>
internal static class ReviewFileEndpoints
{
    public static void MapReviewFiles(this IEndpointRouteBuilder app)
    {
        var files = app.MapGroup("").Require(Permission.ViewLeads).Require(Permission.ExportLeads);
        files.MapGet(ReviewUrls.File, Register);
        files.MapGet("/leads/{id:guid}/review/form.csv", (Guid id, ReadReviews read, ExportReviews export, ReviewFiles write, Viewer viewer, CancellationToken ct) =>
            One(id, ReviewFile.Form, read, export, write.Form, viewer, ct));
        files.MapGet("/leads/{id:guid}/review/milestones.csv", (Guid id, ReadReviews read, ExportReviews export, ReviewFiles write, Viewer viewer, CancellationToken ct) =>
            One(id, ReviewFile.Milestones, read, export, write.Milestones, viewer, ct));
    }

    private static async Task<IResult> Register(
        [AsParameters] ReviewQuery query, string? format, ListReviews list, ExportReviews export, ReviewFiles write, Viewer viewer, HttpContext http, IStringLocalizer<ReviewTexts> texts, CancellationToken ct)
    {
        if (await export.Register(viewer, query.Read().Filter, list, ct) is { } rows)
        {
            var wanted = format == "xlsx" ? ExportFormat.Xlsx : ExportFormat.Csv;
            return TypedResults.File(write.Register(viewer, rows, wanted), ExportWriter.TypeOf(wanted), $"leads-under-review.{Domain.Policies.WireName.Of(wanted)}");
        }

        // Somebody else has to approve so many.
        Toasts.Leave(http, Tone.Warning, texts["refused.too_many_rows"]);
        return TypedResults.LocalRedirect(ReviewAddress.Of("/exports/records", query.Read().Filter, ("kind", "reviews")));
    }

    private static async Task<IResult> One(Guid id, ReviewFile file, ReadReviews read, ExportReviews export, Func<Viewer, ReviewDetail, byte[]> write, Viewer viewer, CancellationToken ct)
    {
        if (await read.Find(viewer, id, ct) is not { Review: not null } detail)
        {
            return Problem.NotFound();
        }

        var rows = file == ReviewFile.Form ? detail.Voices.Count + 1 : detail.Steps.Count;
        return await export.Of(viewer, id, file, rows, ct) ? File(write(viewer, detail), $"{Domain.Policies.WireName.Of(file)}-{id:N}.csv") : Problem.Forbidden();
    }

    private static FileContentHttpResult File(byte[] content, string name) => TypedResults.File(content, ExportWriter.TypeOf(ExportFormat.Csv), name);
}
