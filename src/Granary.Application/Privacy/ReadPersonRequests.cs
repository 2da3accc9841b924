using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>A request, opened.</summary>
/// <param name="Request">The request.</param>
/// <param name="Person">What the person said of themselves, by line; empty once they are erased.</param>
/// <param name="Identity">How their identity was checked.</param>
/// <param name="Wish">What is asked in detail.</param>
/// <param name="Note">What they are told.</param>
public sealed record OpenedRequest(PersonRequest Request, IReadOnlyList<string> Person, string? Identity, PersonWish? Wish, string? Note);

/// <summary>A request with what is kept about its person, and what was proved of it.</summary>
/// <param name="Opened">The request.</param>
/// <param name="Found">What is kept about the person.</param>
/// <param name="Proofs">Proofs, the earliest first.</param>
public sealed record RequestDetail(OpenedRequest Opened, FoundPerson Found, IReadOnlyList<PrivacyProof> Proofs);

/// <summary>The desk of those who manage privacy: finds persons, lists and opens requests.</summary>
public sealed class ReadPersonRequests(Store store, Vault vault, PersonRecords records, TimeProvider time)
{
    /// <summary>Most texts of a search.</summary>
    public const int MostTexts = 20;

    /// <summary>Finds a person by what somebody typed; each search is in the log, without what was searched for.</summary>
    public async Task<FoundPerson?> Search(Viewer viewer, IReadOnlyList<string> texts, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ManagePrivacy) || texts.Count > MostTexts)
        {
            return null;
        }

        var now = time.Now;
        var (traces, names) = records.Typed(vault, texts);
        FoundPerson found;
        await using (var db = store.Open())
        {
            var leads = await PersonRecords.Leads(db, [.. traces.Select(t => t.Key)], names, [], ct);
            found = await records.Find(db, vault, [.. traces.Select(t => t.Key)], leads, now, ct);
        }

        await store.Write(
            scope =>
            {
                scope.Db.Add(new EventRecord { SubjectId = viewer.UserId, Kind = PersonRequestEvent.Searched, At = now, ActorId = viewer.UserId, Data = Json.Write(new { leads = found.Leads.Count }) });
                return scope.Db.SaveChangesAsync(ct);
            },
            ct);
        return found;
    }

    /// <summary>Requests: those that wait, the first due first; or those that were decided, the latest first.</summary>
    public async Task<IReadOnlyList<OpenedRequest>> List(Viewer viewer, bool waiting, Guid? after, int take, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ManagePrivacy))
        {
            return [];
        }

        await using var db = store.Open();
        var requests = db.Set<PersonRequest>().AsNoTracking();
        if (waiting)
        {
            requests = requests.Where(r => r.State == PersonRequestState.Open || r.State == PersonRequestState.Deferred);
            if (after is { } last && await db.Set<PersonRequest>().Where(r => r.Id == last).Select(r => (DateTimeOffset?)r.DueAt).SingleOrDefaultAsync(ct) is { } due)
            {
                requests = requests.Where(r => r.DueAt > due || (r.DueAt == due && r.Id > last));
            }

            requests = requests.OrderBy(r => r.DueAt).ThenBy(r => r.Id);
        }
        else
        {
            requests = requests.Where(r => r.State == PersonRequestState.Done || r.State == PersonRequestState.Refused);
            requests = (after is { } id ? requests.Where(r => r.Id < id) : requests).OrderByDescending(r => r.Id);
        }

        return [.. (await requests.Take(take).ToListAsync(ct)).Select(Open)];
    }

    /// <summary>One request; null when there is none for this viewer.</summary>
    public async Task<RequestDetail?> Find(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ManagePrivacy))
        {
            return null;
        }

        await using var db = store.Open();
        if (await db.Set<PersonRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
        {
            return null;
        }

        var leads = await PersonRecords.Leads(db, request.Keys, [], request.Leads, ct);
        var keys = await PersonRecords.KeysOf(db, request.Keys, [.. leads.Select(l => l.Id)], ct);
        return new RequestDetail(
            Open(request),
            await records.Find(db, vault, keys, leads, time.Now, ct),
            await db.Set<PrivacyProof>().AsNoTracking().Where(p => p.RequestId == id).OrderBy(p => p.Seq).ToListAsync(ct));
    }

    /// <summary>Everything that is kept about the person of a request, for them to have; each time it is in the log. Null when there is no such request, or it is none for data.</summary>
    public async Task<JsonObject?> File(Viewer viewer, Guid id, CancellationToken ct = default)
    {
        if (await Find(viewer, id, ct) is not { Opened.Request.Kind: PersonRequestKind.Access or PersonRequestKind.Export } detail)
        {
            return null;
        }

        await store.Write(
            scope =>
            {
                scope.Db.Add(PersonRequestEvent.Of(detail.Opened.Request, PersonRequestEvent.Opened, time.Now, viewer.UserId, new { rows = detail.Found.Counts.Values.Sum() }));
                return scope.Db.SaveChangesAsync(ct);
            },
            ct);
        var data = new JsonObject();
        foreach (var (name, rows) in detail.Found.Rows.Where(r => r.Value.Count > 0))
        {
            data[name] = new JsonArray([.. rows]);
        }

        return new JsonObject { ["requestId"] = id, ["madeAt"] = time.Now, ["data"] = data };
    }

    /// <summary>The first place at which the chain of proofs does not hold; null when it is whole.</summary>
    public async Task<long?> FirstFault(CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await PrivacyProofs.FirstFault(db, ct);
    }

    private OpenedRequest Open(PersonRequest request) => new(
        request,
        request.Person is { } person ? vault.Open(person).Split('\n') : [],
        request.Identity is { } identity ? vault.Open(identity) : null,
        request.Wish is { } wish ? Json.Read<PersonWish>(vault.Open(wish)) : null,
        request.Note is { } note ? vault.Open(note) : null);
}
