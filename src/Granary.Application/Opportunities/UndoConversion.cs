using Granary.Application.Capture;
using Granary.Application.Opportunities.Partners;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Named;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Undoes a conversion (§12) within some hours, while nobody has worked on the opportunity: what it made goes, what it found stays,
/// and the lead is its owner's again, in the ownership that had ended.
/// </summary>
public sealed class UndoConversion(LeadVerb verb, Vault vault, IEnumerable<ConversionPart> parts)
{
    /// <summary>Undoes it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Undo(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            var db = work.Scope.Db;
            if (!viewer.May(Permission.EditOpportunities) || (lead.OwnerId is { } owner && viewer.Owners(Permission.EditOpportunities)?.Contains(owner) == false))
            {
                return new LeadResult.Forbidden();
            }

            if (lead.Status != LeadStatus.Converted || await db.Set<LeadConversion>().Where(c => c.LeadId == id).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct) is not { } conversion)
            {
                return new LeadResult.Refused(OpportunityRefusal.NotConverted);
            }

            var opportunity = await db.Set<Opportunity>().SingleOrDefaultAsync(o => o.Id == conversion.OpportunityId, ct);
            var touched = await Touched(db, conversion, opportunity, ct);
            switch (ConversionUndo.Refusal(work.Setting.Qualification, conversion.At, conversion.UndoneAt is not null, touched, work.Now))
            {
                case UndoRefusal.AlreadyUndone: return new LeadResult.Refused(OpportunityRefusal.NotConverted);
                case UndoRefusal.TooLate: return new LeadResult.Refused(OpportunityRefusal.UndoTooLate);
                case UndoRefusal.Touched: return new LeadResult.Refused(OpportunityRefusal.OpportunityTouched);
            }

            if (PrivacyRefusal.Of(lead) is { } stopped)
            {
                return new LeadResult.Refused(stopped);
            }

            (conversion.UndoneAt, conversion.UndoneBy) = (work.Now, viewer.UserId);
            await PutBack(work, lead, conversion, ct);
            work.Changes.Happened(conversion.OpportunityId, conversion.OpportunityMade ? OpportunityEvent.Removed : OpportunityEvent.LeadUnlinked, work.Now, work.ActorId, new { leadId = id, opportunity?.Code });
            await TakeAway(work, conversion, opportunity, ct);
            foreach (var part in parts)
            {
                await part.Undone(work, lead, ct);
            }

            return work.Changed(lead);
        }, ct);

    // What another lead was converted into since is not this one's alone any more.
    private static async Task<bool> Touched(GranaryDb db, LeadConversion conversion, Opportunity? opportunity, CancellationToken ct) =>
        opportunity is null
        || (conversion.OpportunityMade && (opportunity.Version != conversion.OpportunityVersion
            || await db.Set<LeadConversion>().AnyAsync(c => c.OpportunityId == opportunity.Id && c.Id != conversion.Id && c.UndoneAt == null, ct)));

    private static async Task PutBack(LeadWork work, Lead lead, LeadConversion conversion, CancellationToken ct)
    {
        var (before, now) = (Json.Read<LeadPlace>(conversion.Before), lead.OwnerId);
        before.Restore(lead);
        var ownership = await work.Scope.Db.Set<OwnershipRecord>().SingleOrDefaultAsync(o => o.LeadId == lead.Id && o.Id == conversion.OwnershipId, ct);
        if (ownership is not null && before.OwnerId is { } owner && work.Setting.CanOwn(owner))
        {
            (await work.Board([owner], ct)).Board.Hold(owner);
            (ownership.To, ownership.Ended, ownership.Reason) = (null, null, null);
            work.Changes.Happened(lead.Id, LeadEvent.ConversionUndone, work.Now, work.ActorId, new ConversionUndoneData(owner, before.Status, null));
            work.Changes.Tell(owner, NoticeKind.LeadAssigned, lead.Id, work.Now, work.ActorId);
            return;
        }

        // Whose it was has left meanwhile: it is theirs who got what they had, else it waits in a pool.
        var pool = work.PoolFor(work.Setting.PoolRules.ReturnPool, lead.Region);
        work.Pool(lead, pool);
        work.Changes.Happened(lead.Id, LeadEvent.ConversionUndone, work.Now, work.ActorId, new ConversionUndoneData(null, LeadStatus.Unassigned, pool.Id));
        if (now is { } heir && heir != before.OwnerId && await work.CannotTake(lead, heir, ct) is null)
        {
            await work.Hand(lead, heir, Acquired.OwnerChanged, null, ct);
        }
    }

    private async Task TakeAway(LeadWork work, LeadConversion conversion, Opportunity? opportunity, CancellationToken ct)
    {
        var db = work.Scope.Db;
        if (conversion.OpportunityMade && opportunity is not null)
        {
            db.Remove(opportunity);
        }

        // What the lead had brought along goes back with it.
        await db.Set<OpportunityPaper>().Where(p => p.OpportunityId == conversion.OpportunityId && p.At == conversion.At).ExecuteDeleteAsync(ct);
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == conversion.AccountId, ct);
        var others = await db.Set<Lead>().AnyAsync(l => l.AccountId == conversion.AccountId && l.Id != conversion.LeadId, ct)
            || await db.Set<Opportunity>().AnyAsync(o => o.AccountId == conversion.AccountId && o.Id != conversion.OpportunityId, ct)
            || await db.Set<AccountContact>().AnyAsync(c => c.AccountId == conversion.AccountId && c.Id != conversion.ContactId, ct)
            || await db.Set<Partner>().AnyAsync(p => p.AccountId == conversion.AccountId, ct)
            || await db.Set<NamedAccount>().AnyAsync(n => n.AccountId == conversion.AccountId, ct);
        // What somebody has worked on since is theirs to keep.
        var contact = conversion.ContactMade ? await db.Set<AccountContact>().SingleOrDefaultAsync(c => c.Id == conversion.ContactId && c.Version == 1, ct) : null;
        if (contact is not null && !await db.Set<Opportunity>().AnyAsync(o => o.ContactId == contact.Id && o.Id != conversion.OpportunityId, ct))
        {
            await db.Set<AccountContactKey>().Where(k => k.ContactId == contact.Id).ExecuteDeleteAsync(ct);
            db.Remove(contact);
        }

        await db.SaveChangesAsync(ct);
        if (account is null)
        {
            return;
        }

        if (conversion.AccountMade && account.Version == 1 && !others)
        {
            await AccountIndex.Remove(db, account, ct);
            db.Remove(account);
            work.Changes.Happened(account.Id, OpportunityEvent.AccountRemoved, work.Now, work.ActorId, new { leadId = conversion.LeadId });
            return;
        }

        await AccountIndex.Refresh(db, vault, work.Setting, account, ct);
    }
}
