using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Privacy;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>A transaction that changes stored leads, with the rows that record it. Counters are locked before leads, as intake does.</summary>
internal sealed partial class LeadWork
{
    /// <summary>
    /// Reads the revision of the setting on PostgreSQL, and keeps it for the transaction: who departs waits for those who may
    /// still be giving them leads, and then finds them.
    /// </summary>
    public const string LockRevision = "SELECT revision FROM organisation FOR SHARE";

    private readonly BoardStore _board;
    private bool _boardLoaded;

    private LeadWork(WriteScope scope, Setting setting, Vault vault, DateTimeOffset now, Guid? actorId)
    {
        (Scope, Setting, Vault, Now, ActorId) = (scope, setting, vault, now, actorId);
        _board = new BoardStore(scope, setting, now);
        Placement = new Placement(setting, Changes, now);
    }

    public WriteScope Scope { get; }

    public Setting Setting { get; }

    public Vault Vault { get; }

    public DateTimeOffset Now { get; }

    public Guid? ActorId { get; }

    public LeadChanges Changes { get; } = new();

    public Placement Placement { get; }

    /// <summary>Begins with the setting as the database has it now: nothing goes to somebody who left a moment ago.</summary>
    public static async Task<LeadWork> Begin(WriteScope scope, SettingCache settings, DateTimeOffset now, Guid? actorId, CancellationToken ct)
    {
        var revision = scope.Store.IsSqlite
            ? await scope.Db.Set<Organisation>().Select(o => o.Revision).SingleAsync(ct)
            : (await scope.Db.Database.SqlQueryRaw<long>(LockRevision).ToListAsync(ct))[0];
        return new LeadWork(scope, await settings.AtRevision(revision, ct), settings.Vault, now, actorId);
    }

    /// <summary>Begins with a setting that this transaction itself is changing.</summary>
    public static LeadWork With(WriteScope scope, Setting setting, Vault vault, DateTimeOffset now, Guid? actorId) => new(scope, setting, vault, now, actorId);

    /// <summary>The lead for a verb, or why the viewer cannot do it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="permission">What the verb asks for, perhaps by the lead's state.</param>
    /// <param name="seen">The version the viewer has seen; null when they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<(Lead? Lead, LeadResult? Refusal)> Find(Viewer viewer, Guid id, Func<Lead, Permission> permission, int? seen, CancellationToken ct)
    {
        if (await viewer.Leads(Scope.Db).SingleOrDefaultAsync(l => l.Id == id, ct) is not { } lead)
        {
            return (null, await viewer.MergedInto(Scope.Db, id, ct) is { } into ? new LeadResult.Refused(LeadRefusal.Merged) { Instead = into } : new LeadResult.NotFound());
        }

        return permission(lead) != Permission.ViewLeads && !await viewer.Leads(Scope.Db, permission(lead)).AnyAsync(l => l.Id == id, ct) ? (null, new LeadResult.Forbidden())
            : seen is { } version && version != lead.Version ? (null, new LeadResult.Stale(lead.Version))
            : (lead, null);
    }

    /// <summary>The counters of everybody, locked.</summary>
    public async Task<BoardStore> Board(CancellationToken ct)
    {
        if (!_boardLoaded)
        {
            await _board.Load(ct);
            _boardLoaded = true;
        }

        return _board;
    }

    /// <summary>The counters as they were locked before.</summary>
    public AssignmentBoard Counters => _board.Board;

    /// <summary>The counters of some users, locked: verbs that choose nobody need not wait for all others.</summary>
    public async Task<BoardStore> Board(IReadOnlyCollection<Guid> users, CancellationToken ct)
    {
        if (!_boardLoaded)
        {
            await _board.Load(users, ct);
        }

        return _board;
    }

    /// <summary>Whether it is held for a check (§4).</summary>
    public bool Held(Lead lead) => Held(Setting, lead);

    /// <summary>Why nobody can get it as it stands; null when somebody can.</summary>
    public LeadResult? Unassignable(Lead lead) => Unassignable(Setting, lead);

    /// <inheritdoc cref="Unassignable(Lead)"/>
    public static LeadResult? Unassignable(Setting setting, Lead lead) => PrivacyRefusal.Of(lead) is { } stopped ? new LeadResult.Refused(stopped) : lead.Status switch
    {
        LeadStatus.Converted => new LeadResult.Refused(LeadRefusal.AlreadyConverted),
        LeadStatus.Invalid or LeadStatus.Voided => new LeadResult.Refused(LeadRefusal.Closed),
        _ => Held(setting, lead) ? new LeadResult.Refused(LeadRefusal.Held) : null,
    };

    private static bool Held(Setting setting, Lead lead) => lead.Status == LeadStatus.Unassigned && lead.PoolId == setting.Pools.Invalid;

    /// <summary>Keeps an explanation.</summary>
    public void Explain(Guid leadId, string kind, IReadOnlyList<Reason> reasons) => Changes.Decisions.Add(new Decision
    {
        Id = Clock.NewId(Now),
        LeadId = leadId,
        At = Now,
        Kind = kind,
        Trace = Policies.Trace.Join(Setting.VersionsWritten, Policies.Trace.Write(reasons)),
    });

    /// <summary>Counts the change of a lead.</summary>
    public LeadResult Changed(Lead lead)
    {
        lead.Version++;
        lead.ChangedAt = Now;
        return new LeadResult.Done(lead);
    }

    /// <summary>Writes everything.</summary>
    public async Task Save(CancellationToken ct)
    {
        await Scope.Db.SaveChangesAsync(ct);
        var insert = Changes.Into(Scope.Insert());
        _board.Save(insert);
        await insert.Send(ct);
        await Changes.Count(Scope, Setting.Calendar, ct);
    }
}
