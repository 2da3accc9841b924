using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>Where a person stands towards a purpose.</summary>
/// <param name="Purpose">Key of the purpose.</param>
/// <param name="Permitted">Whether data may be used for it.</param>
/// <param name="Since">Since when it was agreed to or ended; null where nobody said anything.</param>
public sealed record PurposeState(string Purpose, bool Permitted, DateTimeOffset? Since);

/// <summary>Tells whether data may be used for a purpose: the one place that every sender, caller and rule asks.</summary>
public sealed class Consents(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Whether the data of a lead may be used for a purpose.</summary>
    /// <param name="leadId">The lead.</param>
    /// <param name="purpose">Key of the purpose; one that nobody set up is permitted only where it was agreed to.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<bool> Permits(Guid leadId, string purpose, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return (await Permitted(db, await settings.Get(ct), [leadId], purpose, ct)).Contains(leadId);
    }

    /// <summary>Those of some leads whose data may be used for a purpose, within the caller's own transaction.</summary>
    /// <param name="db">The database.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="leads">The leads, at most some thousand.</param>
    /// <param name="purpose">Key of the purpose.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<HashSet<Guid>> Permitted(GranaryDb db, Setting setting, IReadOnlyCollection<Guid> leads, string purpose, CancellationToken ct)
    {
        var ids = leads.ToArray();
        var open = await db.Set<Lead>()
            .Where(l => ids.Contains(l.Id) && l.AnonymisedAt == null && (l.Privacy & (LeadPrivacy.ConsentWithdrawn | LeadPrivacy.Restricted)) == 0).Select(l => l.Id).ToListAsync(ct);
        var stopped = await db.Set<ContactPoint>()
            .Where(c => ids.Contains(c.LeadId) && db.Set<ConsentStop>().Any(s => s.Key == c.Key && s.Purpose == purpose)).Select(c => c.LeadId).Distinct().ToListAsync(ct);
        // A lead without contact points is known by itself alone.
        stopped.AddRange(await db.Set<ConsentRecord>()
            .Where(c => ids.Contains(c.LeadId) && c.Purpose == purpose && c.WithdrawnAt != null
                && !db.Set<ContactPoint>().Any(p => p.LeadId == c.LeadId && p.Kind != ContactKind.Unusable)
                && !db.Set<ConsentRecord>().Any(o => o.LeadId == c.LeadId && o.Purpose == purpose && o.GivenAt != null && o.WithdrawnAt == null))
            .Select(c => c.LeadId).ToListAsync(ct));
        HashSet<Guid> permitted = [.. open.Except(stopped)];
        if (setting.Privacy.Purpose(purpose) is { AsksFirst: false })
        {
            return permitted;
        }

        var agreed = await db.Set<ConsentRecord>().Where(c => ids.Contains(c.LeadId) && c.Purpose == purpose && c.GivenAt != null && c.WithdrawnAt == null).Select(c => c.LeadId).ToListAsync(ct);
        agreed.AddRange(await db.Set<ContactPoint>()
            .Where(p => ids.Contains(p.LeadId) && p.Kind != ContactKind.Unusable && db.Set<ConsentKey>().Any(k => k.Key == p.Key
                && db.Set<ConsentRecord>().Any(c => c.Id == k.ConsentId && c.Purpose == purpose && c.GivenAt != null && c.WithdrawnAt == null)))
            .Select(p => p.LeadId).Distinct().ToListAsync(ct));
        permitted.IntersectWith(agreed);
        return permitted;
    }

    /// <summary>The ledger of a lead's person, the latest first, and where they stand; null when the viewer does not see the lead.</summary>
    public async Task<ConsentHistory?> Of(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        return await viewer.LeadsOfPrivacy(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is { } lead ? await History(db, setting, lead, ct) : null;
    }

    internal async Task<ConsentHistory> History(GranaryDb db, Setting setting, Lead lead, CancellationToken ct)
    {
        var keys = await ConsentLedger.KeysOf(db, [lead.Id], ct);
        var records = await db.Set<ConsentRecord>().AsNoTracking()
            .Where(c => c.LeadId == lead.Id || db.Set<ConsentKey>().Any(k => k.ConsentId == c.Id && keys.Contains(k.Key)))
            .OrderByDescending(c => c.Id).ToListAsync(ct);
        var stops = await db.Set<ConsentStop>().AsNoTracking().Where(s => keys.Contains(s.Key)).Select(s => s.Purpose).ToListAsync(ct);
        var purposes = setting.Privacy.Purposes.Select(p => p.Key).Union(records.Select(r => r.Purpose));
        return new ConsentHistory(lead, [.. purposes.Select(p => State(setting, lead, p, [.. records.Where(r => r.Purpose == p)], stops.Contains(p), keys.Length > 0))], [.. records.Select(Entry)]);
    }

    private static PurposeState State(Setting setting, Lead lead, string purpose, List<ConsentRecord> records, bool stopped, bool reachable)
    {
        var given = records.Where(r => r is { GivenAt: not null, WithdrawnAt: null }).Max(r => r.GivenAt);
        stopped |= lead.Stopped || (!reachable && given is null && records.Exists(r => r.WithdrawnAt is not null));
        var permitted = !stopped && (given is not null || setting.Privacy.Purpose(purpose) is { AsksFirst: false });
        return new PurposeState(purpose, permitted, permitted ? given : records.Max(r => r.WithdrawnAt));
    }

    private ConsentEntry Entry(ConsentRecord record) => new(
        record,
        record.Evidence is { } evidence ? Json.Read<ConsentEvidence>(vault.Open(evidence)) : null,
        record.Reason is { } reason ? vault.Open(reason) : null);
}

/// <summary>The ledger of a person.</summary>
/// <param name="Lead">The lead they are known by.</param>
/// <param name="States">Where they stand, by purpose.</param>
/// <param name="Entries">Entries, the latest first.</param>
public sealed record ConsentHistory(Lead Lead, IReadOnlyList<PurposeState> States, IReadOnlyList<ConsentEntry> Entries);

/// <summary>An entry of the ledger, opened.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Reason">Why it was withdrawn.</param>
public sealed record ConsentEntry(ConsentRecord Record, ConsentEvidence? Evidence, string? Reason);

/// <summary>Which leads somebody reaches for the sake of privacy.</summary>
public static class PrivacyScope
{
    extension(Viewer viewer)
    {
        /// <summary>The leads they see, and those that managing privacy reaches.</summary>
        public IQueryable<Lead> LeadsOfPrivacy(GranaryDb db) =>
            viewer.May(Permission.ManagePrivacy) && viewer.Owners(Permission.ManagePrivacy) is null ? db.Set<Lead>() : viewer.Leads(db);

        /// <summary>Whether they may record a consent or its withdrawal: its owner, and who manages privacy.</summary>
        public bool KeepsConsent(Lead lead) =>
            lead.OwnerId == viewer.UserId || (viewer.May(Permission.ManagePrivacy) && (viewer.Owners(Permission.ManagePrivacy) is not { } owners || (lead.OwnerId is { } owner && owners.Contains(owner))));
    }
}
