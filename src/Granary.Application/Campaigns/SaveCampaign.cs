using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What somebody says about a campaign.</summary>
/// <param name="Code">Code, 1 to 60 letters and digits of any script, blanks, <c>-</c>, <c>_</c>, <c>.</c>; unique, and kept once it is there.</param>
/// <param name="Name">Name, 1 to 200 characters.</param>
/// <param name="Type">Id of its type.</param>
/// <param name="OwnerId">Who answers for it; somebody active.</param>
/// <param name="Region">Region whose market it serves, up to 60 characters.</param>
/// <param name="Place">Where, up to 200 characters.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day, not before the first.</param>
/// <param name="Purpose">What for, up to 2,000 characters.</param>
/// <param name="FormId">The form that is its questionnaire.</param>
/// <param name="Targets">Targets.</param>
/// <param name="ExpectedAmount">Expected order amount, not below 0.</param>
/// <param name="Summary">Summary, up to 10,000 characters.</param>
public sealed record CampaignInput(
    string? Code, string? Name, string? Type, Guid? OwnerId, string? Region = null, string? Place = null, DateOnly? StartsOn = null, DateOnly? EndsOn = null, string? Purpose = null, Guid? FormId = null,
    CampaignTargets? Targets = null, decimal? ExpectedAmount = null, string? Summary = null)
{
    /// <summary>A stored campaign.</summary>
    public static CampaignInput Of(Campaign c) => new(
        c.Code, c.Name, c.Type, c.OwnerId, c.Region, c.Place, c.StartsOn, c.EndsOn, c.Purpose, c.FormId, CampaignTargets.Of(c), c.ExpectedAmount, c.Summary);
}

/// <summary>Targets of a campaign; each 0 to 1,000,000, null where none is set.</summary>
/// <param name="Companies">Companies linked on site.</param>
/// <param name="KeyPeople">Key persons met.</param>
/// <param name="Intents">Customers with intent.</param>
/// <param name="Leads">Leads.</param>
/// <param name="Opportunities">Opportunities.</param>
public sealed record CampaignTargets(int? Companies = null, int? KeyPeople = null, int? Intents = null, int? Leads = null, int? Opportunities = null)
{
    /// <summary>Those of a stored campaign.</summary>
    public static CampaignTargets Of(Campaign c) => new(c.TargetCompanies, c.TargetKeyPeople, c.TargetIntents, c.TargetLeads, c.TargetOpportunities);
}

/// <summary>Adds and changes campaigns. A new one begins with the checklist of its type.</summary>
public sealed class SaveCampaign(Store store, SettingCache settings, CampaignVerb verb, TimeProvider time)
{
    private const int MostTarget = 1_000_000;

    /// <summary>Adds a campaign.</summary>
    public async Task<AccountResult<Campaign>> Create(Viewer viewer, CampaignInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = Normalised(input);
        return await store.Write<AccountResult<Campaign>>(
            async scope =>
            {
                var (db, now) = (scope.Db, time.Now);
                if (!viewer.May(Permission.EditCampaigns))
                {
                    return new AccountResult<Campaign>.Refused(CampaignRefusal.Forbidden);
                }

                if (await Wrong(db, setting, viewer, null, input, ct) is { Count: > 0 } errors)
                {
                    return new AccountResult<Campaign>.Invalid(errors);
                }

                var campaign = new Campaign { Id = time.NewId(), Code = input.Code!, Name = input.Name!, Type = input.Type!, CreatedById = viewer.UserId, CreatedAt = now, ChangedAt = now, StageAt = now };
                var work = new CampaignWork(db, setting, viewer, campaign, now);
                Write(work, input);
                db.Add(campaign);
                db.AddRange(setting.Campaigns.ChecklistOf(campaign.Type).Select((line, i) => new CampaignItem
                {
                    Id = time.NewId(),
                    CampaignId = campaign.Id,
                    Line = line.Id,
                    Step = line.Step,
                    Ordinal = i,
                    Name = line.Name,
                    OwnerId = campaign.OwnerId,
                    DueOn = campaign.StartsOn?.AddDays(line.Days),
                }));
                work.Happened(CampaignEvent.Created, new { campaign.Code, campaign.Name, campaign.Type, campaign.OwnerId });
                work.Tell(campaign.OwnerId, NoticeKind.CampaignAssigned);
                await db.SaveChangesAsync(ct);
                return new AccountResult<Campaign>.Done(campaign);
            },
            ct);
    }

