using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>A company that a representative spoke to on site.</summary>
/// <param name="Company">The company, 1 to 200 characters.</param>
/// <param name="Person">Whom they spoke to, 1 to 100 characters.</param>
/// <param name="Title">Title.</param>
/// <param name="Phone">Phone, where they gave one.</param>
/// <param name="KeyPerson">Whether it is a key person 关键人.</param>
/// <param name="Intent">Whether they showed intent.</param>
/// <param name="Need">What they need, in words.</param>
public sealed record LinkInput(string? Company, string? Person, string? Title, string? Phone, bool KeyPerson, bool Intent, string? Need);

/// <summary>
/// Enters companies linked on site (§14): each makes or touches a lead of the campaign by the one way in, which goes into the holdings of
/// whoever linked it where nobody else works on it and their cap allows it.
/// </summary>
public sealed class LinkCompany(Store store, Vault vault, SettingCache settings, LeadIntake intake, LeadVerb leads, CampaignVerb verb, TimeProvider time)
{
    /// <summary>Enters one, while the event is on, by a member of one of its teams.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="input">What they enter.</param>
    /// <param name="key">Key under which it is taken once.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<CampaignLink>> Link(Viewer viewer, Guid campaignId, LinkInput input, IdempotencyKey? key = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = input with { Company = CleanText.Line(input.Company), Person = CleanText.Line(input.Person), Title = CleanText.Line(input.Title), Phone = CleanText.Line(input.Phone), Need = CleanText.Lines(input.Need) };
        var (name, checks) = (CompanyName.Parse(input.Company), new CampaignChecks());
        await using (var db = store.Open())
        {
            var (work, refusal) = await CampaignVerb.Find<CampaignLink>(db, setting, viewer, campaignId, Permission.JoinCampaigns, null, time.Now, ct);
            if (refusal is not null || work!.Campaign.Stage != CampaignStage.Run)
            {
                return refusal ?? new AccountResult<CampaignLink>.Refused(CampaignRefusal.NotRunning);
            }

            if (!await db.Set<CampaignMember>().AnyAsync(m => m.CampaignId == campaignId && m.UserId == viewer.UserId, ct))
            {
                return new AccountResult<CampaignLink>.Refused(CampaignRefusal.NotInTeam);
            }

            checks.Text(input.Company, "company", 200, required: true);
            checks.Check(string.IsNullOrEmpty(input.Company) || name is not null, "company", "company_name");
            checks.Text(input.Person, "person", FieldLimits.ContactName, required: true);
            checks.Check(string.IsNullOrEmpty(input.Phone) || PhoneNumber.TryParse(input.Phone, out _, out _), "phone", "malformed");
            if (checks.Refused<CampaignLink>() is { } refused)
            {
                return refused;
            }

            var taken = await intake.Submit(Request(work.Campaign, setting.Campaigns.Channel, viewer, input, key), ct);
            return taken switch
            {
                IntakeResult.Landed(var landing) => await Keep(viewer, work.Campaign, input, vault.CompanyKey(name!.Core), landing, ct),
                IntakeResult.Refused(var errors) => new AccountResult<CampaignLink>.Invalid([.. errors.Select(e => e with { Field = Field(e.Field) })]),
                _ => new AccountResult<CampaignLink>.Refused("idempotency_key_reused"),
            };
        }
    }

    /// <summary>Corrects an entry, with a reason: by whoever entered it, their captain, or who plans the campaign.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="linkId">The entry.</param>
    /// <param name="keyPerson">Whether it was a key person; null leaves it.</param>
    /// <param name="intent">Whether there was intent; null leaves it.</param>
    /// <param name="isVoid">Whether it counts no more; null leaves it.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<CampaignLink>> Correct(Viewer viewer, Guid campaignId, Guid linkId, bool? keyPerson, bool? intent, bool? isVoid, string? reason, CancellationToken ct = default) => verb.Run<CampaignLink>(
        viewer,
        campaignId,
        Permission.ViewCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignLink>().SingleOrDefaultAsync(l => l.Id == linkId && l.CampaignId == campaignId, ct) is not { } link)
            {
                return new AccountResult<CampaignLink>.NotFound();
            }

            var captain = from m in work.Db.Set<CampaignMember>() join t in work.Db.Set<CampaignTeam>() on m.TeamId equals t.Id where m.CampaignId == campaignId && m.UserId == link.UserId select t.CaptainId;
            if (link.UserId != viewer.UserId && !await captain.ContainsAsync(viewer.UserId, ct) && !await viewer.Campaigns(work.Db, Permission.EditCampaigns).AnyAsync(c => c.Id == campaignId, ct))
            {
                return new AccountResult<CampaignLink>.Refused(CampaignRefusal.Forbidden);
            }

            var (why, checks) = (CleanText.Line(reason), new CampaignChecks());
            checks.Text(why, "reason", 500);
            if (work.Closed || string.IsNullOrEmpty(why) || checks.Errors.Count > 0)
            {
                return work.Closed ? new AccountResult<CampaignLink>.Refused(CampaignRefusal.Closed)
                    : checks.Refused<CampaignLink>() ?? new AccountResult<CampaignLink>.Refused(CampaignRefusal.ReasonRequired);
            }

            var before = new { link.KeyPerson, link.Intent, link.Void };
            (link.KeyPerson, link.Intent, link.Void) = (keyPerson ?? link.KeyPerson, intent ?? link.Intent, isVoid ?? link.Void);
            (link.CorrectedAt, link.CorrectedById, link.Correction, link.Version) = (work.Now, viewer.UserId, why, link.Version + 1);
            work.Happened(CampaignEvent.Corrected, new { linkId, link.UserId, before, after = new { link.KeyPerson, link.Intent, link.Void }, reason = why });
            return new AccountResult<CampaignLink>.Done(link);
        },
        ct);

    private IntakeRequest Request(Campaign campaign, string channel, Viewer viewer, LinkInput input, IdempotencyKey? key) => new()
    {
        Submission = new LeadSubmission
        {
            Channel = channel,
            Campaign = campaign.Code,
            ReceivedAt = time.Now,
            Company = new CompanyDetails { Name = input.Company },
            Contact = new ContactDetails { Name = input.Person, Title = input.Title, Role = input.KeyPerson ? BuyingRole.DecisionMaker : null, Phones = string.IsNullOrEmpty(input.Phone) ? [] : [input.Phone] },
            Requirement = input.Need,
            Touches = [new SubmittedTouch(TouchKind.OfflineEventAttended, time.Now)],
        },
        ActorId = viewer.UserId,
        WithoutContact = string.IsNullOrEmpty(input.Phone),
        Idempotency = key,
    };

    private async Task<AccountResult<CampaignLink>> Keep(Viewer viewer, Campaign campaign, LinkInput input, Guid company, Landing landing, CancellationToken ct) => await leads.Run<AccountResult<CampaignLink>>(
        viewer.UserId,
        async work =>
        {
            var db = work.Scope.Db;
            // Sent again under the same key, it is there already.
            if (landing.Repeated && await db.Set<CampaignLink>().Where(l => l.CampaignId == campaign.Id && l.UserId == viewer.UserId && l.LeadId == landing.LeadId).OrderByDescending(l => l.Id).FirstOrDefaultAsync(ct) is { } there)
            {
                return new AccountResult<CampaignLink>.Done(there);
            }

            var lead = await db.Set<Lead>().SingleAsync(l => l.Id == landing.LeadId, ct);
            var fresh = landing.Outcome is LandingOutcome.Created or LandingOutcome.Linked && lead.Status == LeadStatus.Pending && lead.FollowedAt is null;
            if (lead.OwnerId != viewer.UserId && (lead.OwnerId is null || fresh) && landing.SourceLeadId is null && work.Unassignable(lead) is null && await work.CannotTake(lead, viewer.UserId, ct) is null)
            {
                await work.Hand(lead, viewer.UserId, lead.OwnerId is null ? Acquired.Created : Acquired.OwnerChanged, null, ct);
                work.Changed(lead);
            }

            var link = new CampaignLink
            {
                Id = time.NewId(),
                CampaignId = campaign.Id,
                UserId = viewer.UserId,
                LeadId = lead.Id,
                Company = input.Company!,
                CompanyKey = company,
                KeyPerson = input.KeyPerson,
                Intent = input.Intent,
                OnDay = work.Setting.Calendar.DateOf(work.Now),
                At = work.Now,
            };
            db.Add(link);
            work.Changes.Happened(campaign.Id, CampaignEvent.Linked, work.Now, viewer.UserId, new { linkId = link.Id, link.LeadId, link.KeyPerson, link.Intent });
            return new AccountResult<CampaignLink>.Done(link);
        },
        ct);

    private static string Field(string path) => path.StartsWith("company", StringComparison.Ordinal) ? "company" : path.StartsWith("contact.name", StringComparison.Ordinal) ? "person" : path.StartsWith("contact.title", StringComparison.Ordinal) ? "title"
        : path.StartsWith("contact", StringComparison.Ordinal) ? "phone" : path == "requirement" ? "need" : path;
}
