using System.Globalization;
using Granary.Application.Assignment;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.FollowUp;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;

namespace Granary.Application.FollowUp;

/// <summary>Does within one transaction what is due about leads, and says when they are looked at next.</summary>
internal sealed class DeadlineActs(LeadWork work)
{
    private readonly Supervisors _supervisors = new(work.Setting);
    private AssignmentPolicy? _others;

    /// <summary>Deadlines that were missed, to be written.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>Locks the counters that losing and handing on leads will change, before any lead is locked.</summary>
    public async Task LockCounters(IEnumerable<(DeadlineCase Lead, DeadlineWatch Watch)> due, CancellationToken ct)
    {
        var moving = due.Where(d => d.Watch.Moves).ToList();
        if (moving.Exists(d => d.Watch.Flow?.Due?.NextInLine == true || d.Watch.Deadlines?.Due.Any(a => a.Takes && a.Moment.Rule.Outcome == SlaOutcome.NextInLine) == true))
        {
            await work.Board(ct);
        }
        else if (moving.Select(d => d.Lead.Open?.OwnerId).OfType<Guid>().Distinct().ToArray() is { Length: > 0 } owners)
        {
            await work.Board(owners, ct);
        }
    }

    /// <summary>Does what is due about a lead, in order.</summary>
    /// <returns>Its timer from now on; null when it needs none.</returns>
    public async Task<LeadTimer?> Do(DeadlineCase lead, DeadlineWatch watch, DeadlineState state, CancellationToken ct)
    {
        foreach (var action in watch.Deadlines?.Due ?? [])
        {
            state = state.With(action.Moment);
            if (action.Moment.Reminds)
            {
                Remind(lead, action.Moment);
                continue;
            }

            Violate(lead, action);
            if (action.Takes)
            {
                await Recycle(lead, action.Moment, ct);
                return Soon(lead);
            }
        }

        if (watch.Flow?.Due is { } flow && await Follow(lead, flow, ct))
        {
            return Soon(lead);
        }

        var next = DeadlineWatch.Of(lead, state, work.Now).Timer(lead.Lead.Id, state, work.Now);
        if (next?.DueAt <= work.Now)
        {
            // Nobody was there to take it and it lies where it belongs: it is offered again.
            next.DueAt = work.Now.AddMinutes(work.Setting.Assignment.RetryMinutes);
        }

        return next;
    }

    // It is somebody else's, or lies elsewhere, from this transaction on: the next look begins anew.
    private LeadTimer Soon(DeadlineCase lead) => new() { LeadId = lead.Lead.Id, DueAt = work.Now.AddSeconds(1), Percent = 100 };

    private void Remind(DeadlineCase lead, DeadlineMoment moment)
    {
        var kind = moment.Rule.From == SlaStart.NextStep ? NoticeKind.NextStepDue : NoticeKind.DeadlineNear;
        work.Changes.Tell(lead.Open!.OwnerId, kind, lead.Lead.Id, work.Now);
        work.Changes.Happened(lead.Lead.Id, LeadEvent.Reminded, work.Now, null, new DeadlineData(moment.Rule.Name, moment.Percent, moment.DeadlineAt, lead.Open.OwnerId));
    }

    private void Violate(DeadlineCase lead, DeadlineAction action)
    {
        var (open, moment, setting) = (lead.Open!, action.Moment, work.Setting);
        var department = setting.People.GetValueOrDefault(open.OwnerId)?.DepartmentId;
        var evidence = new ViolationEvidence(
            moment.Rule,
            setting.People.GetValueOrDefault(open.OwnerId)?.Name,
            department is { } id ? setting.Departments.GetValueOrDefault(id)?.Name : null,
            open.LastFollowUpAt,
            open.FollowUps,
            action.Takes,
            lead.Kept(open),
            LeadSnapshot.Of(lead.Lead, setting.Channels.Path(lead.Lead.ChannelId)));
        var violation = new Violation
        {
            Id = Clock.NewId(work.Now),
            LeadId = lead.Lead.Id,
            OwnershipId = open.Id,
            OwnerId = open.OwnerId,
            DepartmentId = department,
            RuleId = moment.Rule.Id,
            PolicyVersion = setting.Versions.GetValueOrDefault(PolicyKind.Sla.Name),
            StartedAt = moment.StartedAt,
            Minutes = moment.Rule.Minutes,
            Clock = moment.Rule.Clock,
            DeadlineAt = moment.DeadlineAt,
            At = work.Now,
            Evidence = Storage.Json.Write(evidence),
        };
        Violations.Add(violation);
        work.Changes.Happened(lead.Lead.Id, LeadEvent.Violated, work.Now, null, new DeadlineData(moment.Rule.Name, 100, moment.DeadlineAt, open.OwnerId, violation.Id));
        foreach (var user in _supervisors.Of(open.OwnerId).Prepend(open.OwnerId))
        {
            work.Changes.Tell(user, NoticeKind.DeadlineMissed, lead.Lead.Id, work.Now);
        }
    }

