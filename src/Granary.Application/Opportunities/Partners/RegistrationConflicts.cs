using System.Diagnostics.CodeAnalysis;
using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>Something that stands against a registration. What it is and whose is told; its contents are not.</summary>
/// <param name="Kind">What.</param>
/// <param name="Id">The lead, the opportunity or the registration.</param>
/// <param name="Name">The company, the opportunity's code, or the other partner.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">Until when protection lasts, or the wait for a decision.</param>
public sealed record RegistrationConflict(ConflictKind Kind, Guid Id, string Name, Guid? OwnerId, DateTimeOffset Since, DateTimeOffset? Until = null);

/// <summary>Looks for what stands against a registration by the company's core name (§12): own leads, open opportunities, other partners.</summary>
[SuppressMessage("Globalization", "CA1309", Justification = "The database compares, byte by byte.")]
internal static class RegistrationConflicts
{
    private const int Most = 20;

    /// <summary>What stands against it, the gravest first.</summary>
    /// <param name="db">The database.</param>
    /// <param name="vault">Makes keys.</param>
    /// <param name="name">The company.</param>
    /// <param name="partnerId">The partner who registers; their own registrations do not count.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IReadOnlyList<RegistrationConflict>> Of(GranaryDb db, Vault vault, CompanyName name, Guid? partnerId, CancellationToken ct)
    {
        var key = vault.CompanyKey(name.Core);
        var (from, to) = CompanyRange.OfCore(name.Core);
        var registrations = await (from r in db.Set<PartnerRegistration>()
                                   join p in db.Set<Partner>() on r.PartnerId equals p.Id
                                   where r.CompanyKey == key && r.PartnerId != partnerId && (r.State == RegistrationState.Asked || r.State == RegistrationState.Accepted)
                                   orderby r.AskedAt
                                   select new { r, p.Name, p.OwnerId }).AsNoTracking().Take(Most).ToListAsync(ct);
        var accounts = await db.Set<AccountKey>().Where(k => k.Key == key).Select(k => k.AccountId).Distinct().Take(Most).ToListAsync(ct);
        var opportunities = await db.Set<Opportunity>().AsNoTracking().Where(o => accounts.Contains(o.AccountId) && o.ClosedAt == null).OrderBy(o => o.CreatedAt).Take(Most).ToListAsync(ct);
        var leads = await db.Set<Lead>().AsNoTracking()
            .Where(l => string.Compare(l.CompanyKey, from) >= 0 && string.Compare(l.CompanyKey, to) < 0 && l.MergedIntoId == null && l.Status != LeadStatus.Invalid && l.Status != LeadStatus.Voided && l.Status != LeadStatus.Converted)
            .OrderBy(l => l.ReceivedAt).Take(Most).ToListAsync(ct);
        return
        [
            .. registrations.Select(r => new RegistrationConflict(r.r.State == RegistrationState.Accepted ? ConflictKind.Protected : ConflictKind.Asked, r.r.Id, r.Name, r.OwnerId, r.r.AskedAt, r.r.ExpiresAt))
                .OrderByDescending(r => r.Kind),
            .. opportunities.Select(o => new RegistrationConflict(ConflictKind.Opportunity, o.Id, o.Code, o.OwnerId, o.CreatedAt)),
            .. leads.Select(l => new RegistrationConflict(ConflictKind.Lead, l.Id, l.CompanyName!, l.OwnerId, l.ReceivedAt)),
        ];
    }
}
