using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>Partners whose company is an account, which go over when two become one.</summary>
public sealed class PartnersOfAccount : AccountMergePart
{
    /// <inheritdoc />
    public override string Name => "partner";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        var ids = await db.Set<Partner>().Where(p => p.AccountId == from).Select(p => p.Id).ToListAsync(ct);
        await Set(db, ids, from, to, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Guid from, Guid to, CancellationToken ct) => Set(db, ids, to, from, ct);

    private static Task<int> Set(GranaryDb db, IReadOnlyList<Guid> ids, Guid was, Guid becomes, CancellationToken ct) => db.Set<Partner>().Where(p => p.AccountId == was && ids.Contains(p.Id))
        .ExecuteUpdateAsync(p => p.SetProperty(x => x.AccountId, becomes).SetProperty(x => x.Version, x => x.Version + 1), ct);
}

/// <summary>What was written in registrations and notes of partners that names a person; those words go, the rest stays.</summary>
public sealed class PartnerPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "partner_registration";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct) =>
    [
        .. (await Registrations(work, ct)).Select(r => Row(("id", r.Id), ("company", r.Company), ("at", r.AskedAt), ("need", work.Named(r.Need) ? r.Need : null), ("reason", work.Named(r.Reason) ? r.Reason : null))),
        .. (await Partners(work, ct)).Select(p => Row(("id", p.Id), ("company", p.Name), ("note", p.Note))),
    ];

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var (registrations, partners) = (await Registrations(work, ct), await Partners(work, ct));
        foreach (var registration in registrations)
        {
            registration.Need = work.Named(registration.Need) ? PersonWork.Gone : registration.Need;
            registration.Reason = work.Named(registration.Reason) ? PersonWork.Gone : registration.Reason;
            registration.Version++;
        }

        foreach (var partner in partners)
        {
            (partner.Note, partner.Version) = (null, partner.Version + 1);
        }

        await work.Db.SaveChangesAsync(ct);
        return registrations.Count + partners.Count;
    }

    private static async Task<IReadOnlyList<PartnerRegistration>> Registrations(PersonWork work, CancellationToken ct)
    {
        Dictionary<Guid, PartnerRegistration> found = [];
        foreach (var value in work.Names.Concat(work.Values))
        {
            foreach (var row in await work.Db.Set<PartnerRegistration>().Where(r => r.Need.Contains(value) || (r.Reason != null && r.Reason.Contains(value))).ToListAsync(ct))
            {
                found[row.Id] = row;
            }
        }

        return [.. found.Values.OrderBy(r => r.Id)];
    }

    private static async Task<IReadOnlyList<Partner>> Partners(PersonWork work, CancellationToken ct)
    {
        Dictionary<Guid, Partner> found = [];
        foreach (var value in work.Names.Concat(work.Values))
        {
            foreach (var row in await work.Db.Set<Partner>().Where(p => p.Note != null && p.Note.Contains(value)).ToListAsync(ct))
            {
                found[row.Id] = row;
            }
        }

        return [.. found.Values.OrderBy(p => p.Id)];
    }
}
