using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>Two leads beside each other before they are merged.</summary>
/// <param name="Survivor">The one that stays.</param>
/// <param name="Merged">The one that goes.</param>
/// <param name="Fields">Their fields.</param>
public sealed record LeadMergePreview(Lead Survivor, Lead Merged, IReadOnlyList<MergeField> Fields);

/// <summary>Two accounts beside each other before they are merged.</summary>
/// <param name="Survivor">The one that stays.</param>
/// <param name="Merged">The one that goes.</param>
/// <param name="Fields">Their fields.</param>
public sealed record AccountMergePreview(Account Survivor, Account Merged, IReadOnlyList<MergeField> Fields);

/// <summary>Reads merges, and what one would do.</summary>
public sealed class ReadMerges(Store store)
{
    private const int Most = 50;

    /// <summary>Whether the viewer may edit a lead; null of one that they do not see.</summary>
    public async Task<bool?> EditsLead(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AnyAsync(l => l.Id == id, ct) ? await viewer.Leads(db, Permission.EditLeads).AnyAsync(l => l.Id == id, ct) : null;
    }

    /// <summary>Two leads beside each other; null unless the viewer may edit both.</summary>
    public async Task<LeadMergePreview?> Leads(Viewer viewer, Guid id, Guid with, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var seen = viewer.Leads(db).Select(l => l.Id);
        var found = await viewer.Leads(db, Permission.EditLeads).AsNoTracking().Where(l => (l.Id == id || l.Id == with) && seen.Contains(l.Id)).ToListAsync(ct);
        return id != with && found.Find(l => l.Id == id) is { } survivor && found.Find(l => l.Id == with) is { } merged
            ? new LeadMergePreview(survivor, merged, LeadMergeFields.Of(survivor, merged))
            : null;
    }

    /// <summary>What was merged into a lead, the latest first; null of a lead that the viewer does not see.</summary>
    public async Task<IReadOnlyList<RecordMerge>?> OfLead(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AnyAsync(l => l.Id == id, ct) ? await Of(db, id, ct) : null;
    }

    /// <summary>Two accounts beside each other; null unless the viewer reaches both.</summary>
    public async Task<AccountMergePreview?> Accounts(Viewer viewer, Guid id, Guid with, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var found = await viewer.Accounts(db).AsNoTracking().Where(a => a.Id == id || a.Id == with).ToListAsync(ct);
        return id != with && found.Find(a => a.Id == id) is { } survivor && found.Find(a => a.Id == with) is { } merged
            ? new AccountMergePreview(survivor, merged, AccountMergeFields.Of(survivor, merged))
            : null;
    }

    /// <summary>What was merged into an account, the latest first; null of an account that the viewer does not see.</summary>
    public async Task<IReadOnlyList<RecordMerge>?> OfAccount(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Accounts(db).AnyAsync(a => a.Id == id, ct) ? await Of(db, id, ct) : null;
    }

    /// <summary>The account into which one was merged, where the viewer sees it.</summary>
    public async Task<Guid?> AccountOf(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.AccountMergedInto(db, id, ct);
    }

    /// <summary>The lead into which one was merged, where the viewer sees it.</summary>
    public async Task<Guid?> LeadOf(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.MergedInto(db, id, ct);
    }

    private static async Task<IReadOnlyList<RecordMerge>> Of(GranaryDb db, Guid survivorId, CancellationToken ct) =>
        await db.Set<RecordMerge>().AsNoTracking().Where(m => m.SurvivorId == survivorId).OrderByDescending(m => m.Id).Take(Most).ToListAsync(ct);
}
