using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// Finds the account that a lead becomes part of, or makes it (§12: new or matched). Those of one company wait for each other, so that
/// two leads of it that are converted at once make one account.
/// </summary>
internal sealed class AccountOfLead(LeadWork work, Viewer viewer, Vault vault, Lead lead)
{
    private GranaryDb Db => work.Scope.Db;

    /// <summary>The account, whether it was made, or why there is none.</summary>
    public async Task<(Account? Account, bool Made, LeadResult? Refusal)> Find(ConversionAccount? asked, CancellationToken ct)
    {
        if (asked?.Id is { } id)
        {
            return await Reached(id, ct) is { } named ? (named, false, null) : (null, false, new LeadResult.Invalid([new FieldError("account.id", "unknown_value")]));
        }

        if (lead.AccountId is { } belongs)
        {
            return await Reached(belongs, ct) is { } own ? (own, false, null) : (null, false, new LeadResult.Refused(OpportunityRefusal.AccountOfAnother));
        }

        var typed = CleanText.Line(asked?.Name) ?? lead.CompanyName;
        var name = CompanyName.Parse(typed);
        await CompanyLock.Take(work.Scope, name, lead.CreditCode, ct);
        var points = await Points(ct);
        var matches = await Matches(name, points, ct);
        foreach (var match in matches)
        {
            if (await Reached(match, ct) is { } found)
            {
                return (found, false, null);
            }
        }

        return matches.Count > 0 ? (null, false, new LeadResult.Refused(OpportunityRefusal.AccountOfAnother))
            : name is null ? (null, false, new LeadResult.Invalid([new FieldError("account.name", string.IsNullOrWhiteSpace(typed) ? "required" : "company_name")]))
            : (Make(typed!), true, null);
    }

    /// <summary>The ways to reach the lead's person, as they were typed.</summary>
    public Task<List<ContactPoint>> Points(CancellationToken ct) =>
        Db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == lead.Id && c.Kind != ContactKind.Unusable).OrderBy(c => c.Ordinal).ToListAsync(ct);

    // An account that nobody owns is nobody else's.
    private async Task<Account?> Reached(Guid id, CancellationToken ct) =>
        await viewer.Accounts(Db).SingleOrDefaultAsync(a => a.Id == id, ct)
        ?? await Db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id && a.MergedIntoId == null && (a.OwnerId == null || a.OwnerId == lead.OwnerId), ct);

    // The closest first: one register number, one name, then somebody's number or address where the company agrees or none is named.
    private async Task<IReadOnlyList<Guid>> Matches(CompanyName? name, List<ContactPoint> points, CancellationToken ct)
    {
        Guid? code = lead.CreditCode is null ? null : vault.CreditCodeKey(lead.CreditCode);
        Guid? company = name is null ? null : vault.CompanyKey(name.Core);
        var contacts = points.ConvertAll(p => p.Key);
        var keys = contacts.Append(code ?? Guid.Empty).Append(company ?? Guid.Empty).Where(k => k != Guid.Empty).Distinct().ToArray();
        var rows = await Db.Set<AccountKey>().AsNoTracking().Where(k => keys.Contains(k.Key)).ToListAsync(ct);
        return
        [
            .. rows.Where(r => r.Key == code).OrderBy(r => r.AccountId)
                .Concat(rows.Where(r => r.Key == company && CompanyName.Parse(r.AccountName)?.ExactKey == name!.ExactKey).OrderBy(r => r.AccountId))
                .Concat(rows.Where(r => contacts.Contains(r.Key) && (name is null || CompanyName.Parse(r.AccountName)?.Core == name.Core)).OrderBy(r => r.AccountId))
                .Select(r => r.AccountId).Distinct(),
        ];
    }

    private Account Make(string typed)
    {
        var account = new Account
        {
            Id = Clock.NewId(work.Now),
            Name = typed,
            CreditCode = lead.CreditCode,
            OwnerId = lead.OwnerId,
            Industry = lead.Industry,
            Size = lead.Size,
            Headcount = lead.Headcount,
            Province = lead.Province,
            City = lead.City,
            CreatedAt = work.Now,
            ChangedAt = work.Now,
        };
        Db.Add(account);
        work.Changes.Happened(account.Id, AccountEvent.Created, work.Now, work.ActorId, new { account.Name, account.OwnerId, leadId = lead.Id });
        return account;
    }
}
