using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Finds the contact of an account that a lead's person is, or makes it (§12: new or matched).</summary>
internal static class ContactOfLead
{
    private const string Unnamed = "—";

    /// <summary>The contact and whether it was made; none where the lead names nobody and no way to reach anybody.</summary>
    public static async Task<(AccountContact? Contact, bool Made)> Find(LeadWork work, Vault vault, Lead lead, Account account, List<ContactPoint> points, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var values = points.Select(p => vault.Open(p.Value)).ToHashSet(StringComparer.Ordinal);
        var known = await db.Set<AccountContact>().Where(c => c.AccountId == account.Id && c.Until == null).OrderBy(c => c.Id).ToListAsync(ct);
        if (known.Find(c => Holds(vault, c, values)) is { } same)
        {
            return (same, false);
        }

        if (points.Count == 0 && lead.ContactName is null)
        {
            return (null, false);
        }

        // Without any way to reach them, a name is all there is to go by.
        if (points.Count == 0 && known.Find(c => c.Name == lead.ContactName) is { } named)
        {
            return (named, false);
        }

        var contact = await new ContactWork(db, vault).Add(
            account.Id,
            new AccountContactInput(lead.ContactName ?? Unnamed, lead.Title, First(vault, points, ContactKind.Phone), First(vault, points, ContactKind.Email))
            {
                WeChat = First(vault, points, ContactKind.WeChat),
                Roles = lead.Role is { } role ? [role] : [],
                KeyPerson = lead.Role == BuyingRole.DecisionMaker,
            },
            work.Now,
            ct);
        work.Changes.Happened(account.Id, AccountEvent.ContactAdded, work.Now, work.ActorId, new AccountEvent.ContactData(contact.Id, []));
        return (contact, true);
    }

    private static bool Holds(Vault vault, AccountContact contact, HashSet<string> values) =>
        new[] { contact.Phone, contact.Email, contact.WeChat }.Any(sealedText => sealedText is { } text && values.Contains(vault.Open(text)));

    private static string? First(Vault vault, List<ContactPoint> points, ContactKind kind)
    {
        if (points.Find(p => p.Kind == kind) is not { } point)
        {
            return null;
        }

        var value = vault.Open(point.Value);
        return kind == ContactKind.Phone && PhoneNumber.TryParse(value, out var phone, out _) ? phone.Full : value;
    }
}
