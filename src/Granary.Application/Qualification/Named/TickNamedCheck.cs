using Granary.Application.People;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>Ticks lines of the entry checklists that only people can tell, with evidence, and takes ticks away.</summary>
public sealed class TickNamedCheck(NamedVerb verb)
{
    internal const int LongestEvidence = 1_000;

    /// <summary>Ticks a line; ticked again, it has the new evidence.</summary>
    /// <param name="viewer">Who; they must reach the account.</param>
    /// <param name="id">The named account.</param>
    /// <param name="check">Id of the line.</param>
    /// <param name="evidence">By what it is known, 1 to 1,000 characters.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<NamedAccount>> Tick(Viewer viewer, Guid id, string? check, string? evidence, CancellationToken ct = default) => verb.Run(viewer, id, null, async work =>
    {
        var said = CleanText.Lines(evidence);
        List<FieldError> errors =
        [
            .. NamedAccounts.Stages.SelectMany(work.Setting.NamedAccounts.Entry).Any(c => c.Id == check && c.Tickable) ? Array.Empty<FieldError>() : [new FieldError("check", "not_a_choice")],
            .. string.IsNullOrEmpty(said) ? [new FieldError("evidence", "required")] : said.Length > LongestEvidence ? [new FieldError("evidence", "too_long", $"{LongestEvidence}")] : Array.Empty<FieldError>(),
        ];
        if (errors.Count > 0)
        {
            return new AccountResult<NamedAccount>.Invalid(errors);
        }

        if (await work.Db.Set<NamedCheck>().SingleOrDefaultAsync(c => c.NamedAccountId == id && c.CheckId == check, ct) is { } known)
        {
            (known.Evidence, known.ActorId, known.At) = (said!, viewer.UserId, work.Now);
        }
        else
        {
            work.Db.Add(new NamedCheck { NamedAccountId = id, CheckId = check!, Evidence = said!, ActorId = viewer.UserId, At = work.Now });
        }

        work.Happened(NamedEvent.Ticked, viewer.UserId, new { check });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Takes a tick away; the stage stays, and is not entered again without it.</summary>
    public Task<AccountResult<NamedAccount>> Untick(Viewer viewer, Guid id, string? check, CancellationToken ct = default) => verb.Run(viewer, id, null, async work =>
    {
        if (await work.Db.Set<NamedCheck>().SingleOrDefaultAsync(c => c.NamedAccountId == id && c.CheckId == check, ct) is not { } known)
        {
            return new AccountResult<NamedAccount>.Invalid([new FieldError("check", "not_a_choice")]);
        }

        work.Db.Remove(known);
        work.Happened(NamedEvent.Unticked, viewer.UserId, new { check });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);
}
