using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Qualification;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Desk;

/// <summary>Reads one lead with everything that explains it.</summary>
public sealed class ReadLead(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Most touches shown.</summary>
    public const int Touches = 50;

    /// <summary>Most decisions and ledger entries shown.</summary>
    private const int Decisions = 20;

    /// <summary>The lead; null when there is none for this viewer.</summary>
    public async Task<LeadDetail?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            return null;
        }

        var contacts = await db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == id).OrderBy(c => c.Ordinal).ToListAsync(ct);
        var decisions = await db.Set<Decision>().AsNoTracking().Where(d => d.LeadId == id).OrderByDescending(d => d.Id).Take(Decisions).ToListAsync(ct);
        var ledger = await db.Set<AssignmentRecord>().AsNoTracking().Where(a => a.LeadId == id).OrderByDescending(a => a.Id).Take(Decisions).ToListAsync(ct);
        var veil = viewer.Veil(setting, lead);
        var kin = veil.ShowsIdentity ? await Kin.Of(db, viewer, setting, lead, ct) : [];
        var history = await db.WithMerged(id, ct);
        var account = veil.ShowsIdentity ? lead.AccountId : null;
        return new LeadDetail
        {
            Lead = viewer.Veiled(setting, lead),
            Veil = veil,
            Rights = await Rights(db, viewer, lead, ct),
            Held = lead.Status == LeadStatus.Unassigned && lead.PoolId == setting.Pools.Invalid,
            Contacts = veil.Shows("contacts") ? [.. contacts.Select(c => MaskedContact.Of(vault, c, setting.Masking.At(MaskPlace.Lead)))] : [],
            Explanations = [.. decisions.Select(Explanation.Of).Select(e => e with { Reasons = veil.Of(e.Reasons) })],
            Ledger = !veil.ShowsAssignment ? [] : [.. ledger.Select(a => new LedgerEntry(a.At, a.RuleId, a.PolicyVersion, a.OwnerId, a.PoolId, a.ActorId, CandidateLedger.Unpack(a.Candidates)))],
            Ownerships = await db.Set<OwnershipRecord>().AsNoTracking().Where(o => history.Contains(o.LeadId)).OrderByDescending(o => o.Id).ToListAsync(ct),
            Touches = !veil.Shows("score") ? [] : await db.Set<Touch>().AsNoTracking().Where(t => t.LeadId == id).OrderByDescending(t => t.Id).Take(Touches).ToListAsync(ct),
            Relatives = [.. kin.Select(r => r with { Lead = r.Lead.Veiled(viewer, setting) })],
            Account = account is null ? null : await db.Set<Account>().Where(a => a.Id == account).Select(a => a.Name).SingleOrDefaultAsync(ct),
            OpensAccount = account is not null && viewer.May(Permission.ManageAccounts) && await viewer.Accounts(db).AnyAsync(a => a.Id == account, ct),
        };
    }

    /// <summary>A page of the lead's timeline, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="id">The lead.</param>
    /// <param name="before">Only what stands before this position of the log; null begins with the latest.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The events, and the position before which the next page begins; null at the end.</returns>
    public async Task<(IReadOnlyList<EventRecord> Events, long? Next)> Timeline(Viewer viewer, Guid id, long? before, int take = 20, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            return ([], null);
        }

        var veil = viewer.Veil(setting, lead);

        var history = await db.WithMerged(id, ct);
        var events = db.Set<EventRecord>().AsNoTracking().Where(e => history.Contains(e.SubjectId) && e.Kind != LeadEvent.Viewed);
        var read = (await (before is { } position ? events.Where(e => e.Position < position) : events)
            .OrderByDescending(e => e.Position).Take(take + 1).ToListAsync(ct)).ConvertAll(veil.Of);
        return read.Count > take ? (read[..take], read[take - 1].Position) : (read, null);
    }

    private static async Task<LeadRights> Rights(GranaryDb db, Viewer viewer, Lead lead, CancellationToken ct)
    {
        async Task<bool> May(Permission permission) => viewer.May(permission) && await viewer.Leads(db, permission).AnyAsync(l => l.Id == lead.Id, ct);
        return new(
            await May(Permission.EditLeads), await May(Permission.AssignLeads), viewer.MayLookInPool(lead) || await May(Permission.RevealContacts), await May(Permission.CheckHeldLeads));
    }
}
