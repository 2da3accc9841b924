using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Domain.Privacy;

namespace Granary.Application.FollowUp;

/// <summary>
/// Records a follow-up 跟进 (§10). The owner's counts: it moves the clocks of deadlines and extends their protection, by the
/// server's time and never by what was typed. Those above the owner may add theirs; it does not count for the owner.
/// </summary>
public sealed class LogFollowUp(LeadVerb verb)
{
    /// <summary>Records it.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">What they write.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>The record, null when it was not taken; and the lead as it stands, or why it was not.</returns>
    public async Task<(FollowUpRecord? Record, LeadResult Result)> Log(Viewer viewer, Guid id, FollowUpInput input, CancellationToken ct = default)
    {
        FollowUpRecord? record = null;
        input = input.Trimmed();
        var result = await verb.Run(viewer, id, Permission.ViewLeads, null, async (work, lead) =>
        {
            if ((Refusal(viewer, work.Setting, lead) ?? input.Refusal(lead.ReceivedAt, work.Setting.Sla.ShortestFollowUp, work.Now)) is { } refusal)
            {
                return refusal;
            }

            if (input.Method == FollowUpMethod.Call && !(await Consents.Permitted(work.Scope.Db, work.Setting, [id], ConsentPurpose.PhoneCall, ct)).Contains(id))
            {
                return new LeadResult.Refused(LeadRefusal.ConsentWithdrawn);
            }

            record = await Record(work, lead, input, ct);
            return work.Changed(lead);
        }, ct);
        return (result is LeadResult.Done ? record : null, result);
    }

    private static async Task<FollowUpRecord> Record(LeadWork work, Lead lead, FollowUpInput input, CancellationToken ct)
    {
        var changes = input.Changes?.Apply(lead) ?? [];
        var byOwner = lead.OwnerId == work.ActorId;
        var record = new FollowUpRecord
        {
            Id = Clock.NewId(work.Now),
            LeadId = lead.Id,
            AuthorId = work.ActorId!.Value,
            At = Clock.Truncate(input.At ?? work.Now),
            RecordedAt = work.Now,
            Method = input.Method!.Value,
            Content = input.Content!,
            Feedback = input.Feedback,
            NextStep = input.NextStep,
            NextAt = input.NextAt is { } next ? Clock.Truncate(next) : null,
            Counted = byOwner && work.Setting.Sla.CountsAs(record: true, call: input.Method == FollowUpMethod.Call, keyField: changes.Count > 0),
            Changes = (FollowUpChanges.None with { Fields = changes }).Written(),
        };
        work.Scope.Db.Add(record);
        work.Scope.Db.AddRange(input.Files.Select(f => f.On(record, work.Now)));
        if (byOwner)
        {
            Plan(lead, record, work.Now);
        }

        if (record.Counted)
        {
            await work.FollowedUp(lead, ct);
        }

        work.Changes.Happened(lead.Id, LeadEvent.FollowedUp, work.Now, work.ActorId, new FollowedUpData(record.Id, record.Method, record.Counted, record.NextAt));
        await Rescore(work, lead, input, changes, ct);
        return record;
    }

    // A plan that is due is done by this; one for later stays unless the record names another.
    private static void Plan(Lead lead, FollowUpRecord record, DateTimeOffset now)
    {
        if (record.NextAt is not null || record.NextStep is not null || lead.NextAt is null || lead.NextAt <= now)
        {
            (lead.NextStep, lead.NextAt) = (record.NextStep, record.NextAt);
        }
    }

    private static async Task Rescore(LeadWork work, Lead lead, FollowUpInput input, List<FieldChange> changes, CancellationToken ct)
    {
        var answered = input is { Method: FollowUpMethod.Call, Answered: true };
        if (answered)
        {
            work.Changes.Touches.Add(new Touch { Id = Clock.NewId(work.Now), LeadId = lead.Id, Kind = TouchKind.CallAnswered, At = work.Now });
        }

        if (changes.Count > 0)
        {
            work.Changes.Happened(lead.Id, LeadEvent.Edited, work.Now, work.ActorId, new EditedData(changes));
        }

        if (answered || changes.Count > 0)
        {
            await work.ScoreAnew(lead, ct);
        }
    }

    /// <summary>Why somebody who sees a lead may not follow it up as it stands; null when they may.</summary>
    internal static LeadResult? Refusal(Viewer viewer, Setting setting, Lead lead) => (LeadResult?)NotTheirs(viewer, lead) ?? LeadWork.Unassignable(setting, lead);

    // Who recorded a lead sees it, but its owner works on it; so may those whose reach goes beyond their own.
    private static LeadResult.Refused? NotTheirs(Viewer viewer, Lead lead)
    {
        if (lead.OwnerId == viewer.UserId)
        {
            return null;
        }

        var owners = viewer.Owners(Permission.EditLeads);
        return owners is null || (lead.OwnerId is { } owner && owners.Contains(owner)) ? null : new LeadResult.Refused(LeadRefusal.NotOwner);
    }
}

/// <summary>What the log keeps of a follow-up; its words stand in the record.</summary>
public sealed record FollowedUpData(Guid FollowUpId, FollowUpMethod Method, bool Counted, DateTimeOffset? NextAt);
