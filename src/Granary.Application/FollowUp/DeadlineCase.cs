using System.Collections.Frozen;
using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.Ownership;
using Granary.Domain.People;
using Granary.Domain.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>A stored lead with its ownerships, as the rules of time see it.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Lead">The lead.</param>
/// <param name="Ownerships">All of them, the earliest first.</param>
internal sealed record DeadlineCase(Setting Setting, Lead Lead, IReadOnlyList<OwnershipRecord> Ownerships)
{
    /// <summary>The ownership that is open; null when nobody owns it, or nothing more is expected of its owner.</summary>
    public OwnershipRecord? Open { get; } = Lead is { Stopped: false, OwnerId: not null, Status: LeadStatus.Pending or LeadStatus.Working }
        ? Ownerships.LastOrDefault(o => o.To is null && o.OwnerId == Lead.OwnerId) : null;

    /// <summary>What conditions can ask for of leads of which figures alone were loaded.</summary>
    public static FrozenSet<string> Figures { get; } = FrozenSet.Create(
        "audience", "owner.role", "pool", "channel", "score", "score.behaviour", "score.attributes", "priority", "stage", "fit", "engagement", "cell", "mature", "qualification", "grade");

    /// <summary>
    /// Loads leads to look at in as few queries as there are tables; those of ids that nobody has are left out. What neither deadlines look at nor any
    /// rule in force asks for is not read, texts above all.
    /// </summary>
    public static async Task<IReadOnlyList<DeadlineCase>> Load(GranaryDb db, Setting setting, Guid[] ids, CancellationToken ct)
    {
        var leads = db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id));
        var asked = setting.Sla.Rules.SelectMany(r => r.When).Concat(setting.PoolRules.Flows.SelectMany(f => f.When)).Select(c => c.Field);
        return await Of(db, setting, await (asked.All(Figures.Contains) ? leads.Select(FiguresOf) : leads).ToListAsync(ct), ct);
    }

    /// <summary>The cases of leads that are loaded.</summary>
    public static async Task<IReadOnlyList<DeadlineCase>> Of(GranaryDb db, Setting setting, IReadOnlyList<Lead> leads, CancellationToken ct)
    {
        var ids = leads.Select(l => l.Id).ToArray();
        var ownerships = (await db.Set<OwnershipRecord>().AsNoTracking().Where(o => ids.Contains(o.LeadId)).ToListAsync(ct)).ToLookup(o => o.LeadId);
        return [.. leads.Select(l => new DeadlineCase(setting, l, [.. ownerships[l.Id].OrderBy(o => o.From).ThenBy(o => o.Id)]))];
    }

    /// <summary>The lead's facts with its score as stored.</summary>
    public LeadFacts Facts => field ??= Lead.Facts(Setting) with { Score = Score() };

    /// <summary>What deadlines look at in one of its ownerships; null when the owner is not known any more.</summary>
    public DeadlineFacts? Owned(OwnershipRecord ownership) => Setting.Roster.Find(ownership.OwnerId) is not { } owner ? null : new DeadlineFacts
    {
        Lead = Facts,
        Audience = Setting.Duplicates.For(Setting.Channels.Path(Lead.ChannelId)).Name == DuplicatePolicy.Consumer.Name ? Audience.Consumer : Audience.Business,
        Owner = owner,
        Pool = ownership.FromPoolId is { } pool ? Setting.Pools.Find(pool)?.Key : null,
        From = ownership.From,
        FirstFollowUpAt = ownership.FirstFollowUpAt,
        LastFollowUpAt = ownership.LastFollowUpAt,
        DecidedAt = ownership.DecidedAt,
        NextAt = Lead.NextAt,
        ProtectedUntil = ProtectedUntil(ownership),
        Locked = Kept(ownership),
    };

    /// <summary>What flow rules look at; null when none can move it.</summary>
    public FlowFacts? Flow()
    {
        if (Open is { } open)
        {
            return Setting.Roster.Find(open.OwnerId) is not { } owner ? null : new FlowFacts
            {
                Lead = Facts,
                Since = open.From,
                Ownerships = Ownerships.Count,
                Owner = owner,
                ProtectedUntil = ProtectedUntil(open),
                Locked = Kept(open),
            };
        }

        return Lead is { Stopped: false, Status: LeadStatus.Unassigned, PoolId: { } pool } && Setting.Pools.Find(pool) is { } found
            ? new FlowFacts { Lead = Facts, Pool = found.Key, Since = Lead.PlacedAt, Ownerships = Ownerships.Count }
            : null;
    }

    /// <summary>
    /// Whether no clock takes it from its owner: a manager locked it for them, or it passed its review and is incubated (§7), where
    /// status reviews ask after it.
    /// </summary>
    public bool Kept(OwnershipRecord ownership) => ownership.LockedBy is not null || Lead.ProjectGrade is not null;

    private static Expression<Func<Lead, Lead>> FiguresOf { get; } = l => new Lead
    {
        Id = l.Id,
        Status = l.Status,
        OwnerId = l.OwnerId,
        PoolId = l.PoolId,
        PlacedAt = l.PlacedAt,
        NextAt = l.NextAt,
        ChannelId = l.ChannelId,
        Score = l.Score,
        BehaviourScore = l.BehaviourScore,
        AttributeScore = l.AttributeScore,
        Priority = l.Priority,
        Stage = l.Stage,
        Cell = l.Cell,
        Mature = l.Mature,
        Promoted = l.Promoted,
        Qualification = l.Qualification,
        ProjectGrade = l.ProjectGrade,
        Privacy = l.Privacy,
        AnonymisedAt = l.AnonymisedAt,
    };

    private DateTimeOffset ProtectedUntil(OwnershipRecord ownership) =>
        ownership.ProtectedUntil ?? Protection.At(Setting.PoolRules.Protection, ownership.From);

    // Rules of time may ask for the figures of a score, not for what it is made of.
    private Score? Score() => Lead is not { Priority: > 0, Stage: > 0, Cell: { Length: 2 } cell } ? null : new Score
    {
        Total = Lead.Score,
        Behaviour = Lead.BehaviourScore,
        Attributes = Lead.AttributeScore,
        Priority = (Priority)Lead.Priority,
        Stage = (NurtureStage)Lead.Stage,
        Fit = (Fit)(cell[0] - 'A' + 1),
        Engagement = cell[1] - '0',
        EngagementPoints = 0,
        FitPoints = 0,
        Mature = Lead.Mature,
        Lines = [],
    };
}
