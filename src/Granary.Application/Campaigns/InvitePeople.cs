using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Campaigns;

/// <summary>Which leads or contacts are put onto a list of invitations: those that the viewer reaches and that fit everything that is said.</summary>
/// <param name="Contacts">Contacts of accounts; else leads.</param>
/// <param name="Industry">Industry, or the beginning of its path.</param>
/// <param name="Province">Province.</param>
/// <param name="MinScore">Leads with at least so many points.</param>
/// <param name="KeyPeople">Key persons alone: contacts marked so, leads of decision makers.</param>
/// <param name="Named">Of named accounts alone.</param>
public sealed record InviteFilter(bool Contacts = false, string? Industry = null, string? Province = null, int? MinScore = null, bool KeyPeople = false, bool Named = false);

/// <summary>Whom to invite, and how.</summary>
/// <param name="LeadIds">Leads.</param>
/// <param name="ContactIds">Contacts of accounts.</param>
/// <param name="Lines">Pasted lines, each with a phone number, e-mail address or WeChat id of somebody who is known; up to 1,000.</param>
/// <param name="Filter">A set of leads or contacts.</param>
/// <param name="Channel">By what.</param>
/// <param name="OwnerId">Who sees to it; whoever adds them when left out.</param>
/// <param name="RemindOn">The day on which they are reminded while there is no answer.</param>
public sealed record InviteInput(
    IReadOnlyList<Guid> LeadIds, IReadOnlyList<Guid> ContactIds, IReadOnlyList<string> Lines, InviteFilter? Filter, InvitationChannel? Channel, Guid? OwnerId = null, DateOnly? RemindOn = null);

/// <summary>What became of a set.</summary>
/// <param name="Added">How many were put onto the list.</param>
/// <param name="There">How many stood on it already.</param>
/// <param name="Unknown">Pasted lines, counted from 1, of nobody whom the viewer reaches.</param>
public sealed record Invited(int Added, int There, IReadOnlyList<int> Unknown);

/// <summary>Puts people onto the list of invitations and keeps what they answered (§14 Before).</summary>
public sealed class InvitePeople(CampaignVerb verb, Vault vault)
{
    /// <summary>Most people at once.</summary>
    public const int Most = 1_000;

    private static readonly char[] Between = ['\t', ',', ';', '，', '；', '、', ' ', '|'];

    /// <summary>Adds a set; who stands on the list already is left as they are.</summary>
    public Task<AccountResult<Invited>> Add(Viewer viewer, Guid campaignId, InviteInput input, CancellationToken ct = default) => verb.Run<Invited>(
        viewer,
        campaignId,
        Permission.EditCampaigns,
        null,
        async work =>
        {
            if (work.Closed)
            {
                return new AccountResult<Invited>.Refused(CampaignRefusal.Closed);
            }

            var (owner, checks) = (input.OwnerId ?? viewer.UserId, new CampaignChecks());
            checks.Check(input.Channel is { } channel && Enum.IsDefined(channel), "channel", input.Channel is null ? "required" : "not_a_choice");
            checks.Check(work.Knows(owner), "ownerId", "unknown_value");
            checks.Check(input.LeadIds.Count + input.ContactIds.Count + input.Lines.Count > 0 || input.Filter is not null, "leadIds", "required");
            checks.Check(input.LeadIds.Count <= Most && input.ContactIds.Count <= Most, "leadIds", "too_many", $"{Most}");
            checks.Check(input.Lines.Count <= Most, "lines", "too_many", $"{Most}");
            checks.Text(input.Filter?.Industry, "filter.industry", 200);
            checks.Text(input.Filter?.Province, "filter.province", 60);
            if (checks.Refused<Invited>() is { } refused)
            {
                return refused;
            }

            var (leads, contacts, unknown) = await Chosen(work, input, ct);
            var before = await work.Db.Set<CampaignInvitation>().Where(i => i.CampaignId == campaignId).Select(i => new { i.LeadId, i.ContactId }).ToListAsync(ct);
            var (hasLead, hasContact) = (before.Select(b => b.LeadId).ToHashSet(), before.Select(b => b.ContactId).ToHashSet());
            List<CampaignInvitation> made = [.. leads.Where(l => !hasLead.Contains(l)).Select(l => Of(l, null)), .. contacts.Where(c => !hasContact.Contains(c)).Select(c => Of(null, c))];
            work.Db.AddRange(made);
            if (made.Count > 0)
            {
                work.Happened(CampaignEvent.Invited, new { count = made.Count, input.Channel, ownerId = owner });
                work.Tell(owner, NoticeKind.CampaignTaskGiven);
            }

            return new AccountResult<Invited>.Done(new Invited(made.Count, leads.Count + contacts.Count - made.Count, unknown));

            CampaignInvitation Of(Guid? lead, Guid? contact) => new()
            {
                Id = Clock.NewId(work.Now),
                CampaignId = campaignId,
                LeadId = lead,
                ContactId = contact,
                OwnerId = owner,
                Channel = input.Channel!.Value,
                RemindOn = input.RemindOn,
                CreatedAt = work.Now,
            };
        },
        ct);

