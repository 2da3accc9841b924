using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake;

/// <summary>The leads that the rows of a batch update, found by the field the importer chose (§3 Import modes).</summary>
internal sealed class UpdateTargets
{
    private readonly Dictionary<(UpdateKey Key, string Value), Guid> _known = [];

    /// <summary>Ids of the leads that are updated.</summary>
    public IEnumerable<Guid> Leads => _known.Values;

    /// <summary>Finds them, one query for all; adds to those that earlier items of a trial made.</summary>
    public static async Task<UpdateTargets> Find(GranaryDb db, IReadOnlyList<Prepared> items, CancellationToken ct, UpdateTargets? earlier = null)
    {
        var targets = earlier ?? new UpdateTargets();
        foreach (var alike in items.Where(i => i.Request.Update is not null).GroupBy(i => i.Request.Update!))
        {
            var leads = (alike.Key.Viewer?.Leads(db, Permission.EditLeads) ?? db.Set<Lead>()).AsNoTracking()
                .Where(l => l.Status != LeadStatus.Invalid && l.Status != LeadStatus.Voided);
            foreach (var (value, id) in await Load(db, leads, alike.Key.Key, alike, ct))
            {
                targets._known.TryAdd((alike.Key.Key, value), id);
            }
        }

        return targets;
    }

    /// <summary>The lead an item updates; null when it updates none.</summary>
    public Guid? Of(Prepared item)
    {
        if (item.Request.Update is { } update)
        {
            foreach (var value in Values(update.Key, item))
            {
                if (_known.TryGetValue((update.Key, value), out var lead))
                {
                    return lead;
                }
            }
        }

        return null;
    }

    /// <summary>Lets later items of the batch update a lead that this one made.</summary>
    public void Enter(Prepared item, Guid lead)
    {
        foreach (var value in item.Request.Update is { } update ? Values(update.Key, item) : [])
        {
            _known.TryAdd((item.Request.Update!.Key, value), lead);
        }
    }

    /// <summary>Why an item can update nothing; null when it can, or comes in like any other.</summary>
    public IntakeResult? Refusal(Prepared item)
    {
        if (item.Request.Update is not { } update)
        {
            return null;
        }

        if (Of(item) is null)
        {
            return update.CreatesUnknown ? null : Refused(update.Key, Values(update.Key, item).Any() ? "not_found" : "required");
        }

        // What must be looked at by a human first changes no lead that is being worked on.
        return item.Held ? Refused(update.Key, FindingNames.Of(item.Clean.Findings)[0]) : null;
    }

    /// <summary>The path of a key field.</summary>
    public static string Path(UpdateKey key) => key switch
    {
        UpdateKey.ExternalId => "externalId",
        UpdateKey.Phone => "contact.phones",
        UpdateKey.Email => "contact.emails",
        _ => "company.creditCode",
    };

    private static IntakeResult.Refused Refused(UpdateKey key, string code) => new([new FieldError(Path(key), code)]);

    private static IEnumerable<string> Values(UpdateKey key, Prepared item) => key switch
    {
        UpdateKey.ExternalId => item.Lead.ExternalId is { } id ? [id] : [],
        UpdateKey.CreditCode => item.Lead.CreditCode is { } code ? [code] : [],
        _ => item.Contacts.Where(c => c.Kind == Kind(key)).Select(c => c.Key.ToString()),
    };

    private static ContactKind Kind(UpdateKey key) => key == UpdateKey.Phone ? ContactKind.Phone : ContactKind.Email;

    // The earliest first, so that of several leads with one key the source is updated.
    private static async Task<IEnumerable<(string Value, Guid Lead)>> Load(GranaryDb db, IQueryable<Lead> leads, UpdateKey key, IEnumerable<Prepared> items, CancellationToken ct)
    {
        switch (key)
        {
            case UpdateKey.ExternalId:
                var ids = items.SelectMany(i => Values(key, i)).Distinct().ToArray();
                var own = await leads.Where(l => ids.Contains(l.ExternalId)).OrderBy(l => l.ReceivedAt).ThenBy(l => l.Id)
                    .Select(l => new { Value = l.ExternalId!, l.Id }).ToListAsync(ct);
                // What was merged keeps its id of the other system, and leads to the lead that stayed.
                var merged = await db.Set<Lead>().AsNoTracking().Where(l => l.MergedIntoId != null && ids.Contains(l.ExternalId))
                    .Join(leads, m => m.MergedIntoId, l => l.Id, (m, l) => new { Value = m.ExternalId!, l.Id }).ToListAsync(ct);
                return own.Concat(merged).Select(l => (l.Value, l.Id));
            case UpdateKey.CreditCode:
                var codes = items.SelectMany(i => Values(key, i)).Distinct().ToArray();
                return (await leads.Where(l => codes.Contains(l.CreditCode)).OrderBy(l => l.ReceivedAt).ThenBy(l => l.Id)
                    .Select(l => new { Value = l.CreditCode!, l.Id }).ToListAsync(ct)).Select(l => (l.Value, l.Id));
            default:
                var keys = items.SelectMany(i => i.Contacts).Where(c => c.Kind == Kind(key)).Select(c => c.Key).Distinct().ToArray();
                return (await db.Set<ContactPoint>().AsNoTracking().Where(c => keys.Contains(c.Key))
                    .Join(leads, c => c.LeadId, l => l.Id, (c, l) => new { c.Key, l.Id, l.ReceivedAt })
                    .OrderBy(l => l.ReceivedAt).ThenBy(l => l.Id).ToListAsync(ct)).Select(l => (l.Key.ToString(), l.Id));
        }
    }
}
