using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.Ownership;

namespace Granary.Application.FollowUp;

/// <summary>What was done already within one ownership, as a timer keeps it.</summary>
/// <param name="Ownership">The ownership; what was done within another one does not count.</param>
/// <param name="Done">By rule id.</param>
internal sealed record DeadlineState(Guid? Ownership, IReadOnlyDictionary<string, DeadlineMark> Done)
{
    /// <summary>The state of a timer within an ownership.</summary>
    public static DeadlineState Of(LeadTimer? timer, Guid? ownership)
    {
        var stored = timer is null || timer.State == "{}" ? null : Json.Read<DeadlineState>(timer.State);
        return stored is not null && stored.Ownership == ownership ? stored : new DeadlineState(ownership, new Dictionary<string, DeadlineMark>());
    }

    /// <summary>The state after something was done.</summary>
    public DeadlineState With(DeadlineMoment moment) =>
        this with { Done = new Dictionary<string, DeadlineMark>(Done) { [moment.Rule.Id] = new(moment.StartedAt, moment.Percent) } };
}

/// <summary>What the rules of time and of flow ask for about a lead at an instant.</summary>
/// <param name="Deadlines">Deadlines of its owner; null when nobody owns it.</param>
/// <param name="Flow">Ways between pools; null when none can be taken.</param>
internal sealed record DeadlineWatch(DeadlineLook? Deadlines, FlowLook? Flow)
{
    /// <summary>Whether something is due.</summary>
    public bool IsDue => Deadlines is { Due.Count: > 0 } || Flow?.Due is not null;

    /// <summary>Whether what is due takes the lead from where it is.</summary>
    public bool Moves => Flow?.Due is not null || Deadlines?.Due.Any(a => a.Takes) == true;

    public static DeadlineWatch Of(DeadlineCase lead, DeadlineState state, DateTimeOffset now)
    {
        var setting = lead.Setting;
        return new DeadlineWatch(
            lead.Open is { } open && lead.Owned(open) is { } facts
                ? Domain.FollowUp.Deadlines.Look(setting.Sla, setting.InForceSince(PolicyKind.Sla), facts, state.Done, setting.Calendar, now) : null,
            lead.Flow() is { } flow ? Flows.Look(setting.PoolRules, setting.InForceSince(PolicyKind.Pools), flow, setting.Calendar, now) : null);
    }

    /// <summary>The timer that looks at the lead next; null when nothing will ever be due as it stands.</summary>
    public LeadTimer? Timer(Guid leadId, DeadlineState state, DateTimeOffset now)
    {
        var due = Deadlines is { Due: [var first, ..] } ? first.Moment : null;
        var moment = due ?? Deadlines?.Next;
        var at = due?.DueAt ?? Deadlines?.NextAt;
        var flowAt = Flow?.Due is not null ? now : Flow?.NextAt;
        var flows = flowAt is not null && (at is null || flowAt < at);
        return at is null && flowAt is null && Deadlines?.Open is null ? null : new LeadTimer
        {
            LeadId = leadId,
            // What has nothing left to do is kept for its deadline, which is still to be met.
            DueAt = (flows ? flowAt : at) ?? Domain.People.WorkingCalendar.Never,
            RuleId = flows ? (Flow!.Due ?? Flow.Next)?.Id : moment?.Rule.Id,
            Percent = flows ? 100 : moment?.Percent ?? 100,
            DeadlineAt = Deadlines?.Open?.DeadlineAt,
            DeadlineRule = Deadlines?.Open?.Rule.Id,
            State = state.Done.Count == 0 ? "{}" : Json.Write(state),
        };
    }
}
