using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Merging;

/// <summary>A contact point that went over to the survivor.</summary>
/// <param name="Key">Its blind index.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Ordinal">Its place at the lead it came from.</param>
/// <param name="Value">The value where the survivor had it already, so that only one of the two was kept.</param>
internal sealed record MovedContact(Guid Key, ContactKind Kind, int Ordinal, string? Value);

/// <summary>Contact points that go over with a merge and back with its undoing (docs/adr/0004: numbers of holders are never reused).</summary>
internal static class MovedContacts
{
    /// <summary>Moves them; what both hold is kept once.</summary>
    public static async Task<IReadOnlyList<MovedContact>> Move(GranaryDb db, Vault vault, Guid from, Guid to, CancellationToken ct)
    {
        var points = await db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == from || c.LeadId == to).OrderBy(c => c.Ordinal).ToListAsync(ct);
        var held = points.Where(c => c.LeadId == to).Select(c => c.Key).ToHashSet();
        var next = points.Where(c => c.LeadId == to).Select(c => c.Ordinal + 1).DefaultIfEmpty().Max();
        List<MovedContact> moved = [];
        foreach (var point in points.Where(c => c.LeadId == from))
        {
            var row = db.Set<ContactPoint>().Where(c => c.Key == point.Key && c.Seq == point.Seq && c.LeadId == from);
            if (held.Add(point.Key))
            {
                var ordinal = next++;
                await row.ExecuteUpdateAsync(c => c.SetProperty(x => x.LeadId, to).SetProperty(x => x.Ordinal, ordinal), ct);
                moved.Add(new MovedContact(point.Key, point.Kind, point.Ordinal, null));
            }
            else
            {
                await row.ExecuteDeleteAsync(ct);
                moved.Add(new MovedContact(point.Key, point.Kind, point.Ordinal, vault.Open(point.Value)));
            }
        }

        return moved;
    }

    /// <summary>Moves back what the survivor still holds, and makes anew what was kept once.</summary>
    public static async Task Back(WriteScope scope, Vault vault, IReadOnlyList<MovedContact> moved, Guid from, Guid to, CancellationToken ct)
    {
        foreach (var point in moved.Where(m => m.Value is null))
        {
            await scope.Db.Set<ContactPoint>().Where(c => c.Key == point.Key && c.LeadId == to)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.LeadId, from).SetProperty(x => x.Ordinal, point.Ordinal), ct);
        }

        var anew = moved.Where(m => m.Value is not null).OrderBy(m => m.Key, IdOrder.Instance).ToList();
        if (anew.Count == 0)
        {
            return;
        }

        var holders = await BatchReads.Of(scope).Holders([.. anew.Select(m => m.Key)], ct);
        await scope.Insert().Add(anew.ConvertAll(m => new ContactPoint
        {
            Key = m.Key,
            Seq = holders.TryGetValue(m.Key, out var key) ? key.Next : 0,
            LeadId = from,
            Kind = m.Kind,
            Ordinal = m.Ordinal,
            Value = vault.Seal(m.Value!),
        })).Send(ct);
    }
}
