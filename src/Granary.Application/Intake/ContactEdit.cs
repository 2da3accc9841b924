using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>Changes the contact points of a stored lead (docs/adr/0004).</summary>
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
        var given = removed.ConvertAll(c => c.Key);
        await work.Scope.Db.Set<ContactPoint>().Where(c => c.LeadId == lead.Id && given.Contains(c.Key)).ExecuteDeleteAsync(ct);

        return [.. added.Concat(removed).Select(c => c.Kind).Distinct().Order().Select(kind => new FieldChange(Field(kind), null, null))];
    }

    private static async Task Add(LeadWork work, Lead lead, List<ContactPoint> added, CancellationToken ct)
    {
        if (added.Count == 0)
        {
            return;
        }

        var held = await BatchReads.Of(work.Scope).Holders([.. added.Select(c => c.Key)], ct);
        foreach (var contact in added)
        {
            (contact.LeadId, contact.Seq) = (lead.Id, held.TryGetValue(contact.Key, out var key) ? key.Next : 0);
        }

        await work.Scope.Insert().Add(added).Send(ct);
    }

    private static string Field(ContactKind kind) => kind switch
    {
        ContactKind.Phone => "contact.phones",
        ContactKind.WeChat => "contact.wechat",
        ContactKind.Email => "contact.emails",
        _ => "contact",
    };
}