    private async Task Recycle(DeadlineCase lead, DeadlineMoment moment, CancellationToken ct)
    {
        var owner = lead.Open!.OwnerId;
        await work.Drop(lead.Lead, Ended.Recycled, moment.Rule.Name, moment.Rule.Pool, ct);
        Reason[] reasons =
        [
            Reason.Of(
                "deadline", moment.Rule.Goal == SlaGoal.FollowUp ? "recycled_idle" : "recycled_undecided", moment.Rule.Name,
                ("owner", work.Setting.People.GetValueOrDefault(owner)?.Name ?? ""), ("from", At(moment.StartedAt)), ("deadline", At(moment.DeadlineAt))),
        ];
        var handed = moment.Rule.Outcome == SlaOutcome.NextInLine ? Next(lead, owner) : null;
        Explain(lead, "recycle", reasons, handed);
    }

    private async Task<bool> Follow(DeadlineCase lead, FlowRule flow, CancellationToken ct)
    {
        var target = work.PoolFor(flow.To, lead.Lead.Region);
        var (owner, from) = (lead.Open?.OwnerId, lead.Lead.PoolId);
        Reason[] reasons =
        [
            Reason.Of(
                "deadline", owner is null ? "flowed" : "flowed_from_owner", flow.Name, ("days", flow.AfterDays.ToString(CultureInfo.InvariantCulture)),
                ("since", At(owner is null ? lead.Lead.PlacedAt : lead.Open!.From)), ("pool", target.Key)),
        ];
        if (owner is not null)
        {
            await work.Drop(lead.Lead, Ended.Recycled, flow.Name, flow.To, ct);
        }

        var handed = flow.NextInLine ? Next(lead, owner) : null;
        if (handed is null && owner is null)
        {
            if (from == target.Id)
            {
                return false;
            }

            work.Pool(lead.Lead, target);
            work.Changes.Happened(lead.Lead.Id, LeadEvent.Moved, work.Now, null, new { from, poolId = target.Id, pool = target.Key, rule = flow.Name });
        }

        Explain(lead, "flow", reasons, handed);
        return true;
    }

    /// <summary>Gives a lead that nobody has any more to the next in line, never to somebody who had it; null where there is nobody.</summary>
    private AssignmentDecision? Next(DeadlineCase lead, Guid? loser)
    {
        var policy = work.Setting.Assignment;
        _others ??= policy with { Rules = [.. policy.Rules.Select(rule => rule with { Require = rule.Require with { NotEarlierOwner = true } })] };
        var board = work.Counters;
        var earlier = lead.Ownerships.Select(o => o.OwnerId).Concat(loser is { } one ? [one] : []).Distinct().ToList();
        var decision = new LeadAssigner(work.Setting with { Assignment = _others }, board, work.Now).Decide(lead.Lead, lead.Facts, null, earlier);
        if (decision.OwnerId is null)
        {
            return null;
        }

        work.Placement.Place(lead.Lead, decision, Acquired.AssignedAutomatically);
        return decision;
    }

    private void Explain(DeadlineCase lead, string kind, Reason[] reasons, AssignmentDecision? handed)
    {
        work.Explain(lead.Lead.Id, kind, [.. reasons, .. handed?.Reasons ?? []]);
        work.Changed(lead.Lead);
    }

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
