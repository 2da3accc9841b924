using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>What is kept about a person.</summary>
/// <param name="Keys">Blind indexes by which they are known.</param>
/// <param name="Leads">Leads that are about them, the latest first.</param>
/// <param name="Rows">All rows, by part.</param>
public sealed record FoundPerson(IReadOnlyList<Guid> Keys, IReadOnlyList<Lead> Leads, IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> Rows)
{
    /// <summary>How many rows each part keeps.</summary>
    public IReadOnlyDictionary<string, int> Counts => Rows.ToDictionary(r => r.Key, r => r.Value.Count);

    /// <summary>Whether nothing is kept.</summary>
    public bool IsEmpty => Rows.Values.All(rows => rows.Count == 0);
}

/// <summary>Finds, corrects and erases what is kept about persons, over all rooms.</summary>
public sealed class PersonRecords(IEnumerable<PersonPart> parts, PersonReading reading)
{
    private const int MostLeads = 1_000;

    private readonly IReadOnlyList<PersonPart> _parts = [.. parts];

    /// <summary>Reads what somebody typed about a person: contact points, and what is none, such as a name.</summary>
    public (IReadOnlyList<PersonTrace> Traces, IReadOnlyList<string> Names) Typed(Vault vault, IEnumerable<string> texts)
    {
        List<PersonTrace> traces = [];
        List<string> names = [];
        foreach (var text in texts.Select(t => t.Trim()).Where(t => t.Length > 0))
        {
            if (reading(vault, text) is { Count: > 0 } read)
            {
                traces.AddRange(read);
            }
            else
            {
                names.Add(text);
            }
        }

        return ([.. traces.DistinctBy(t => t.Key)], names);
    }

    /// <summary>Leads that hold one of some contact points, are called by one of some names, or have one of some ids; at most 1,000.</summary>
    public static Task<List<Lead>> Leads(GranaryDb db, IReadOnlyCollection<Guid> keys, IReadOnlyCollection<string> names, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var (wanted, called, known) = (keys.ToArray(), names.ToArray(), ids.ToArray());
        return db.Set<Lead>()
            .Where(l => known.Contains(l.Id) || (l.ContactName != null && called.Contains(l.ContactName)) || db.Set<ContactPoint>().Any(c => c.LeadId == l.Id && wanted.Contains(c.Key)))
            .OrderByDescending(l => l.Id).Take(MostLeads).ToListAsync(ct);
    }

    /// <summary>
    /// The contact points that are a person's alone: those they named and those of their leads, but for what a lead of somebody else
    /// holds too, such as the number of a switchboard.
    /// </summary>
    public static async Task<Guid[]> KeysOf(GranaryDb db, IReadOnlyCollection<Guid> named, Guid[] leads, CancellationToken ct)
    {
        var keys = named.Concat(await ConsentLedger.KeysOf(db, leads, ct)).Distinct().ToArray();
        var shared = await db.Set<ContactPoint>().Where(c => keys.Contains(c.Key) && !leads.Contains(c.LeadId)).Select(c => c.Key).Distinct().ToListAsync(ct);
        return [.. keys.Except(shared)];
    }

    /// <summary>Everything that is kept about a person.</summary>
    public async Task<FoundPerson> Find(GranaryDb db, Vault vault, IReadOnlyCollection<Guid> keys, IReadOnlyCollection<Lead> leads, DateTimeOffset now, CancellationToken ct)
    {
        var work = await Work(db, null, vault, keys, [.. leads.Select(l => l.Id)], now, null, Guid.Empty, ct);
        Dictionary<string, IReadOnlyList<JsonObject>> rows = [];
        foreach (var part in _parts)
        {
            rows[part.Name] = await part.Read(work, ct);
        }

        return new FoundPerson([.. keys], [.. leads], rows);
    }

    /// <summary>Corrects what is kept; how many rows each part changed.</summary>
    internal async Task<Dictionary<string, int>> Correct(WriteScope scope, Vault vault, PersonCorrection correction, Guid[] keys, Guid[] leads, DateTimeOffset now, Guid actorId, Guid reasonId, CancellationToken ct)
    {
        var work = await Work(scope.Db, scope, vault, keys, leads, now, actorId, reasonId, ct);
        return await Each(part => part.Correct(work, correction, ct));
    }

    /// <summary>Erases what is kept; how many rows each part changed.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="vault">Opens what is sealed.</param>
    /// <param name="keys">Blind indexes; empty where leads alone are meant.</param>
    /// <param name="leads">The leads.</param>
    /// <param name="now">The instant.</param>
    /// <param name="actorId">Who does it.</param>
    /// <param name="reasonId">The request or run it is done for.</param>
    /// <param name="ct">Cancellation.</param>
    internal async Task<Dictionary<string, int>> Erase(WriteScope scope, Vault vault, Guid[] keys, Guid[] leads, DateTimeOffset now, Guid? actorId, Guid reasonId, CancellationToken ct)
    {
        var work = await Work(scope.Db, scope, vault, keys, leads, now, actorId, reasonId, ct);
        var counts = await Each(part => part.Erase(work, ct));
        await scope.Db.SaveChangesAsync(ct);
        return counts;
    }

    private async Task<Dictionary<string, int>> Each(Func<PersonPart, Task<int>> act)
    {
        Dictionary<string, int> counts = [];
        foreach (var part in _parts)
        {
            if (await act(part) is > 0 and var changed)
            {
                counts[part.Name] = changed;
            }
        }

        return counts;
    }

    private async Task<PersonWork> Work(GranaryDb db, WriteScope? scope, Vault vault, IReadOnlyCollection<Guid> keys, Guid[] leads, DateTimeOffset now, Guid? actorId, Guid reasonId, CancellationToken ct)
    {
        // What was merged into a lead is about the same person, though it holds no contact point any more.
        leads = [.. leads.Union(await db.Set<Lead>().Where(l => l.MergedIntoId != null && leads.Contains(l.MergedIntoId.Value)).Select(l => l.Id).ToListAsync(ct))];
        var wanted = keys.ToArray();
        var own = wanted.Length == 0 ? [] : await db.Set<ContactPoint>().AsNoTracking().Where(c => leads.Contains(c.LeadId) && wanted.Contains(c.Key)).ToListAsync(ct);
        var work = new PersonWork
        {
            Db = db,
            Scope = scope,
            Vault = vault,
            Keys = wanted,
            Leads = leads,
            // As it is stored, and as people write a number at home.
            Values = [.. own.Select(c => vault.Open(c.Value).Split(';')[0]).SelectMany(v => v.StartsWith("+86", StringComparison.Ordinal) ? new[] { v, v[3..] } : [v]).Distinct()],
            Reading = reading,
            Now = now,
            ActorId = actorId,
            ReasonId = reasonId,
        };
        foreach (var part in wanted.Length == 0 ? [] : _parts)
        {
            await part.Learn(work, ct);
        }

        return work;
    }
}
