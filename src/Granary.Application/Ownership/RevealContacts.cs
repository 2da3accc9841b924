using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>
/// Shows the contact data of one lead whole; each look is in the log (§18). Somebody looks at so many leads a day as the policy
/// allows their role, at one lead as often as they like. A lead that lies in a pool is shown to the pool's members too, to so many
/// a day as the pool allows (§9 Against gaming); only who may reveal everything is not counted.
/// </summary>
public sealed class RevealContacts(LeadVerb verb, Store store, SettingCache settings, Vault vault, TimeProvider time)
{
    /// <summary>Longest reason.</summary>
    public const int LongestReason = 200;

    /// <summary>How many looks somebody has left today.</summary>
    public async Task<RevealQuota> Quota(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await ContactLooks.Quota(db, await settings.Get(ct), viewer, time.Now, ct);
    }

    /// <summary>Whether somebody must say why they look at a lead.</summary>
    public static bool AsksReason(Setting setting, Viewer viewer, Lead lead) => setting.Masking.ReasonForOthers && lead.OwnerId != viewer.UserId;

    /// <inheritdoc cref="Reveal(Viewer, Guid, string?, CancellationToken)"/>
    public Task<(IReadOnlyList<RevealedContact> Contacts, LeadResult Result)> Reveal(Viewer viewer, Guid id, CancellationToken ct = default) => Reveal(viewer, id, null, ct);

    /// <summary>Shows them, or says why not.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="reason">Why they look, in words; the policy may ask for it.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(IReadOnlyList<RevealedContact> Contacts, LeadResult Result)> Reveal(Viewer viewer, Guid id, string? reason, CancellationToken ct = default)
    {
        IReadOnlyList<RevealedContact> shown = [];
        reason = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        var result = await verb.Run(viewer, id, (_, lead) => viewer.MayLookInPool(lead) ? Permission.ViewLeads : Permission.RevealContacts, null, async (work, lead) =>
        {
            if (PrivacyRefusal.Of(lead) is { } stopped)
            {
                return new LeadResult.Refused(stopped);
            }

            if (Unreasoned(work, viewer, lead, reason) is { } unreasoned)
            {
                return unreasoned;
            }

            if (await Capped(work, viewer, lead, ct))
            {
                return new LeadResult.Refused(LeadRefusal.ViewCapReached);
            }

            if (await Count(work, viewer, lead.Id, ct) is { } refused)
            {
                return refused;
            }

            var contacts = await work.Scope.Db.Set<ContactPoint>().AsNoTracking().Where(c => c.LeadId == lead.Id).OrderBy(c => c.Ordinal).ToListAsync(ct);
            shown = [.. contacts.Select(c => new RevealedContact(c.Kind, vault.Plain(c)))];
            work.Changes.Happened(lead.Id, LeadEvent.Revealed, work.Now, work.ActorId, new RevealedData(contacts.Count, lead.OwnerId is null ? lead.PoolId : null, reason));
            // Looking changes nothing, so the version stays.
            return new LeadResult.Done(lead);
        }, ct);
        return (result is LeadResult.Done ? shown : [], result);
    }

    /// <summary>Leads of a pool whose contact data somebody looked at today, by organisation time.</summary>
    internal static async Task<IReadOnlyList<Guid>> SeenToday(GranaryDb db, Setting setting, Guid userId, Guid poolId, DateTimeOffset now, CancellationToken ct)
    {
        var start = setting.Calendar.StartOf(setting.Calendar.DateOf(now));
        var from = await LogBegin.Of(db, start, ct);
        var pool = poolId.ToString();
        return await db.Set<EventRecord>()
            .Where(e => e.Position >= from && e.At >= start && e.ActorId == userId && e.Kind == LeadEvent.Revealed && e.Data.Contains(pool))
            .Select(e => e.SubjectId).Distinct().ToListAsync(ct);
    }

    private static LeadResult? Unreasoned(LeadWork work, Viewer viewer, Lead lead, string? reason) =>
        reason is null && AsksReason(work.Setting, viewer, lead) ? new LeadResult.Refused(LeadRefusal.ReasonRequired)
        : reason?.Length > LongestReason ? new LeadResult.Invalid([new FieldError("reason", "too_long", $"{LongestReason}")])
        : null;

    /// <summary>Counts a look at a record of a day; why it may not be, when it may not.</summary>
    internal static async Task<LeadResult.Refused?> Count(LeadWork work, Viewer viewer, Guid recordId, CancellationToken ct)
    {
        if (viewer.Scope(Permission.RevealContacts).HasFlag(DataScope.All) || await ContactLooks.Count(work, viewer, recordId, ct) is not { Left: { } left } before)
        {
            return null;
        }

        if (left == 0)
        {
            return new LeadResult.Refused(LeadRefusal.RevealQuotaReached) { Until = before.RenewsAt };
        }

        if (before.NextIsMany)
        {
            foreach (var supervisor in new Supervisors(work.Setting).Of(viewer.UserId))
            {
                work.Changes.Tell(supervisor, NoticeKind.RevealsMany, viewer.UserId, work.Now, viewer.UserId);
            }
        }

        return null;
    }

    // A lead that was looked at today may be looked at again.
    private static async Task<bool> Capped(LeadWork work, Viewer viewer, Lead lead, CancellationToken ct)
    {
        if (lead is not { OwnerId: null, PoolId: { } pool } || viewer.Scope(Permission.RevealContacts).HasFlag(DataScope.All)
            || work.Setting.PoolRules.For(work.Setting.Pools.Find(pool)?.Key).DailyViewCap is not { } cap)
        {
            return false;
        }

        // Their own row is the lock: two looks at once count one after the other.
        await work.Board([viewer.UserId], ct);
        var seen = await SeenToday(work.Scope.Db, work.Setting, viewer.UserId, pool, work.Now, ct);
        return seen.Count >= cap && !seen.Contains(lead.Id);
    }
}

/// <summary>Looking into pools.</summary>
public static class PoolLooks
{
    /// <summary>Whether somebody may look at the contact data of a lead because it lies in a pool of theirs.</summary>
    public static bool MayLookInPool(this Viewer viewer, Lead lead) => lead is { OwnerId: null, PoolId: { } pool } && viewer.Pools.Contains(pool);
}

/// <summary>A contact point in plain text.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Value">The value.</param>
public sealed record RevealedContact(ContactKind Kind, string Value);
