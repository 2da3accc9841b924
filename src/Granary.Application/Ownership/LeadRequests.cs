using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>A request with the lead it is about.</summary>
/// <param name="Request">The request.</param>
/// <param name="Lead">The lead as it stands.</param>
public sealed record RequestLine(LeadRequest Request, Lead Lead);

/// <summary>Reads requests about leads, for those who may decide them.</summary>
public sealed class LeadRequests(Store store)
{
    private const int MostTold = 10;

    /// <summary>What deciding a request asks for, on the lead it is about.</summary>
    /// <param name="kind">What is asked.</param>
    public static Permission DecidedWith(LeadRequestKind kind) => kind == LeadRequestKind.Adjustment ? Permission.AssignLeads : Permission.CheckHeldLeads;

    /// <summary>What waits for a viewer's decision, the oldest first.</summary>
    /// <param name="viewer">Who decides.</param>
    /// <param name="after">The id behind which the page begins; null from the start.</param>
    /// <param name="take">How many.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<IReadOnlyList<RequestLine>> OpenRequests(Viewer viewer, Guid? after = null, int take = 50, CancellationToken ct = default) =>
        Read(db => Waiting(db, viewer).Where(x => after == null || x.Id > after).OrderBy(x => x.Id), take, ct);

    /// <summary>What was decided about leads within a viewer's reach, the latest first.</summary>
    /// <inheritdoc cref="OpenRequests" path="/param"/>
    public Task<IReadOnlyList<RequestLine>> Decided(Viewer viewer, Guid? after = null, int take = 50, CancellationToken ct = default) =>
        Read(db => Within(db, viewer).Where(x => x.Decision != null && (after == null || x.Id < after)).OrderByDescending(x => x.Id), take, ct);

    /// <summary>What is asked about one lead: everything, for whoever sees the lead, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<LeadRequest>> Of(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AnyAsync(l => l.Id == leadId, ct)
            ? await db.Set<LeadRequest>().AsNoTracking().Where(r => r.LeadId == leadId).OrderByDescending(r => r.Id).Take(20).ToListAsync(ct)
            : [];
    }

    /// <summary>Those who are told of a request: supervisors near its owner, else whoever decides everything; both where it goes above.</summary>
    internal static IEnumerable<Guid> Deciders(Setting setting, LeadRequestKind kind, Guid? ownerId, Guid askedBy, bool above = false)
    {
        var permission = DecidedWith(kind);
        var deciders = setting.People.Values.Where(p => p.Id != askedBy && p.Status == PersonStatus.Active)
            .Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().Where(v => v.Scope(permission) != DataScope.None).ToList();
        var near = deciders.FindAll(v => ownerId is { } owner && v.Owners(permission)?.Contains(owner) == true);
        var all = above || near.Count == 0 ? deciders.FindAll(v => v.Owners(permission) is null) : [];
        return near.Concat(all).Select(v => v.UserId).Order().Take(MostTold);
    }

    /// <summary>What waits for a viewer's decision; nobody decides what they asked.</summary>
    internal static IQueryable<LeadRequest> Waiting(GranaryDb db, Viewer viewer) => Within(db, viewer).Where(r => r.Decision == null && r.AskedBy != viewer.UserId);

    private static IQueryable<LeadRequest> Within(GranaryDb db, Viewer viewer)
    {
        var assigns = viewer.Leads(db, Permission.AssignLeads);
        var checks = viewer.Leads(db, Permission.CheckHeldLeads);
        return db.Set<LeadRequest>().AsNoTracking().Where(r =>
            (r.Kind == LeadRequestKind.Adjustment && assigns.Any(l => l.Id == r.LeadId)) || (r.Kind == LeadRequestKind.Invalidation && checks.Any(l => l.Id == r.LeadId)));
    }

    private async Task<IReadOnlyList<RequestLine>> Read(Func<GranaryDb, IQueryable<LeadRequest>> which, int take, CancellationToken ct)
    {
        await using var db = store.Open();
        var read = await which(db).Take(take).ToListAsync(ct);
        var ids = read.ConvertAll(r => r.LeadId);
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        return [.. read.Select(r => new RequestLine(r, leads[r.LeadId]))];
    }
}