    /// <summary>Keeps what became of an invitation, by who plans the campaign or sees to the invitation. That somebody attended is told by checking in alone.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="id">The invitation.</param>
    /// <param name="state">Listed, invited, accepted or declined.</param>
    /// <param name="remindOn">The day of the next reminder; null leaves it.</param>
    /// <param name="note">A note, up to 500 characters; null leaves it.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<CampaignInvitation>> Answer(Viewer viewer, Guid campaignId, Guid id, InvitationState state, DateOnly? remindOn, string? note, CancellationToken ct = default) => verb.Run<CampaignInvitation>(
        viewer,
        campaignId,
        Permission.ViewCampaigns,
        null,
        async work =>
        {
            if (await work.Db.Set<CampaignInvitation>().SingleOrDefaultAsync(i => i.Id == id && i.CampaignId == campaignId, ct) is not { } invitation)
            {
                return new AccountResult<CampaignInvitation>.NotFound();
            }

            if (invitation.OwnerId != viewer.UserId && !await viewer.Campaigns(work.Db, Permission.EditCampaigns).AnyAsync(c => c.Id == campaignId, ct))
            {
                return new AccountResult<CampaignInvitation>.Refused(CampaignRefusal.Forbidden);
            }

            var (text, checks) = (CleanText.Line(note), new CampaignChecks());
            checks.Check(state is >= InvitationState.Listed and <= InvitationState.Declined, "state", "not_a_choice");
            checks.Check(invitation.State != InvitationState.Attended, "state", "kept");
            checks.Text(text, "note", 500);
            if (work.Closed || checks.Errors.Count > 0)
            {
                return work.Closed ? new AccountResult<CampaignInvitation>.Refused(CampaignRefusal.Closed) : checks.Refused<CampaignInvitation>()!;
            }

            invitation.State = state;
            invitation.InvitedAt ??= state == InvitationState.Listed ? null : work.Now;
            invitation.AnsweredAt = state is InvitationState.Accepted or InvitationState.Declined ? work.Now : null;
            (invitation.RemindOn, invitation.RemindedAt) = remindOn is { } day ? (day, null) : (invitation.RemindOn, invitation.RemindedAt);
            (invitation.Note, invitation.Version) = (text ?? invitation.Note, invitation.Version + 1);
            work.Happened(CampaignEvent.Answered, new { invitationId = id, invitation.LeadId, invitation.ContactId, state });
            return new AccountResult<CampaignInvitation>.Done(invitation);
        },
        ct);

    private async Task<(IReadOnlyList<Guid> Leads, IReadOnlyList<Guid> Contacts, IReadOnlyList<int> Unknown)> Chosen(CampaignWork work, InviteInput input, CancellationToken ct)
    {
        var db = work.Db;
        var leads = Invitable(work.Viewer, db);
        var contacts = work.Viewer.Contacts(db).Where(c => c.Until == null);
        var (leadIds, contactIds) = (input.LeadIds.ToArray(), input.ContactIds.ToArray());
        HashSet<Guid> chosenLeads = [.. await leads.Where(l => leadIds.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct)];
        HashSet<Guid> chosenContacts = [.. await contacts.Where(c => contactIds.Contains(c.Id)).Select(c => c.Id).ToListAsync(ct)];
        if (input.Filter is { Contacts: false } ofLeads)
        {
            chosenLeads.UnionWith(await Of(db, leads, ofLeads).OrderByDescending(l => l.ReceivedAt).Take(Most).Select(l => l.Id).ToListAsync(ct));
        }
        else if (input.Filter is { } ofContacts)
        {
            chosenContacts.UnionWith(await Of(db, contacts, ofContacts).OrderBy(c => c.Id).Take(Most).Select(c => c.Id).ToListAsync(ct));
        }

        List<int> unknown = [];
        foreach (var (i, line) in input.Lines.Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var keys = line.Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(line.Trim()).Distinct().SelectMany(part => PersonTraces.Read(vault, part)).Select(t => t.Key).Distinct().ToArray();
            var lead = await leads.Where(l => db.Set<ContactPoint>().Any(p => keys.Contains(p.Key) && p.LeadId == l.Id)).OrderByDescending(l => l.ReceivedAt).Select(l => (Guid?)l.Id).FirstOrDefaultAsync(ct);
            var contact = lead is null ? await contacts.Where(c => db.Set<AccountContactKey>().Any(k => keys.Contains(k.Key) && k.ContactId == c.Id)).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct) : null;
            _ = lead is { } known ? chosenLeads.Add(known) : contact is { } person && chosenContacts.Add(person);
            unknown.AddRange(lead is null && contact is null ? [i + 1] : []);
        }

        return ([.. chosenLeads.Order()], [.. chosenContacts.Order()], unknown);
    }

    // Who does not want to be contacted, or is nobody any more, is not invited.
    internal static IQueryable<Lead> Invitable(Viewer viewer, GranaryDb db) => viewer.Leads(db).Where(l => l.MergedIntoId == null && l.Status != LeadStatus.Invalid && l.Status != LeadStatus.Voided && l.AnonymisedAt == null
        && (l.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) == LeadPrivacy.None);

    private static IQueryable<Lead> Of(GranaryDb db, IQueryable<Lead> leads, InviteFilter f)
    {
        leads = CleanText.Line(f.Industry) is { Length: > 0 } industry ? leads.Where(l => l.Industry != null && l.Industry.StartsWith(industry)) : leads;
        leads = CleanText.Line(f.Province) is { Length: > 0 } province ? leads.Where(l => l.Province != null && l.Province.StartsWith(province)) : leads;
        leads = f.MinScore is { } score ? leads.Where(l => l.Score >= score) : leads;
        leads = f.KeyPeople ? leads.Where(l => l.Role == Granary.Domain.Capture.BuyingRole.DecisionMaker) : leads;
        return f.Named ? leads.Where(l => db.Set<NamedAccount>().Any(n => n.AccountId == l.AccountId)) : leads;
    }

    private static IQueryable<AccountContact> Of(GranaryDb db, IQueryable<AccountContact> contacts, InviteFilter f)
    {
        contacts = CleanText.Line(f.Industry) is { Length: > 0 } industry ? contacts.Where(c => db.Set<Account>().Any(a => a.Id == c.AccountId && a.Industry != null && a.Industry.StartsWith(industry))) : contacts;
        contacts = CleanText.Line(f.Province) is { Length: > 0 } province ? contacts.Where(c => db.Set<Account>().Any(a => a.Id == c.AccountId && a.Province != null && a.Province.StartsWith(province))) : contacts;
        contacts = f.KeyPeople ? contacts.Where(c => c.KeyPerson) : contacts;
        return f.Named ? contacts.Where(c => db.Set<NamedAccount>().Any(n => n.AccountId == c.AccountId)) : contacts;
    }
}
