using Granary.Application.Analytics;
using Granary.Application.Analytics.Retrospectives;
using Granary.Application.Analytics.Scheduled;
using Granary.Application.People;
using Granary.Domain.Analytics;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.Opportunities;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Analytics;

/// <summary>Forms of reports: saving one, deleting what is saved or scheduled, writing a retrospective. Each leads back to its page.</summary>
internal static class SavedForms
{
    public static void MapSavedForms(this IEndpointRouteBuilder app)
    {
        var analytics = app.MapGroup(AnalyticsUrls.Index).Require(Permission.ViewReports).ExcludeFromDescription();
        analytics.MapPost("/saved", Save);
        analytics.MapPost("/funnels", SaveFunnel);
        analytics.MapPost("/saved/{id:guid}/deletion", Delete);
        analytics.MapPost("/schedules/{id:guid}/deletion", Unschedule);
        analytics.MapPost("/retrospective/writing", Write);
    }

    private static async Task<RedirectHttpResult> Save(IFormCollection form, HttpContext http, SavedReports saved, Viewer viewer, FieldErrorText words, IStringLocalizer<AnalyticsTexts> texts, CancellationToken ct)
    {
        var query = PostedForm.Text(form, "query") ?? "";
        if (Enum.GetValues<RelativePeriod>().Any(p => WireName.Of(p) == form["period"].ToString()))
        {
            query = string.Join('&', query.TrimStart('?').Split('&').Where(p => !p.StartsWith("from=", StringComparison.Ordinal) && !p.StartsWith("to=", StringComparison.Ordinal) && p.Length > 0).Prepend($"period={form["period"]}"));
        }

        var result = await saved.Save(viewer, new(PostedForm.Text(form, "name"), PostedForm.Text(form, "report"), query, PostedForm.Checked(form, "shared")), ct);
        Say(http, texts, words, result is SavedReportResult.Refused(var errors) ? errors : [], "saved.done");
        return TypedResults.LocalRedirect(AnalyticsUrls.Saved);
    }

    private static async Task<RedirectHttpResult> SaveFunnel(IFormCollection form, HttpContext http, SavedReports saved, Viewer viewer, FieldErrorText words, IStringLocalizer<AnalyticsTexts> texts, CancellationToken ct)
    {
        string[] steps = [.. form["steps"].OfType<string>()];
        var input = new SavedReportInput(PostedForm.Text(form, "name"), MilestoneReport.Named, FunnelDefinition.Query(steps, PostedForm.Text(form, "basis")), PostedForm.Checked(form, "shared"));
        var errors = MilestoneReport.Refuse(steps);
        var result = errors.Count > 0 ? new SavedReportResult.Refused(errors) : Guid.TryParse(form["id"], out var id) ? await saved.Change(viewer, id, input, ct) : await saved.Save(viewer, input, ct);
        var period = PostedForm.Day(form, "from") is { } from && PostedForm.Day(form, "to") is { } to ? $"from={ReportAddress.Iso(from)}&to={ReportAddress.Iso(to)}" : "";
        if (result is SavedReportResult.Done(var kept))
        {
            Toasts.Leave(http, Tone.Ok, texts["funnels.done"]);
            return TypedResults.LocalRedirect($"{AnalyticsUrls.Report(MilestoneReport.Named)}?funnel={kept}&{period}");
        }

        if (result is SavedReportResult.Refused(var wrong))
        {
            Say(http, texts, words, wrong, "funnels.done");
        }
        else
        {
            Toasts.Leave(http, Tone.Danger, texts["saved.missing"]);
        }

        return TypedResults.LocalRedirect($"{AnalyticsUrls.Report("funnel")}?{period}");
    }

    private static async Task<RedirectHttpResult> Delete(Guid id, IFormCollection form, HttpContext http, SavedReports saved, Viewer viewer, IStringLocalizer<AnalyticsTexts> texts, CancellationToken ct)
    {
        var done = await saved.Delete(viewer, id, ct);
        Toasts.Leave(http, done ? Tone.Ok : Tone.Danger, texts[done ? "saved.deleted" : "saved.missing"]);
        return TypedResults.LocalRedirect(form["back"] == "funnel" ? AnalyticsUrls.Report("funnel") : AnalyticsUrls.Saved);
    }

    private static async Task<RedirectHttpResult> Unschedule(Guid id, HttpContext http, ScheduleReports schedules, Viewer viewer, IStringLocalizer<AnalyticsTexts> texts, CancellationToken ct)
    {
        var done = await schedules.Delete(viewer, id, ct);
        Toasts.Leave(http, done ? Tone.Ok : Tone.Danger, texts[done ? "schedule.deleted" : "saved.missing"]);
        return TypedResults.LocalRedirect(AnalyticsUrls.Saved);
    }

    private static async Task<RedirectHttpResult> Write(
        IFormCollection form, HttpContext http, Retrospectives retrospectives, Viewer viewer, FieldErrorText words, IStringLocalizer<AnalyticsTexts> texts, CancellationToken ct)
    {
        var (texted, owners, days) = (form["text"], form["owner"], form["dueOn"]);
        var done = form["done"].ToHashSet();
        List<MeasureInput> measures = [];
        for (var i = 0; i < texted.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(texted[i]))
            {
                measures.Add(new(texted[i], i < owners.Count && Guid.TryParse(owners[i], out var owner) ? owner : Guid.Empty, i < days.Count && DateOnly.TryParse(days[i], System.Globalization.CultureInfo.InvariantCulture, out var due) ? due : null, done.Contains($"{i}")));
            }
        }

        var (from, to) = (PostedForm.Day(form, "from") ?? default, PostedForm.Day(form, "to") ?? default);
        var result = await retrospectives.Write(
            viewer, from, to, Guid.TryParse(form["department"], out var department) ? department : RetrospectiveNote.Everybody, new(PostedForm.Text(form, "factors"), measures, PostedForm.Seen(form)), ct);
        if (result is RetrospectiveResult.Stale or RetrospectiveResult.Missing or RetrospectiveResult.Forbidden)
        {
            Toasts.Leave(http, Tone.Danger, texts[result is RetrospectiveResult.Stale ? "retro.stale" : "retro.forbidden"]);
        }
        else
        {
            Say(http, texts, words, result is RetrospectiveResult.Refused(var errors) ? errors : [], "retro.done");
        }

        var back = PostedForm.Text(form, "back");
        return TypedResults.LocalRedirect(AnalyticsUrls.Report("retrospective") + (back is { Length: > 0 } && back[0] == '?' ? back : ""));
    }

    private static void Say(HttpContext http, IStringLocalizer<AnalyticsTexts> texts, FieldErrorText words, IReadOnlyList<FieldError> errors, string done) =>
        Toasts.Leave(http, errors.Count == 0 ? Tone.Ok : Tone.Danger, errors.Count == 0 ? texts[done] : string.Join(" ", errors.Take(3).Select(e => words.Of(e))));
}
