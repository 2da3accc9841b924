using System.Text.Json.Nodes;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>
/// A person's entries of the consent ledger. On erasure what shows them and every link to the person goes; that a consent was given
/// and ended stays for counting, and so does what they do not want (<see cref="ConsentStop"/>), lest they be contacted again.
/// </summary>
public sealed class ConsentPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "consent";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var records = await Of(work).AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct);
        return
        [
            .. records.Select(c => Row(
                ("leadId", c.LeadId), ("purpose", c.Purpose), ("textVersion", c.TextVersion), ("channel", c.Channel), ("givenAt", c.GivenAt), ("source", c.Source),
                ("evidence", c.Evidence is { } evidence ? JsonNode.Parse(work.Vault.Open(evidence)) : null), ("withdrawnAt", c.WithdrawnAt), ("withdrawnHow", c.WithdrawnHow),
                ("reason", c.Reason is { } reason ? work.Vault.Open(reason) : null))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var records = await Of(work).ToListAsync(ct);
        var ids = records.ConvertAll(c => c.Id);
        foreach (var record in records)
        {
            (record.Evidence, record.Reason) = (null, null);
        }

        await work.Db.SaveChangesAsync(ct);
        await work.Db.Set<ConsentKey>().Where(k => ids.Contains(k.ConsentId)).ExecuteDeleteAsync(ct);
        return records.Count;
    }

    private static IQueryable<ConsentRecord> Of(PersonWork work) =>
        work.Db.Set<ConsentRecord>().Where(c => work.Leads.Contains(c.LeadId) || work.Db.Set<ConsentKey>().Any(k => k.ConsentId == c.Id && work.Keys.Contains(k.Key)));
}
