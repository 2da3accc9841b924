using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Collect;

/// <summary>
/// The way in for touches that pages, links and mails report: many reports share a transaction, and each is answered when it is
/// durable. Touches of a visitor whose person is known go to the lead and are scored at once; all others wait with the visitor
/// (docs/adr/0022).
/// </summary>
public sealed class CollectTouches : IAsyncDisposable
{
    private readonly Store _store;
    private readonly SettingCache _settings;
    private readonly TimeProvider _time;
    private readonly GroupCommit<Report, bool> _queue;

    /// <summary>A collector over a store.</summary>
    public CollectTouches(Store store, SettingCache settings, TimeProvider time)
    {
        (_store, _settings, _time) = (store, settings, time);
        _queue = new GroupCommit<Report, bool>(store.IsSqlite ? 1 : 2, Land, store.Durable);
    }

    /// <summary>Takes a report in. It ends when everything in it is durable.</summary>
    public Task Submit(Report report, CancellationToken ct = default) => _queue.Submit(report, ct);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async Task<bool[]> Land(IReadOnlyList<Report> reports, Action decided)
    {
        await _store.WriteEarly(async scope => { await Write(scope, reports, decided); return true; });
        return [.. Enumerable.Repeat(true, reports.Count)];
    }

    private async Task Write(WriteScope scope, IReadOnlyList<Report> reports, Action decided)
    {
        var (db, now, ct) = (scope.Db, _time.Now, CancellationToken.None);
        if (reports.Any(r => r.SignedOff is not null))
        {
            await VisitorLock.Alone(scope, ct);
        }
        else
        {
            await VisitorLock.Shared(scope, ct);
        }

        var ids = reports.SelectMany(r => r.Touches).Select(t => t.VisitorId).Concat(reports.Select(r => r.SignedOff)).OfType<Guid>().Distinct().ToArray();
        var visitors = await db.Set<Visitor>().Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, ct);
        List<VisitorTouch> waiting = [];
        List<(Guid Lead, Collected Touch)> known = [];
        foreach (var report in reports)
        {
            if (report.SignedOff is { } gone)
            {
                SignOff(db, visitors, gone, now);
            }

            foreach (var touch in report.Touches)
            {
                var lead = touch.LeadId ?? (visitors.TryGetValue(touch.VisitorId!.Value, out var visitor) ? visitor.Epoch.LeadOf(touch.At) : null);
                if (lead is { } id)
                {
                    known.Add((id, touch));
                }
                else if (touch.VisitorId is not null)
                {
                    waiting.Add(touch.Waiting(now));
                }
            }
        }

        if (known.Count > 0)
        {
            await ToLeads(scope, known, now, ct);
        }
        else if (db.ChangeTracker.HasChanges())
        {
            await db.SaveChangesAsync(ct);
        }

        decided();
        await scope.Insert().Add(waiting).Send(ct);
        var clicks = reports.Select(r => r.Click).OfType<LinkClick>().ToList();
        if (clicks.Count > 0)
        {
            await LinkClicks.Count(scope, clicks, (await _settings.Get(ct)).Calendar.DateOf(now), now, ct);
        }
    }

    private static void SignOff(GranaryDb db, Dictionary<Guid, Visitor> visitors, Guid id, DateTimeOffset now)
    {
        if (!visitors.TryGetValue(id, out var visitor))
        {
            visitors[id] = visitor = new Visitor { Id = id };
            db.Add(visitor);
        }

        (visitor.Epoch, visitor.ChangedAt) = (VisitorEpoch.SignedOff(now), now);
    }

    // Leads in one order, so that two who meet on them wait for one another and not in a ring.
    private async Task ToLeads(WriteScope scope, List<(Guid Lead, Collected Touch)> known, DateTimeOffset now, CancellationToken ct)
    {
        var work = await LeadWork.Begin(scope, _settings, now, null, ct);
        var leads = await Leads(scope.Db, [.. known.Select(k => k.Lead).Distinct()], ct);
        var ids = leads.Values.Select(l => l.Id).Distinct().ToArray();
        var stored = (await scope.Db.Set<Touch>().AsNoTracking().Where(t => ids.Contains(t.LeadId)).ToListAsync(ct)).ToLookup(t => t.LeadId);
        foreach (var (lead, touches) in known.Where(k => leads.ContainsKey(k.Lead)).GroupBy(k => leads[k.Lead], k => k.Touch).OrderBy(g => g.Key.Id, IdOrder.Instance).Select(g => (g.Key, g)))
        {
            // What the person does not want is not kept.
            if (lead.Stopped || lead.Status == LeadStatus.Voided)
            {
                continue;
            }

            var added = touches.Where(t => t.LeadId is null || !IsTold(stored[lead.Id], t)).Select(t => t.Of(lead.Id, now)).ToList();
            if (added.Count == 0)
            {
                continue;
            }

            work.Changes.Touches.AddRange(added);
            foreach (var touch in added)
            {
                work.Changes.Happened(lead.Id, LeadEvent.Touched, now, null, TouchedData.Of(touch));
            }

            if (lead.Status is LeadStatus.Unassigned or LeadStatus.Pending or LeadStatus.Working)
            {
                await work.ScoreAnew(lead, stored[lead.Id], ct);
                work.Changed(lead);
            }
        }

        await work.Save(ct);
    }

    // A mail that is opened again tells nothing new.
    private static bool IsTold(IEnumerable<Touch> stored, Collected touch) => stored.Any(t => t.Kind == touch.Kind && t.Detail == touch.Detail);

    /// <summary>Leads by the id that was asked for: of a merged one, its survivor.</summary>
    private static async Task<Dictionary<Guid, Lead>> Leads(GranaryDb db, Guid[] ids, CancellationToken ct)
    {
        Dictionary<Guid, Lead> found = [];
        var asked = ids.ToDictionary(id => id, id => id);
        while (asked.Count > 0)
        {
            var wanted = asked.Values.Distinct().ToArray();
            var leads = await db.Set<Lead>().Where(l => wanted.Contains(l.Id)).OrderBy(l => l.Id).ToDictionaryAsync(l => l.Id, ct);
            Dictionary<Guid, Guid> next = [];
            foreach (var (id, at) in asked)
            {
                if (leads.GetValueOrDefault(at) is not { } lead)
                {
                    continue;
                }

                if (lead.MergedIntoId is { } survivor)
                {
                    next[id] = survivor;
                }
                else
                {
                    found[id] = lead;
                }
            }

            asked = next;
        }

        return found;
    }
}
