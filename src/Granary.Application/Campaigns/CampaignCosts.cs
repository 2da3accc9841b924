using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A line of costs as somebody writes it.</summary>
/// <param name="Category">Id of its category.</param>
/// <param name="Planned">Planned, not below 0.</param>
/// <param name="Actual">What it was, not below 0; null while that is not known.</param>
/// <param name="OnDay">The day it was spent on.</param>
/// <param name="Supplier">Supplier, up to 200 characters.</param>
/// <param name="Note">A note, up to 500 characters.</param>
public sealed record CostInput(string? Category, decimal? Planned, decimal? Actual, DateOnly? OnDay, string? Supplier, string? Note)
{
    /// <summary>A stored line.</summary>
    public static CostInput Of(CampaignCost c) => new(c.Category, c.Planned, c.Actual, c.OnDay, c.Supplier, c.Note);
}

/// <summary>Keeps the budget and the real costs of campaigns. Costs that come in late are entered after the summary too; nothing about money goes without a trace.</summary>
public sealed class CampaignCosts(CampaignVerb verb)
{
    private const int Most = 200;

    /// <summary>Adds a line.</summary>
    public Task<AccountResult<CampaignCost>> Add(Viewer viewer, Guid campaignId, CostInput input, CancellationToken ct = default) => verb.Run<CampaignCost>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            input = Normalised(input);
            var checks = Wrong(work, null, input);
            checks.Check(await work.Db.Set<CampaignCost>().CountAsync(c => c.CampaignId == campaignId, ct) < Most, "category", "too_many", $"{Most}");
            if (checks.Refused<CampaignCost>() is { } refused)
            {
                return refused;
            }

            var cost = new CampaignCost { Id = Clock.NewId(work.Now), CampaignId = campaignId, Category = input.Category!, CreatedById = viewer.UserId, CreatedAt = work.Now };
            Write(work, cost, input);
            work.Db.Add(cost);
            return new AccountResult<CampaignCost>.Done(cost);
        },
        ct);

    /// <summary>Changes a line.</summary>
    public Task<AccountResult<CampaignCost>> Change(Viewer viewer, Guid campaignId, Guid costId, Func<CostInput, CostInput> edit, int? seen = null, CancellationToken ct = default) => verb.Run<CampaignCost>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignCost>().SingleOrDefaultAsync(c => c.Id == costId && c.CampaignId == campaignId, ct) is not { } cost)
            {
                return new AccountResult<CampaignCost>.NotFound();
            }

            if (seen is { } version && version != cost.Version)
            {
                return new AccountResult<CampaignCost>.Stale(cost.Version);
            }

            var before = CostInput.Of(cost);
            var input = Normalised(edit(before));
            if (Wrong(work, cost, input).Refused<CampaignCost>() is { } refused)
            {
                return refused;
            }

            if (input != before)
            {
                cost.Version++;
                Write(work, cost, input);
            }

            return new AccountResult<CampaignCost>.Done(cost);
        },
        ct);

    /// <summary>Takes a line out; the log keeps what it said.</summary>
    public Task<AccountResult<CampaignCost>> Remove(Viewer viewer, Guid campaignId, Guid costId, CancellationToken ct = default) => verb.Run<CampaignCost>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignCost>().SingleOrDefaultAsync(c => c.Id == costId && c.CampaignId == campaignId, ct) is not { } cost)
            {
                return new AccountResult<CampaignCost>.NotFound();
            }

            work.Db.Remove(cost);
            work.Happened(CampaignEvent.Cost, new { costId, cost.Category, cost.Planned, cost.Actual, removed = true });
            return new AccountResult<CampaignCost>.Done(cost);
        },
        ct);

    private static CostInput Normalised(CostInput i) => i with { Supplier = CleanText.Line(i.Supplier), Note = CleanText.Line(i.Note) };

    private static void Write(CampaignWork work, CampaignCost cost, CostInput i)
    {
        (cost.Category, cost.Planned, cost.Actual, cost.OnDay, cost.Supplier, cost.Note) = (i.Category!, i.Planned ?? 0, i.Actual, i.OnDay ?? (i.Actual is null ? null : work.Today), i.Supplier, i.Note);
        work.Happened(CampaignEvent.Cost, new { costId = cost.Id, cost.Category, cost.Planned, cost.Actual, cost.OnDay });
    }

    private static CampaignChecks Wrong(CampaignWork work, CampaignCost? before, CostInput i)
    {
        var checks = new CampaignChecks();
        checks.Check(!string.IsNullOrEmpty(i.Category), "category", "required");
        checks.Check(string.IsNullOrEmpty(i.Category) || i.Category == before?.Category || work.Setting.Campaigns.Categories.Any(c => c.Id == i.Category), "category", "not_a_choice");
        checks.Check(i.Planned is not null || i.Actual is not null, "planned", "required");
        checks.Money(i.Planned, "planned");
        checks.Money(i.Actual, "actual");
        checks.Check(i.OnDay is null or { Year: >= 2000 and <= 2099 }, "onDay", "out_of_range", "2000–2099");
        checks.Text(i.Supplier, "supplier", 200);
        checks.Text(i.Note, "note", 500);
        return checks;
    }
}
