using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>How many records the next run would clear.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Count">How many.</param>
public sealed record RetentionForecast(RetentionRule Rule, int Count);

/// <summary>
/// Clears what has been kept for long enough (§18): leads are anonymised, so that counts stay right; what is beside them is deleted.
/// In batches, each in one transaction: it goes on where it stopped, and several nodes share the work.
/// </summary>
public sealed class RunRetention(Store store, Vault vault, SettingCache settings, PersonRecords records, TimeProvider time)
{
    private const int Batch = 100, Rows = 1_000;

    // What shows that somebody had to do with a lead in a pool.
    private static readonly string[] Contact = ["lead.reentered", "lead.touched", "lead.followed_up", "lead.released", "lead.edited"];

    /// <summary>What the next run would clear, and what it would if its rules were switched on.</summary>
    public async Task<IReadOnlyList<RetentionForecast>> Forecast(CancellationToken ct = default)
    {
        var (setting, now) = (await settings.Get(ct), time.Now);
        await using var db = store.Open();
        List<RetentionForecast> forecasts = [];
        foreach (var rule in setting.Privacy.RetentionRules())
        {
            var before = now.AddDays(-rule.Days);
            forecasts.Add(new RetentionForecast(rule, rule.Subject switch
            {
                RetentionSubject.KeptSubmissions => await db.Set<KeptSubmission>().CountAsync(k => k.At < before, ct),
                RetentionSubject.Notices => await db.Set<Notice>().CountAsync(n => n.At < before, ct),
                RetentionSubject.VisitorTouches => await db.Set<VisitorTouch>().CountAsync(t => t.At < before, ct),
                _ => await Leads(db, rule.Subject, before).CountAsync(ct),
            }));
        }

        return forecasts;
    }

    /// <summary>Clears everything that is due by rules that are switched on; how many records.</summary>
    public async Task<int> Run(CancellationToken ct = default)
    {
        var total = 0;
        foreach (var rule in (await settings.Get(ct)).Privacy.RetentionRules().Where(r => r.Enabled))
        {
            var before = time.Now.AddDays(-rule.Days);
            for (var cleared = 1; cleared > 0; total += cleared)
            {
                cleared = await Once(rule.Subject, before, ct);
            }
        }

        return total;
    }

    private async Task<int> Once(RetentionSubject subject, DateTimeOffset before, CancellationToken ct)
    {
        await using (var db = store.Open())
        {
            // Most of the time nothing is due, and nobody waits for that.
            if (!await AnyDue(db, subject, before, ct))
            {
                return 0;
            }
        }

        return await store.Write(scope => subject is RetentionSubject.KeptSubmissions or RetentionSubject.Notices ? Delete(scope, subject, before, ct)
            : subject == RetentionSubject.VisitorTouches ? Forget(scope, before, ct) : Anonymise(scope, subject, before, ct), ct);
    }

    private static Task<bool> AnyDue(GranaryDb db, RetentionSubject subject, DateTimeOffset before, CancellationToken ct) => subject switch
    {
        RetentionSubject.KeptSubmissions => db.Set<KeptSubmission>().AnyAsync(k => k.At < before, ct),
        RetentionSubject.Notices => db.Set<Notice>().AnyAsync(n => n.At < before, ct),
        RetentionSubject.VisitorTouches => Forgettable(db, before, ct),
        _ => Leads(db, subject, before).AnyAsync(ct),
    };

    private async Task<int> Anonymise(WriteScope scope, RetentionSubject subject, DateTimeOffset before, CancellationToken ct)
    {
        var now = time.Now;
        var ids = await Leads(scope.Db, subject, before).OrderBy(l => l.ChangedAt).Select(l => l.Id).Take(Batch).ToArrayAsync(ct);
        if (!scope.Store.IsSqlite)
        {
            // What another node works on, or somebody changes at this moment, is left for the next look.
            ids = await scope.Db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM lead WHERE id = ANY({ids}) ORDER BY id FOR UPDATE SKIP LOCKED").ToArrayAsync(ct);
            ids = await Leads(scope.Db, subject, before).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToArrayAsync(ct);
        }

        if (ids.Length == 0)
        {
            return 0;
        }

        var run = Clock.NewId(now);
        scope.Db.Add(new EventRecord { SubjectId = run, Kind = RedactEvents.Anonymised, At = now, Data = Json.Write(new { subject, leads = ids.Length }) });
        var counts = await records.Erase(scope, vault, [], ids, now, null, run, ct);
        await PrivacyProofs.Append(scope, "retention", null, null, counts, now, ct);
        return ids.Length;
    }

