using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification.Named;

/// <summary>A touch as somebody plans it.</summary>
/// <param name="Instrument">One of the seven.</param>
/// <param name="PlannedOn">The day.</param>
/// <param name="OwnerId">Who sees to it; whoever plans it when left out.</param>
/// <param name="Note">What is planned, up to 500 characters.</param>
public sealed record TouchInput(TouchInstrument? Instrument, DateOnly? PlannedOn, Guid? OwnerId, string? Note);

/// <summary>Plans touches of named accounts, and says what came of them.</summary>
public sealed class TouchPlan(NamedVerb verb)
{
    internal const int LongestNote = 500, LongestOutcome = 1_000;
    private const int MostTouches = 200;

    /// <summary>Plans a touch.</summary>
    public Task<AccountResult<NamedAccount>> Plan(Viewer viewer, Guid id, TouchInput input, CancellationToken ct = default) => verb.Run(viewer, id, null, async work =>
    {
        var errors = Wrong(work, viewer, input);
        if (await work.Db.Set<NamedTouch>().CountAsync(t => t.NamedAccountId == id, ct) >= MostTouches)
        {
            errors.Add(new FieldError("touches", "too_many", $"{MostTouches}"));
        }

        if (errors.Count > 0)
        {
            return new AccountResult<NamedAccount>.Invalid(errors);
        }

        var touch = new NamedTouch { Id = verb.Time.NewId(), NamedAccountId = id, At = work.Now, ActorId = viewer.UserId };
        Write(touch, viewer, input);
        work.Db.Add(touch);
        work.Happened(NamedEvent.TouchPlanned, viewer.UserId, new { touchId = touch.Id, touch.Instrument, touch.PlannedOn, touch.OwnerId });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Plans a touch anew that has not taken place; its owner is reminded again.</summary>
    public Task<AccountResult<NamedAccount>> Replan(Viewer viewer, Guid id, Guid touchId, TouchInput input, CancellationToken ct = default) => Open(viewer, id, touchId, (work, touch) =>
    {
        if (Wrong(work, viewer, input) is { Count: > 0 } errors)
        {
            return new AccountResult<NamedAccount>.Invalid(errors);
        }

        Write(touch, viewer, input);
        touch.RemindedAt = null;
        work.Happened(NamedEvent.TouchReplanned, viewer.UserId, new { touchId, touch.Instrument, touch.PlannedOn, touch.OwnerId });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Says that a touch took place.</summary>
    /// <param name="viewer">Who; they must reach the account.</param>
    /// <param name="id">The named account.</param>
    /// <param name="touchId">The touch.</param>
    /// <param name="doneOn">The day; today when left out, never later.</param>
    /// <param name="outcome">What came of it, up to 1,000 characters.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<NamedAccount>> Done(Viewer viewer, Guid id, Guid touchId, DateOnly? doneOn, string? outcome, CancellationToken ct = default) => Open(viewer, id, touchId, (work, touch) =>
    {
        var (today, said) = (work.Setting.Calendar.DateOf(work.Now), CleanText.Lines(outcome));
        List<FieldError> errors =
        [
            .. doneOn > today ? [new FieldError("doneOn", "in_the_future")] : Array.Empty<FieldError>(),
            .. string.IsNullOrEmpty(said) ? [new FieldError("outcome", "required")] : said.Length > LongestOutcome ? [new FieldError("outcome", "too_long", $"{LongestOutcome}")] : Array.Empty<FieldError>(),
        ];
        if (errors.Count > 0)
        {
            return new AccountResult<NamedAccount>.Invalid(errors);
        }

        (touch.DoneOn, touch.DoneById, touch.Outcome) = (doneOn ?? today, viewer.UserId, said);
        work.Happened(NamedEvent.TouchDone, viewer.UserId, new { touchId, touch.Instrument, touch.DoneOn });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    /// <summary>Calls a touch off.</summary>
    public Task<AccountResult<NamedAccount>> Cancel(Viewer viewer, Guid id, Guid touchId, CancellationToken ct = default) => Open(viewer, id, touchId, (work, touch) =>
    {
        touch.CancelledAt = work.Now;
        work.Happened(NamedEvent.TouchCancelled, viewer.UserId, new { touchId, touch.Instrument, touch.PlannedOn });
        return new AccountResult<NamedAccount>.Done(work.Named);
    }, ct);

    private Task<AccountResult<NamedAccount>> Open(Viewer viewer, Guid id, Guid touchId, Func<NamedWork, NamedTouch, AccountResult<NamedAccount>> act, CancellationToken ct) => verb.Run(viewer, id, null, async work =>
        await work.Db.Set<NamedTouch>().SingleOrDefaultAsync(t => t.Id == touchId && t.NamedAccountId == id, ct) is not { } touch ? new AccountResult<NamedAccount>.NotFound()
            : !touch.Open ? new AccountResult<NamedAccount>.Refused(NamedRefusal.TouchClosed)
            : act(work, touch), ct);

    private static void Write(NamedTouch touch, Viewer viewer, TouchInput input) =>
        (touch.Instrument, touch.PlannedOn, touch.OwnerId, touch.Note) = (input.Instrument!.Value, input.PlannedOn!.Value, input.OwnerId ?? viewer.UserId, CleanText.Lines(input.Note) is { Length: > 0 } note ? note : null);

    private static List<FieldError> Wrong(NamedWork work, Viewer viewer, TouchInput input) =>
    [
        .. input.Instrument is { } instrument && Enum.IsDefined(instrument) ? Array.Empty<FieldError>() : [new FieldError("instrument", input.Instrument is null ? "required" : "not_a_choice")],
        .. input.PlannedOn is { } day ? day.Year is >= 2000 and <= 2999 ? Array.Empty<FieldError>() : [new FieldError("plannedOn", "out_of_range")] : [new FieldError("plannedOn", "required")],
        .. work.Setting.CanOwn(input.OwnerId ?? viewer.UserId) ? Array.Empty<FieldError>() : [new FieldError("ownerId", "unknown_value")],
        .. input.Note?.Trim().Length > LongestNote ? [new FieldError("note", "too_long", $"{LongestNote}")] : Array.Empty<FieldError>(),
    ];
}
