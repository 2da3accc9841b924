using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A line of a checklist as somebody writes it.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Name">What is to be done, 1 to 200 characters.</param>
/// <param name="OwnerId">Who sees to it; somebody active.</param>
/// <param name="DueOn">By when.</param>
public sealed record ItemInput(ChecklistStep? Step, string? Name, Guid? OwnerId, DateOnly? DueOn);

/// <summary>Keeps the checklist of a campaign: lines, who sees to them, and that they are done or not applicable.</summary>
public sealed class CampaignChecklist(CampaignVerb verb)
{
    private const int Most = 200;

    /// <summary>Adds a line by hand.</summary>
    public Task<AccountResult<CampaignItem>> Add(Viewer viewer, Guid campaignId, ItemInput input, CancellationToken ct = default) => verb.Run<CampaignItem>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (work.Closed)
            {
                return new AccountResult<CampaignItem>.Refused(CampaignRefusal.Closed);
            }

            var all = work.Db.Set<CampaignItem>().Where(i => i.CampaignId == campaignId);
            var (count, name) = (await all.CountAsync(ct), CleanText.Line(input.Name));
            var checks = Wrong(work, null, name, input);
            checks.Check(count < Most, "name", "too_many", $"{Most}");
            if (checks.Refused<CampaignItem>() is { } refused)
            {
                return refused;
            }

            var item = new CampaignItem
            {
                Id = Clock.NewId(work.Now),
                CampaignId = campaignId,
                Step = input.Step!.Value,
                Ordinal = count == 0 ? 0 : await all.MaxAsync(i => i.Ordinal, ct) + 1,
                Name = name!,
                OwnerId = input.OwnerId!.Value,
                DueOn = input.DueOn,
            };
            work.Db.Add(item);
            work.Happened(CampaignEvent.Item, new { itemId = item.Id, item.Name, item.Step, item.OwnerId, item.DueOn });
            return new AccountResult<CampaignItem>.Done(item);
        },
        ct);

    /// <summary>Changes who sees to a line and by when; the words and the step too, where it was added by hand.</summary>
    public Task<AccountResult<CampaignItem>> Change(Viewer viewer, Guid campaignId, Guid itemId, ItemInput input, CancellationToken ct = default) => verb.Run<CampaignItem>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignItem>().SingleOrDefaultAsync(i => i.Id == itemId && i.CampaignId == campaignId, ct) is not { } item || work.Closed)
            {
                return work.Closed ? new AccountResult<CampaignItem>.Refused(CampaignRefusal.Closed) : new AccountResult<CampaignItem>.NotFound();
            }

            var name = item.Line is null ? CleanText.Line(input.Name) : item.Name;
            if (Wrong(work, item, name, input).Refused<CampaignItem>() is { } refused)
            {
                return refused;
            }

            (item.Name, item.Step, item.OwnerId, item.RemindedAt) = (name!, item.Line is null ? input.Step!.Value : item.Step, input.OwnerId!.Value, item.DueOn == input.DueOn && item.OwnerId == input.OwnerId ? item.RemindedAt : null);
            item.DueOn = input.DueOn;
            work.Happened(CampaignEvent.Item, new { itemId, item.Name, item.Step, item.OwnerId, item.DueOn });
            return new AccountResult<CampaignItem>.Done(item);
        },
        ct);

    /// <summary>Closes a line, or opens it again; also by who sees to it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="itemId">The line.</param>
    /// <param name="state">Done, not applicable, or open again.</param>
    /// <param name="reason">Must be given where it is not applicable; else a note. Up to 500 characters.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<CampaignItem>> Close(Viewer viewer, Guid campaignId, Guid itemId, ItemState state, string? reason, CancellationToken ct = default) => verb.Run<CampaignItem>(
        viewer,
        campaignId,
        Permission.ViewCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignItem>().SingleOrDefaultAsync(i => i.Id == itemId && i.CampaignId == campaignId, ct) is not { } item)
            {
                return new AccountResult<CampaignItem>.NotFound();
            }

            if (item.OwnerId != viewer.UserId && !await viewer.Campaigns(work.Db, Permission.EditCampaigns).AnyAsync(c => c.Id == campaignId, ct))
            {
                return new AccountResult<CampaignItem>.Refused(CampaignRefusal.Forbidden);
            }

            var (note, checks) = (CleanText.Line(reason), new CampaignChecks());
            checks.Check(Enum.IsDefined(state), "state", "not_a_choice");
            checks.Text(note, "reason", 500);
            if (checks.Refused<CampaignItem>() is { } refused)
            {
                return refused;
            }

            if (work.Campaign.Stage == CampaignStage.Cancelled || (state == ItemState.NotApplicable && note is null or ""))
            {
                return new AccountResult<CampaignItem>.Refused(work.Campaign.Stage == CampaignStage.Cancelled ? CampaignRefusal.Closed : CampaignRefusal.ReasonRequired);
            }

            var open = state == ItemState.Open;
            (item.State, item.Reason, item.DoneById, item.DoneAt, item.RemindedAt) = (state, open ? null : note, open ? null : viewer.UserId, open ? null : work.Now, null);
            work.Happened(CampaignEvent.Item, new { itemId, item.Name, item.State, reason = note });
            return new AccountResult<CampaignItem>.Done(item);
        },
        ct);

    private static CampaignChecks Wrong(CampaignWork work, CampaignItem? before, string? name, ItemInput input)
    {
        var checks = new CampaignChecks();
        checks.Check(before?.Line is not null || input.Step is { } step && Enum.IsDefined(step), "step", input.Step is null ? "required" : "not_a_choice");
        checks.Text(name, "name", 200, required: true);
        checks.Check(input.OwnerId is { } owner && (owner == before?.OwnerId || work.Knows(owner)), "ownerId", input.OwnerId is null ? "required" : "unknown_value");
        checks.Check(input.DueOn is null or { Year: >= 2000 and <= 2099 }, "dueOn", "out_of_range", "2000–2099");
        return checks;
    }
}
