using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>A partner as their list shows them.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Waiting">Registrations that wait.</param>
/// <param name="Protected">Companies at which they are protected.</param>
/// <param name="Opportunities">Opportunities that came of theirs.</param>
/// <param name="Won">How many of those were won.</param>
/// <param name="Amount">The amount of those that are open or won.</param>
public sealed record ListedPartner(Partner Partner, int Waiting, int Protected, int Opportunities, int Won, decimal Amount);

/// <summary>A registration as a list shows it.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Opportunity">The opportunity that came of it, where the reader sees it.</param>
public sealed record ListedRegistration(PartnerRegistration Registration, Partner Partner, Opportunity? Opportunity);

/// <summary>Which registrations a list shows.</summary>
/// <param name="PartnerId">The partner's.</param>
/// <param name="State">In a state.</param>
/// <param name="Company">Of a company, by its core name.</param>
public sealed record RegistrationFilter(Guid? PartnerId = null, RegistrationState? State = null, string? Company = null);

/// <summary>Reads partners, their registrations and what came of them.</summary>
public sealed class ReadPartners(Store store, Vault vault, SettingCache settings)
{
    /// <summary>Rows of a page when nothing else is asked for.</summary>
    public const int PageSize = 50;

    private const int MostOpportunities = 200;

    /// <summary>A page of partners, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="kind">Of a kind.</param>
    /// <param name="q">A part of the name.</param>
    /// <param name="after">The last partner of the page before.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<ListedPartner> Items, Guid? Next)> List(Viewer viewer, PartnerKind? kind = null, string? q = null, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var partners = viewer.Partners(db).AsNoTracking();
        partners = kind is { } wanted ? partners.Where(p => p.Kind == wanted) : partners;
        partners = CleanText.Line(q) is { Length: > 0 } text ? partners.Where(p => p.Name.Contains(text)) : partners;
        var read = await (after is { } last ? partners.Where(p => p.Id < last) : partners).OrderByDescending(p => p.Id).Take(take + 1).ToListAsync(ct);
        var page = read.Take(take).ToList();
        return (await Counted(db, page, ct), read.Count > take ? page[^1].Id : null);
    }

    /// <summary>A partner; null when there is none for this viewer.</summary>
    public async Task<ListedPartner?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Partners(db).AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } partner ? (await Counted(db, [partner], ct))[0] : null;
    }

    /// <summary>A page of registrations, the latest first.</summary>
    public async Task<(IReadOnlyList<ListedRegistration> Items, Guid? Next)> Registrations(Viewer viewer, RegistrationFilter filter, Guid? after = null, int take = PageSize, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var all = viewer.Registrations(db).AsNoTracking();
        all = filter.PartnerId is { } partner ? all.Where(r => r.PartnerId == partner) : all;
        all = filter.State is { } state ? all.Where(r => r.State == state) : all;
        if (!string.IsNullOrWhiteSpace(filter.Company))
        {
            var key = CompanyName.Parse(filter.Company) is { } name ? vault.CompanyKey(name.Core) : Guid.Empty;
            all = all.Where(r => r.CompanyKey == key);
        }

        var read = await (after is { } last ? all.Where(r => r.Id < last) : all).OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
        var page = read.Take(take).ToList();
        return (await Listed(db, viewer, page, ct), read.Count > take ? page[^1].Id : null);
    }

    /// <summary>How many registrations wait for a decision.</summary>
    public async Task<int> Waiting(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Registrations(db).CountAsync(r => r.State == RegistrationState.Asked, ct);
    }

    /// <summary>A registration and what stands against it while it waits; null when there is none for this viewer.</summary>
    public async Task<(ListedRegistration Registration, IReadOnlyList<RegistrationConflict> Conflicts)?> Registration(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (await viewer.Registrations(db).AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } registration)
        {
            return null;
        }

        var conflicts = PartnerRegistrations.Lives(registration.State) ? await RegistrationConflicts.Of(db, vault, CompanyName.Parse(registration.Company)!, registration.PartnerId, ct) : [];
        return ((await Listed(db, viewer, [registration], ct))[0], conflicts);
    }

    /// <summary>The opportunities that came of a partner's registrations and that the reader sees, the latest first.</summary>
    public async Task<IReadOnlyList<Opportunity>> Opportunities(Viewer viewer, Guid partnerId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var ids = viewer.Registrations(db).Where(r => r.PartnerId == partnerId && r.OpportunityId != null).Select(r => r.OpportunityId!.Value);
        return await viewer.Opportunities(db).AsNoTracking().Where(o => ids.Contains(o.Id)).OrderByDescending(o => o.Id).Take(MostOpportunities).ToListAsync(ct);
    }

    /// <summary>The open opportunities of a registration's company that the reader sees: what it can be linked with.</summary>
    public async Task<IReadOnlyList<Opportunity>> Linkable(Viewer viewer, PartnerRegistration registration, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var key = registration.CompanyKey;
        var accounts = db.Set<AccountKey>().Where(k => k.Key == key).Select(k => k.AccountId);
        return await viewer.Opportunities(db).AsNoTracking().Where(o => accounts.Contains(o.AccountId)).OrderByDescending(o => o.Id).Take(MostOpportunities).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<ListedPartner>> Counted(GranaryDb db, List<Partner> partners, CancellationToken ct)
    {
        var policy = (await settings.Get(ct)).Opportunities;
        var ids = partners.ConvertAll(p => p.Id);
        var states = await db.Set<PartnerRegistration>().Where(r => ids.Contains(r.PartnerId)).GroupBy(r => new { r.PartnerId, r.State }).Select(g => new { g.Key.PartnerId, g.Key.State, Count = g.Count() }).ToListAsync(ct);
        var deals = await (from r in db.Set<PartnerRegistration>()
                           join o in db.Set<Opportunity>() on r.OpportunityId equals o.Id
                           where ids.Contains(r.PartnerId)
                           select new { r.PartnerId, o.Id, o.Line, o.Stage, o.ClosedAt, o.Amount }).Distinct().ToListAsync(ct);
        int In(Partner p, RegistrationState state) => states.Where(s => s.PartnerId == p.Id && s.State == state).Sum(s => s.Count);
        bool Lost(string line, string stage) => policy.Line(line)?.Stage(stage)?.Kind == StageKind.Lost;
        bool Won(string line, string stage) => policy.Line(line)?.Stage(stage)?.Kind == StageKind.Won;
        return
        [
            .. partners.Select(p =>
            {
                var own = deals.FindAll(d => d.PartnerId == p.Id);
                return new ListedPartner(p, In(p, RegistrationState.Asked), In(p, RegistrationState.Accepted), own.Count, own.Count(d => Won(d.Line, d.Stage)), own.Where(d => !Lost(d.Line, d.Stage)).Sum(d => d.Amount));
            }),
        ];
    }

    private static async Task<IReadOnlyList<ListedRegistration>> Listed(GranaryDb db, Viewer viewer, List<PartnerRegistration> registrations, CancellationToken ct)
    {
        var (partners, deals) = (registrations.Select(r => r.PartnerId).Distinct().ToList(), registrations.Select(r => r.OpportunityId).OfType<Guid>().Distinct().ToList());
        var named = await db.Set<Partner>().AsNoTracking().Where(p => partners.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var seen = await viewer.Opportunities(db).AsNoTracking().Where(o => deals.Contains(o.Id)).ToDictionaryAsync(o => o.Id, ct);
        return [.. registrations.Select(r => new ListedRegistration(r, named[r.PartnerId], r.OpportunityId is { } deal ? seen.GetValueOrDefault(deal) : null))];
    }
}
