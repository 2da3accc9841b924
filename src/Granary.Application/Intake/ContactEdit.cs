using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>
/// Changes the contact points of a stored lead. A key that is given up keeps a head (seq 0) as long as anybody holds it, so
/// that whoever comes next still finds those before (docs/adr/0004).
/// </summary>
internal static class ContactEdit
{
    /// <summary>Makes the lead hold these contact points and no others; tells which kinds changed, never their values.</summary>
    public static async Task<List<FieldChange>> Apply(LeadWork work, Lead lead, IReadOnlyList<ContactPoint> before, IReadOnlyList<ContactPoint> after, CancellationToken ct)
    {
        // What could not be read has a key of its own each time; it stays while it is still typed there.
        var added = after.Where(a => a.Kind != ContactKind.Unusable && before.All(b => b.Key != a.Key)).OrderBy(c => c.Key, IdOrder.Instance).ToList();
        var unusable = after.Any(a => a.Kind == ContactKind.Unusable);
        var removed = before.Where(b => b.Kind == ContactKind.Unusable ? !unusable : after.All(a => a.Key != b.Key)).ToList();
        await Add(work, lead, added, ct);
        foreach (var contact in removed.OrderBy(c => c.Key, IdOrder.Instance))
        {
            await Remove(work, lead, contact, ct);
        }

        return [.. added.Concat(removed).Select(c => c.Kind).Distinct().Order().Select(kind => new FieldChange(Field(kind), null, null))];
    }

    private static async Task Add(LeadWork work, Lead lead, List<ContactPoint> added, CancellationToken ct)
    {
        if (added.Count == 0)
        {
            return;
        }

        foreach (var contact in added)
        {
            (contact.LeadId, contact.Seq) = (lead.Id, 0);
        }

        var reads = BatchReads.Of(work.Scope);
        var first = await reads.First(added, [], [], ct);
        var second = await reads.Second(first.Held, ct);
        work.TakeBoard(second.Rotations, second.Loads);
        var further = added.FindAll(c => first.Held.Contains(c.Key));
        further.ForEach(c => c.Seq = second.Contacts[c.Key].Next);
        await work.Scope.Insert().Add(further).Send(ct);
    }

    private static async Task Remove(LeadWork work, Lead lead, ContactPoint contact, CancellationToken ct)
    {
        var holders = work.Scope.Db.Set<ContactPoint>().Where(c => c.Key == contact.Key);
        if (!work.Scope.Store.IsSqlite)
        {
            await work.Scope.Db.Database.ExecuteSqlAsync($"SELECT FROM contact_point WHERE key = {contact.Key} AND seq = 0 FOR UPDATE", ct);
        }

        await holders.Where(c => c.LeadId == lead.Id).ExecuteDeleteAsync(ct);
        if (!await holders.AnyAsync(c => c.Seq == 0, ct) && await holders.MinAsync(c => (int?)c.Seq, ct) is { } next)
        {
            await holders.Where(c => c.Seq == next).ExecuteUpdateAsync(c => c.SetProperty(x => x.Seq, 0), ct);
        }
    }

    private static string Field(ContactKind kind) => kind switch
    {
        ContactKind.Phone => "contact.phones",
        ContactKind.WeChat => "contact.wechat",
        ContactKind.Email => "contact.emails",
        _ => "contact",
    };
}
