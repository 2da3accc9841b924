using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>What somebody typed at the door.</summary>
/// <param name="Name">Name.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Company">Company.</param>
/// <param name="Title">Title.</param>
/// <param name="ReferredBy">Who sent them the address: an employee's id.</param>
/// <param name="Consent">The consent they gave; null where they did not.</param>
public sealed record CheckInInput(string? Name, string? Phone, string? Company, string? Title, string? ReferredBy, Consent? Consent);

/// <summary>What the public page knows of a campaign.</summary>
/// <param name="Id">Id.</param>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Place">Where.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day.</param>
/// <param name="Running">Whether it is on: who comes checks in; before, they register.</param>
public sealed record PublicCampaign(Guid Id, string Code, string Name, string? Place, DateOnly? StartsOn, DateOnly? EndsOn, bool Running);

/// <summary>
/// Checks people in (§14 On site): who is invited by their phone, who is not as a lead through the one way in. What the door answers is the
/// same for both, so that it tells nobody who is known.
/// </summary>
public sealed class CheckInPeople(Store store, Vault vault, LeadIntake intake, LeadVerb verb, TimeProvider time)
{
    /// <summary>The campaign of a public address; null where there is none that takes people.</summary>
    public async Task<PublicCampaign?> Find(string code, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<Campaign>().Where(c => c.Code == code && (c.Stage == CampaignStage.Prepare || c.Stage == CampaignStage.Run))
            .Select(c => new PublicCampaign(c.Id, c.Code, c.Name, c.Place, c.StartsOn, c.EndsOn, c.Stage == CampaignStage.Run)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Somebody at the door: checks in while the event is on, registers before.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="input">What they typed.</param>
    /// <param name="channel">Channel of a lead that comes of it.</param>
    /// <param name="key">Key under which it is taken once, however often it is sent.</param>
    /// <param name="suspicion">What made the door think that a program sent it; then nobody is checked in, and the lead is held.</param>
    /// <param name="remote">Address it came from.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>What is wrong; nothing when it was taken.</returns>
    public async Task<IReadOnlyList<FieldError>> Arrive(PublicCampaign campaign, CheckInInput input, string channel, IdempotencyKey? key, string? suspicion, string? remote, CancellationToken ct = default)
    {
        if (!PhoneNumber.TryParse(input.Phone ?? "", out var phone, out _))
        {
            return [new FieldError("phone", string.IsNullOrWhiteSpace(input.Phone) ? "required" : "malformed")];
        }

        if (string.IsNullOrWhiteSpace(input.Name))
        {
            return [new FieldError("name", "required")];
        }

        if (suspicion is null && await Invited(campaign.Id, vault.Key(phone), ct) is { } invitation)
        {
            await Attend(null, campaign.Id, invitation, campaign.Running, ct);
            return [];
        }

        var now = time.Now;
        var taken = await intake.Submit(
            new IntakeRequest
            {
                Submission = new LeadSubmission
                {
                    Channel = channel,
                    Campaign = campaign.Code,
                    ReferredBy = input.ReferredBy,
                    ReceivedAt = now,
                    Company = new CompanyDetails { Name = input.Company },
                    Contact = new ContactDetails { Name = input.Name, Title = input.Title, Phones = [phone.E164] },
                    Consent = input.Consent,
                    Touches = [new SubmittedTouch(campaign.Running ? TouchKind.OfflineEventAttended : TouchKind.FormSubmitted, now)],
                    RemoteAddress = remote,
                },
                Idempotency = key,
                Suspicion = suspicion,
            },
            ct);
        if (taken is IntakeResult.Refused(var errors))
        {
            return [.. errors.Select(e => e with { Field = e.Field.Split('.')[^1].Split('[')[0] switch { "phones" or "contact" => "phone", "name" when e.Field.StartsWith("company", StringComparison.Ordinal) => "company", var f => f } })];
        }

        if (suspicion is null && taken is IntakeResult.Landed(var landing))
        {
            await store.Write(scope => Walked(scope.Db, campaign, landing.LeadId, ct), ct);
        }

        return [];
    }

    /// <summary>Checks one in by hand, with one tap: by who takes part in the campaign.</summary>
    public async Task<AccountResult<CampaignInvitation>> CheckIn(Viewer viewer, Guid campaignId, Guid invitationId, CancellationToken ct = default)
    {
        await using (var db = store.Open())
        {
            if (!await viewer.Campaigns(db).AnyAsync(c => c.Id == campaignId, ct) || !await db.Set<CampaignInvitation>().AnyAsync(i => i.Id == invitationId && i.CampaignId == campaignId, ct))
            {
                return new AccountResult<CampaignInvitation>.NotFound();
            }

            if (await viewer.Campaigns(db, Permission.JoinCampaigns).Where(c => c.Id == campaignId).Select(c => (CampaignStage?)c.Stage).SingleOrDefaultAsync(ct) is not { } stage)
            {
                return new AccountResult<CampaignInvitation>.Refused(CampaignRefusal.Forbidden);
            }

            if (stage != CampaignStage.Run)
            {
                return new AccountResult<CampaignInvitation>.Refused(CampaignRefusal.NotRunning);
            }
        }

        return new AccountResult<CampaignInvitation>.Done(await Attend(viewer.UserId, campaignId, invitationId, true, ct));
    }

    // Somebody's invitation by their number, whichever lead or contact it stands with.
    private async Task<Guid?> Invited(Guid campaignId, Guid key, CancellationToken ct)
    {
        await using var db = store.Open();
        return await db.Set<CampaignInvitation>().Where(i => i.CampaignId == campaignId
                && (db.Set<ContactPoint>().Any(p => p.Key == key && p.LeadId == i.LeadId) || db.Set<AccountContactKey>().Any(k => k.Key == key && k.ContactId == i.ContactId)))
            .OrderBy(i => i.Id).Select(i => (Guid?)i.Id).FirstOrDefaultAsync(ct);
    }

    private Task<CampaignInvitation> Attend(Guid? actorId, Guid campaignId, Guid invitationId, bool running, CancellationToken ct) => verb.Run(
        actorId,
        async work =>
        {
            var db = work.Scope.Db;
            var invitation = await db.Set<CampaignInvitation>().SingleAsync(i => i.Id == invitationId, ct);
            if (invitation.State == InvitationState.Attended || (!running && invitation.State == InvitationState.Accepted))
            {
                return invitation;
            }

            invitation.State = running ? InvitationState.Attended : InvitationState.Accepted;
            (invitation.AttendedAt, invitation.CheckedInById, invitation.Version) = (running ? work.Now : null, actorId, invitation.Version + 1);
            invitation.AnsweredAt ??= work.Now;
            work.Changes.Happened(campaignId, running ? CampaignEvent.CheckedIn : CampaignEvent.Answered, work.Now, actorId, new { invitationId, invitation.LeadId, invitation.ContactId, invitation.State });
            if (running && await LeadOf(db, invitation, ct) is { Stopped: false, Status: not (LeadStatus.Invalid or LeadStatus.Voided) } lead)
            {
                var code = await db.Set<Campaign>().Where(c => c.Id == campaignId).Select(c => c.Code).SingleAsync(ct);
                var touch = new Touch { Id = Clock.NewId(work.Now), LeadId = lead.Id, Kind = TouchKind.OfflineEventAttended, At = work.Now, Detail = code, ChannelId = work.Setting.Channels.Find(work.Setting.Campaigns.Channel)?.Id, Campaign = code };
                work.Changes.Touches.Add(touch);
                work.Changes.Happened(lead.Id, LeadEvent.Touched, work.Now, actorId, TouchedData.Of(touch));
                await work.ScoreAnew(lead, ct);
                work.Changed(lead);
            }

            return invitation;
        },
        ct);

    // A contact's behaviour is kept with the lead that they are known by, where there is one.
    private static Task<Lead?> LeadOf(GranaryDb db, CampaignInvitation invitation, CancellationToken ct) => invitation.LeadId is { } lead
        ? db.Set<Lead>().SingleOrDefaultAsync(l => l.Id == lead, ct)
        : db.Set<Lead>().Where(l => l.MergedIntoId == null && db.Set<ContactPoint>().Any(p => p.LeadId == l.Id && db.Set<AccountContactKey>().Any(k => k.ContactId == invitation.ContactId && k.Key == p.Key)))
            .OrderByDescending(l => l.ReceivedAt).FirstOrDefaultAsync(ct);

    private async Task<int> Walked(GranaryDb db, PublicCampaign campaign, Guid leadId, CancellationToken ct)
    {
        if (await db.Set<CampaignInvitation>().AnyAsync(i => i.CampaignId == campaign.Id && i.LeadId == leadId, ct))
        {
            return 0;
        }

        var owner = await db.Set<Campaign>().Where(c => c.Id == campaign.Id).Select(c => c.OwnerId).SingleAsync(ct);
        var now = time.Now;
        var invitation = new CampaignInvitation
        {
            Id = time.NewId(),
            CampaignId = campaign.Id,
            LeadId = leadId,
            OwnerId = owner,
            Channel = InvitationChannel.InPerson,
            State = campaign.Running ? InvitationState.Attended : InvitationState.Accepted,
            AnsweredAt = now,
            AttendedAt = campaign.Running ? now : null,
            CreatedAt = now,
        };
        db.Add(invitation);
        db.Add(AccountEvent.Of(campaign.Id, campaign.Running ? CampaignEvent.CheckedIn : CampaignEvent.Answered, now, null, new { invitationId = invitation.Id, invitation.LeadId, invitation.ContactId, invitation.State }));
        return await db.SaveChangesAsync(ct);
    }
}
