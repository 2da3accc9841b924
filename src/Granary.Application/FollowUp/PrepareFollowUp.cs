using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>What somebody has before them who writes a follow-up.</summary>
/// <param name="Lead">The lead.</param>
/// <param name="May">Whether they may write one.</param>
/// <param name="Counts">Whether theirs counts for deadlines and protection: they own the lead.</param>
/// <param name="Shortest">Fewest characters.</param>
/// <param name="Templates">The templates they have.</param>
/// <param name="Times">Usual times of a next step.</param>
public sealed record FollowUpSheet(
    Lead Lead, bool May, bool Counts, int Shortest, IReadOnlyList<FollowUpTemplate> Templates, IReadOnlyList<(UsualTime Usual, DateTimeOffset At)> Times);

/// <summary>A template filled for a lead.</summary>
/// <param name="Template">The template.</param>
/// <param name="Content">Its text, places filled.</param>
/// <param name="NextAt">When the next step is by it; null when it names none.</param>
public sealed record FilledTemplate(FollowUpTemplate Template, string Content, DateTimeOffset? NextAt);

/// <summary>Lays out what is needed to write a follow-up.</summary>
public sealed class PrepareFollowUp(Store store, SettingCache settings, FollowUpTemplates templates, TimeProvider time)
{
    /// <summary>For a lead; null when the viewer does not see it.</summary>
    /// <param name="viewer">Who writes.</param>
    /// <param name="id">The lead.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<FollowUpSheet?> For(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            return null;
        }

        var may = LogFollowUp.Refusal(viewer, setting, lead) is null;
        return new FollowUpSheet(
            lead, may, lead.OwnerId == viewer.UserId, Math.Max(1, setting.Sla.ShortestFollowUp), may ? await templates.Of(viewer, ct) : [], NextTimes.After(setting.Calendar, time.Now));
    }

    /// <summary>Fills one of their templates for a lead; null when it is not theirs.</summary>
    /// <param name="viewer">Who writes.</param>
    /// <param name="sheet">What lies before them.</param>
    /// <param name="templateId">The template.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<FilledTemplate?> Fill(Viewer viewer, FollowUpSheet sheet, Guid templateId, CancellationToken ct = default) =>
        sheet.Templates.FirstOrDefault(t => t.Id == templateId) is { } template ? Fill(viewer, await settings.Get(ct), sheet.Lead, template) : null;

    private FilledTemplate Fill(Viewer viewer, Setting setting, Lead lead, FollowUpTemplate template)
    {
        var values = new Dictionary<string, string?>
        {
            ["contact"] = lead.ContactName,
            ["title"] = lead.Title,
            ["company"] = lead.CompanyName,
            ["product"] = string.Join("、", lead.Products),
            ["me"] = viewer.Name,
        };
        var content = TemplateText.Fill(template.Content, values);
        return new FilledTemplate(
            template,
            content.Length > FollowUpInput.LongestText ? content[..FollowUpInput.LongestText] : content,
            template.NextInDays is { } days ? NextTimes.InDays(setting.Calendar, time.Now, days) : null);
    }
}
