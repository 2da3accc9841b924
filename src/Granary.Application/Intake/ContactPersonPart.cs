using System.Text.Json.Nodes;
using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>Contact points of a person's leads.</summary>
public sealed class ContactPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "contact_point";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var contacts = await work.Db.Set<ContactPoint>().AsNoTracking().Where(c => work.Leads.Contains(c.LeadId)).OrderBy(c => c.LeadId).ThenBy(c => c.Ordinal).ToListAsync(ct);
        return [.. contacts.Select(c => Row(("leadId", c.LeadId), ("kind", c.Kind), ("value", work.Vault.Plain(c))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) =>
        work.Db.Set<ContactPoint>().Where(c => work.Leads.Contains(c.LeadId)).ExecuteDeleteAsync(ct);

    /// <inheritdoc />
    public override async Task<int> Correct(PersonWork work, PersonCorrection correction, CancellationToken ct)
    {
        var changed = 0;
        foreach (var (from, to) in correction.Replace.Select(r => (r.From, r.To)))
        {
            var old = work.Reading(work.Vault, from).Select(t => t.Key).ToArray();
            if (work.Reading(work.Vault, to) is not [var right, ..])
            {
                continue;
            }

            foreach (var contact in await work.Db.Set<ContactPoint>().AsNoTracking().Where(c => work.Leads.Contains(c.LeadId) && old.Contains(c.Key)).OrderBy(c => c.LeadId).ToListAsync(ct))
            {
                await work.Db.Set<ContactPoint>().Where(c => c.Key == contact.Key && c.Seq == contact.Seq).ExecuteDeleteAsync(ct);
                if (!await work.Db.Set<ContactPoint>().AnyAsync(c => c.Key == right.Key && c.LeadId == contact.LeadId, ct))
                {
                    // Behind those who hold it already; should another node take the number, the database has this done again.
                    var last = await work.Db.Set<ContactPoint>().Where(c => c.Key == right.Key).MaxAsync(c => (int?)c.Seq, ct) ?? -1;
                    contact.Key = right.Key;
                    (contact.Seq, contact.Value, contact.Kind) = (last + 1, work.Vault.Seal(right.Value), KindOf(right.Value));
                    await work.Scope!.Insert().Add([contact]).Send(ct);
                }

                changed++;
            }
        }

        return changed;
    }

    private static ContactKind KindOf(string value) =>
        value.Contains('@', StringComparison.Ordinal) ? ContactKind.Email : value.StartsWith('+') ? ContactKind.Phone : ContactKind.WeChat;
}