    /// <summary>Changes a campaign. Lines of the checklist that are open move with the first day.</summary>
    /// <param name="viewer">Who; they must reach the campaign.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="edit">What it is to become, from what it is.</param>
    /// <param name="seen">The version that was edited from; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<Campaign>> Change(Viewer viewer, Guid id, Func<CampaignInput, CampaignInput> edit, int? seen = null, CancellationToken ct = default) => verb.Run<Campaign>(
        viewer,
        id,
        Permission.EditCampaigns,
        seen,
        async work =>
        {
            if (work.Closed)
            {
                return new AccountResult<Campaign>.Refused(CampaignRefusal.Closed);
            }

            var before = CampaignInput.Of(work.Campaign);
            var input = Normalised(edit(before));
            if (await Wrong(work.Db, work.Setting, viewer, work.Campaign, input, ct) is { Count: > 0 } errors)
            {
                return new AccountResult<Campaign>.Invalid(errors);
            }

            if (input != before)
            {
                var (from, owner) = (work.Campaign.StartsOn, work.Campaign.OwnerId);
                Write(work, input);
                await Shift(work, from, ct);
                work.Changed();
                work.Happened(CampaignEvent.Edited, new { fields = Fields(before, input), startsOn = input.StartsOn, endsOn = input.EndsOn, input.OwnerId });
                if (owner != work.Campaign.OwnerId)
                {
                    work.Tell(work.Campaign.OwnerId, NoticeKind.CampaignAssigned);
                }
            }

            return new AccountResult<Campaign>.Done(work.Campaign);
        },
        ct);

    private static CampaignInput Normalised(CampaignInput i) => i with
    {
        Code = CleanText.Line(i.Code),
        Name = CleanText.Line(i.Name),
        Region = CleanText.Line(i.Region),
        Place = CleanText.Line(i.Place),
        Purpose = CleanText.Lines(i.Purpose),
        Summary = CleanText.Lines(i.Summary),
        Targets = i.Targets ?? new CampaignTargets(),
    };

    private static void Write(CampaignWork work, CampaignInput i)
    {
        var (c, t) = (work.Campaign, i.Targets!);
        var ended = c.EndsOn;
        (c.Name, c.Type, c.OwnerId, c.Region, c.Place, c.StartsOn, c.EndsOn, c.Purpose, c.FormId) = (i.Name!, i.Type!, i.OwnerId!.Value, i.Region, i.Place, i.StartsOn, i.EndsOn ?? i.StartsOn, i.Purpose, i.FormId);
        (c.TargetCompanies, c.TargetKeyPeople, c.TargetIntents, c.TargetLeads, c.TargetOpportunities) = (t.Companies, t.KeyPeople, t.Intents, t.Leads, t.Opportunities);
        (c.ExpectedAmount, c.Summary, c.SortOn) = (i.ExpectedAmount, i.Summary, i.StartsOn ?? work.Setting.Calendar.DateOf(c.CreatedAt));
        // Dates of reports follow the last day; those that were made stay.
        c.ReportOn = c.Stage is CampaignStage.Run or CampaignStage.Convert && c.EndsOn is { } end && end != ended ? TrackingReports.NextAfter(end, null) : c.ReportOn;
    }

    private static async Task Shift(CampaignWork work, DateOnly? from, CancellationToken ct)
    {
        if (work.Campaign.StartsOn is not { } to || from == to)
        {
            return;
        }

        var days = work.Setting.Campaigns.Checklist.ToDictionary(l => l.Id, l => l.Days);
        foreach (var item in await work.Db.Set<CampaignItem>().Where(i => i.CampaignId == work.Campaign.Id && i.State == ItemState.Open).ToListAsync(ct))
        {
            // A day that somebody chose moves along; one that was not known yet is as the policy has it.
            item.DueOn = from is { } before && item.DueOn is { } due ? due.AddDays(to.DayNumber - before.DayNumber) : item.DueOn ?? (item.Line is { } line && days.TryGetValue(line, out var day) ? to.AddDays(day) : null);
            item.RemindedAt = null;
        }
    }

    private static IReadOnlyList<string> Fields(CampaignInput a, CampaignInput b) =>
    [
        .. new (string Name, bool Changed)[]
        {
            ("name", a.Name != b.Name), ("type", a.Type != b.Type), ("ownerId", a.OwnerId != b.OwnerId), ("region", a.Region != b.Region), ("place", a.Place != b.Place), ("startsOn", a.StartsOn != b.StartsOn),
            ("endsOn", a.EndsOn != b.EndsOn), ("purpose", a.Purpose != b.Purpose), ("formId", a.FormId != b.FormId), ("targets", a.Targets != b.Targets), ("expectedAmount", a.ExpectedAmount != b.ExpectedAmount), ("summary", a.Summary != b.Summary),
        }.Where(f => f.Changed).Select(f => f.Name),
    ];

    private static async Task<List<FieldError>> Wrong(GranaryDb db, Setting setting, Viewer viewer, Campaign? before, CampaignInput i, CancellationToken ct)
    {
        var (reach, own, checks) = (viewer.Owners(Permission.EditCampaigns), before?.Id ?? Guid.Empty, new CampaignChecks());
        checks.Text(i.Code, "code", 60, required: true);
        checks.Check(string.IsNullOrEmpty(i.Code) || i.Code.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' '), "code", "malformed");
        checks.Check(before is null || i.Code == before.Code, "code", "kept");
        checks.Check(before is not null || string.IsNullOrEmpty(i.Code) || !await db.Set<Campaign>().AnyAsync(c => c.Code == i.Code, ct), "code", "duplicate");
        checks.Text(i.Name, "name", 200, required: true);
        checks.Check(!string.IsNullOrEmpty(i.Type), "type", "required");
        checks.Check(string.IsNullOrEmpty(i.Type) || i.Type == before?.Type || setting.Campaigns.Types.Any(t => t.Id == i.Type), "type", "not_a_choice");
        checks.Check(i.OwnerId is { } owner && (owner == before?.OwnerId || (setting.CanOwn(owner) && reach?.Contains(owner) != false)), "ownerId", i.OwnerId is null ? "required" : "unknown_value");
        checks.Text(i.Region, "region", 60);
        checks.Text(i.Place, "place", 200);
        checks.Text(i.Purpose, "purpose", 2_000);
        checks.Text(i.Summary, "summary", 10_000);
        checks.Check(i.StartsOn is not null || (i.EndsOn is null && before?.Stage is null or < CampaignStage.Run), "startsOn", "required");
        checks.Check(i.EndsOn is null || i.StartsOn is null || i.EndsOn >= i.StartsOn, "endsOn", "out_of_range");
        checks.Check(i.StartsOn is null or { Year: >= 2000 and <= 2099 }, "startsOn", "out_of_range", "2000–2099");
        checks.Check(i.EndsOn is null or { Year: >= 2000 and <= 2099 }, "endsOn", "out_of_range", "2000–2099");
        checks.Check(i.FormId is not { } form || form == before?.FormId || await db.Set<Form>().AnyAsync(f => f.Id == form, ct), "formId", "unknown_value");
        foreach (var (number, name) in new[] { (i.Targets!.Companies, "companies"), (i.Targets.KeyPeople, "keyPeople"), (i.Targets.Intents, "intents"), (i.Targets.Leads, "leads"), (i.Targets.Opportunities, "opportunities") })
        {
            checks.Range(number, $"targets.{name}", MostTarget);
        }

        checks.Money(i.ExpectedAmount, "expectedAmount");
        return checks.Errors;
    }
}
