using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>Does a verb on one opportunity: finds it within the viewer's reach, does it, and writes everything in one transaction.</summary>
/// <param name="store">The database.</param>
/// <param name="settings">The settings.</param>
/// <param name="time">The clock.</param>
public sealed class OpportunityVerb(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Runs a verb. Work is done again from the start when somebody else changed the opportunity between.</summary>
    internal Task<OpportunityResult> Run(
        Viewer viewer, Guid id, Permission permission, int? seen, Func<OpportunityWork, Opportunity, Task<OpportunityResult>> verb, CancellationToken ct) => store.Write(
        async scope =>
        {
            var revision = await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct);
            var work = new OpportunityWork(scope, await settings.AtRevision(revision, ct), time.Now, viewer);
            var result = await Do(work, viewer, id, permission, seen, verb, ct);
            if (result is OpportunityResult.Done)
            {
                await work.Save(ct);
            }
            else
            {
                scope.Abandon();
            }

            return result;
        },
        ct);

    private static async Task<OpportunityResult> Do(
        OpportunityWork work, Viewer viewer, Guid id, Permission permission, int? seen, Func<OpportunityWork, Opportunity, Task<OpportunityResult>> verb, CancellationToken ct) =>
        await viewer.Opportunities(work.Db).SingleOrDefaultAsync(o => o.Id == id, ct) is not { } opportunity ? new OpportunityResult.NotFound()
        : permission != Permission.ViewOpportunities && !viewer.Reaches(opportunity, permission) ? new OpportunityResult.Forbidden()
        : seen is { } version && version != opportunity.Version ? new OpportunityResult.Stale(opportunity.Version)
        : await verb(work, opportunity);
}

/// <summary>A transaction that changes one opportunity, with the rows that record it.</summary>
internal sealed class OpportunityWork(WriteScope scope, Setting setting, DateTimeOffset now, Viewer viewer)
{
    private readonly List<EventRecord> _events = [];
    private readonly List<Notice> _notices = [];

    public GranaryDb Db => scope.Db;

    public Setting Setting => setting;

    public OpportunityPolicy Policy => setting.Opportunities;

    public DateTimeOffset Now => now;

    public DateOnly Today => setting.Calendar.DateOf(now);

    public Viewer Viewer => viewer;

    /// <summary>A new time-ordered id.</summary>
    public Guid NewId() => Clock.NewId(now);

    /// <summary>Records what happened to it.</summary>
    public void Happened<T>(Opportunity opportunity, string kind, T data) =>
        _events.Add(new EventRecord { SubjectId = opportunity.Id, Kind = kind, At = now, ActorId = viewer.UserId, Data = Json.Write(data) });

    /// <summary>Tells somebody; not what they did themselves.</summary>
    public void Tell(Guid userId, NoticeKind kind, Opportunity opportunity)
    {
        if (userId != viewer.UserId && !_notices.Exists(n => n.UserId == userId && n.Kind == kind))
        {
            _notices.Add(new Notice { Id = NewId(), UserId = userId, Kind = kind, SubjectId = opportunity.Id, At = now });
        }
    }

    /// <summary>Tells those who decide about it, at least as who is needed: the nearest where there are several circles.</summary>
    public void TellDeciders(Opportunity opportunity, PlanApprover needed, NoticeKind kind)
    {
        var deciders = setting.People.Values.Where(p => p.Status == PersonStatus.Active)
            .Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().Where(v => v.Decides(opportunity) >= needed).ToList();
        // Who decides about everything is asked where nobody nearer is.
        var near = deciders.Where(v => v.Owners(Permission.DecideOpportunities) is not null).ToList();
        foreach (var decider in near.Count > 0 ? near.Where(v => v.Owners(Permission.DecideOpportunities)!.Count == near.Min(n => n.Owners(Permission.DecideOpportunities)!.Count)) : deciders)
        {
            Tell(decider.UserId, kind, opportunity);
        }
    }

    /// <summary>Counts the change.</summary>
    public OpportunityResult Changed(Opportunity opportunity, Guid? id = null)
    {
        opportunity.Version++;
        opportunity.ChangedAt = now;
        return new OpportunityResult.Done(opportunity, id);
    }

    /// <summary>Writes everything.</summary>
    public async Task Save(CancellationToken ct)
    {
        await Db.SaveChangesAsync(ct);
        await scope.Insert().Add(_events).Add(_notices).Send(ct);
    }
}

/// <summary>A reason as verbs on opportunities ask for it.</summary>
internal static class OpportunityReason
{
    /// <summary>Longest reason.</summary>
    public const int Most = 500;

    /// <summary>Why a reason that must be given will not do; null when it does.</summary>
    public static OpportunityResult? Missing(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new OpportunityResult.Refused(OpportunityRefusal.ReasonRequired) : TooLong(reason);

    /// <summary>Why a text that may be left out will not do; null when it does.</summary>
    public static OpportunityResult? TooLong(string? text, string field = "reason", int most = Most) =>
        text?.Trim().Length > most ? new OpportunityResult.Invalid([new(field, "too_long", $"{most}")]) : null;

    /// <summary>A text as it is kept.</summary>
    public static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