    private async Task<int> Delete(WriteScope scope, RetentionSubject subject, DateTimeOffset before, CancellationToken ct)
    {
        int deleted;
        if (subject == RetentionSubject.Notices)
        {
            var notices = await scope.Db.Set<Notice>().Where(n => n.At < before).Select(n => n.Id).Take(Rows).ToArrayAsync(ct);
            deleted = await scope.Db.Set<Notice>().Where(n => notices.Contains(n.Id)).ExecuteDeleteAsync(ct);
            await PrivacyProofs.Append(scope, "retention", null, null, new Dictionary<string, int> { ["notice"] = deleted }, time.Now, ct);
            return deleted;
        }

        var kept = await scope.Db.Set<KeptSubmission>().Where(k => k.At < before).Select(k => new { k.LeadId, k.Id }).Take(Rows).ToListAsync(ct);
        var (leads, ids) = (kept.Select(k => k.LeadId).Distinct().ToArray(), kept.Select(k => k.Id).ToArray());
        deleted = await scope.Db.Set<KeptSubmission>().Where(k => leads.Contains(k.LeadId) && ids.Contains(k.Id)).ExecuteDeleteAsync(ct);
        await PrivacyProofs.Append(scope, "retention", null, null, new Dictionary<string, int> { ["kept_submission"] = deleted }, time.Now, ct);
        return deleted;
    }

    private static async Task<bool> Forgettable(GranaryDb db, DateTimeOffset before, CancellationToken ct) =>
        await db.Set<VisitorTouch>().AnyAsync(t => t.At < before, ct) || await db.Set<LinkVisitor>().AnyAsync(v => v.At < before, ct)
        || await db.Set<Visitor>().AnyAsync(v => v.LeadId == null && v.ChangedAt < before, ct);

    // A stretch of time with so many rows at once; what lies within it goes whole.
    private async Task<int> Forget(WriteScope scope, DateTimeOffset before, CancellationToken ct)
    {
        const int Stretch = 10 * Rows;
        var edge = await scope.Db.Set<VisitorTouch>().Where(t => t.At < before).OrderBy(t => t.At).Skip(Stretch).Select(t => (DateTimeOffset?)t.At).FirstOrDefaultAsync(ct) ?? before;
        var touches = await scope.Db.Set<VisitorTouch>().Where(t => t.At < before && t.At <= edge).ExecuteDeleteAsync(ct);
        var deleted = touches + await scope.Db.Set<LinkVisitor>().Where(v => v.At < before).ExecuteDeleteAsync(ct)
            + await scope.Db.Set<Visitor>().Where(v => v.LeadId == null && v.ChangedAt < before).ExecuteDeleteAsync(ct);
        if (touches > 0)
        {
            await PrivacyProofs.Append(scope, "retention", null, null, new Dictionary<string, int> { ["visitor_touch"] = touches }, time.Now, ct);
        }

        return deleted;
    }

    private static IQueryable<Lead> Leads(GranaryDb db, RetentionSubject subject, DateTimeOffset before)
    {
        var leads = db.Set<Lead>().Where(l => l.AnonymisedAt == null && (l.Privacy & LeadPrivacy.LegalHold) == 0);
        // The condition of the index stands in the query, so that it is used.
        return subject switch
        {
            RetentionSubject.Invalid => leads.Where(l => l.Status >= LeadStatus.Converted && l.Status == LeadStatus.Invalid && l.ChangedAt < before),
            RetentionSubject.Voided => leads.Where(l => l.Status >= LeadStatus.Converted && l.Status == LeadStatus.Voided && l.ChangedAt < before),
            RetentionSubject.Converted => leads.Where(l => l.Status >= LeadStatus.Converted && l.Status == LeadStatus.Converted && l.ChangedAt < before),
            _ => leads.Where(l => l.Status == LeadStatus.Unassigned && l.PoolId != null && l.ReceivedAt < before && (l.FollowedAt == null || l.FollowedAt < before)
                && !db.Set<EventRecord>().Any(e => e.SubjectId == l.Id && e.At >= before && Contact.Contains(e.Kind))),
        };
    }
}
