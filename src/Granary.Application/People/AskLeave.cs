using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>
/// Leave (§2): one asks for one's own and a supervisor grants it; who plans for others gives it at once. What is granted is
/// written into the assignment profile, by which eligibility goes, in the same transaction.
/// </summary>
public sealed class AskLeave(SettingCache settings, TimeProvider time)
{
    /// <summary>Longest leave at once, in days.</summary>
    public const int MostDays = 366;

    /// <summary>Asks for leave, or gives it.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="userId">Whose leave; their own, or that of somebody they plan for.</param>
    /// <param name="first">First day.</param>
    /// <param name="last">Last day, included; not past.</param>
    /// <param name="note">What for.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeaveResult> Ask(Viewer viewer, Guid userId, DateOnly? first, DateOnly? last, string? note, CancellationToken ct = default) =>
        Run(async (scope, setting) =>
        {
            if (!setting.People.TryGetValue(userId, out var person) || person.Status == PersonStatus.Departed)
            {
                return LeaveResult.Of(new PeopleResult.Refused("userId", "unknown"));
            }

            var plans = viewer.Plans(userId);
            if (userId != viewer.UserId && !plans)
            {
                return new LeaveResult.Forbidden();
            }

            if (Wrong(first, last, note, Today(setting)) is { } wrong)
            {
                return LeaveResult.Of(wrong);
            }

            var user = await scope.Db.Users.SingleAsync(u => u.Id == userId, ct);
            if (await Overlaps(scope.Db, user, first!.Value, last!.Value, null, ct))
            {
                return LeaveResult.Of(new PeopleResult.Refused("firstDay", "overlaps"));
            }

            var leave = new LeaveRequest
            {
                Id = time.NewId(),
                UserId = userId,
                FirstDay = first.Value,
                LastDay = last.Value,
                Note = Kept(note),
                AskedBy = viewer.UserId,
                AskedAt = time.Now,
            };
            scope.Db.Add(leave);
            if (plans)
            {
                Grant(leave, user, viewer.UserId);
                Tell(scope.Db, viewer, [userId], NoticeKind.LeaveDecided, leave);
            }
            else
            {
                Tell(scope.Db, viewer, Deciders(setting, userId), NoticeKind.LeaveAsked, leave);
            }

            return Done(scope.Db, viewer, leave, plans ? "user.leave_granted" : "user.leave_asked");
        }, ct);

    /// <summary>Grants or refuses what somebody asked for; never one's own, unless one manages people.</summary>
    /// <param name="viewer">Who decides.</param>
    /// <param name="id">The request.</param>
    /// <param name="granted">The decision.</param>
    /// <param name="comment">Why; must be given to refuse.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeaveResult> Decide(Viewer viewer, Guid id, bool granted, string? comment, CancellationToken ct = default) =>
        Run(async (scope, _) =>
        {
            if (await Find(scope.Db, viewer, id, ct) is not { } leave)
            {
                return LeaveResult.Of(new PeopleResult.Missing());
            }

            if (!viewer.Plans(leave.UserId))
            {
                return new LeaveResult.Forbidden();
            }

            if (leave.State != LeaveState.Waiting)
            {
                return LeaveResult.Of(new PeopleResult.Refused("", "already_decided"));
            }

            if ((!granted && string.IsNullOrWhiteSpace(comment) ? new FieldError("comment", "required") : TooLong("comment", comment)) is { } wrong)
            {
                return LeaveResult.Of(new PeopleResult.Refused([wrong]));
            }

            leave.Comment = Kept(comment);
            var user = await scope.Db.Users.SingleAsync(u => u.Id == leave.UserId, ct);
            if (granted && await Overlaps(scope.Db, user, leave.FirstDay, leave.LastDay, leave.Id, ct))
            {
                return LeaveResult.Of(new PeopleResult.Refused("firstDay", "overlaps"));
            }

            if (granted)
            {
                Grant(leave, user, viewer.UserId);
            }
            else
            {
                (leave.State, leave.DecidedBy, leave.DecidedAt) = (LeaveState.Refused, viewer.UserId, time.Now);
            }

            Tell(scope.Db, viewer, [leave.UserId], NoticeKind.LeaveDecided, leave);
            return Done(scope.Db, viewer, leave, granted ? "user.leave_granted" : "user.leave_refused");
        }, ct);

    /// <summary>Takes a request back, or ends a leave: they are back today; one that has not begun is gone.</summary>
    /// <param name="viewer">Whose leave it is, or who plans for them.</param>
    /// <param name="id">The leave.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeaveResult> End(Viewer viewer, Guid id, CancellationToken ct = default) =>
        Run(async (scope, setting) =>
        {
            if (await Find(scope.Db, viewer, id, ct) is not { } leave)
            {
                return LeaveResult.Of(new PeopleResult.Missing());
            }

            var today = Today(setting);
            if (leave.State is LeaveState.Refused or LeaveState.Withdrawn || (leave.State == LeaveState.Granted && leave.LastDay < today))
            {
                return LeaveResult.Of(new PeopleResult.Refused("", "leave_over"));
            }

            var user = await scope.Db.Users.SingleAsync(u => u.Id == leave.UserId, ct);
            var (first, last) = (leave.FirstDay, leave.LastDay);
            if (leave.State == LeaveState.Waiting || first >= today)
            {
                leave.State = LeaveState.Withdrawn;
            }
            else
            {
                leave.LastDay = today.AddDays(-1);
            }

            var kept = leave.State == LeaveState.Withdrawn ? null : new Leave(first, leave.LastDay);
            Put(user, profile => profile with { Leave = [.. profile.Leave.Where(l => l.From != first || l.To != last), .. kept is null ? Array.Empty<Leave>() : [kept]] });
            (leave.DecidedBy, leave.DecidedAt) = (viewer.UserId, time.Now);
            Tell(scope.Db, viewer, [leave.UserId], NoticeKind.LeaveDecided, leave);
            return Done(scope.Db, viewer, leave, "user.leave_ended");
        }, ct);

    /// <summary>Leave from a day on that somebody may know of: their own and that of those they plan for, the next to begin first.</summary>
    internal static IQueryable<LeaveRequest> Known(GranaryDb db, Viewer viewer) =>
        viewer.Planned() is not { } planned ? db.Set<LeaveRequest>() : db.Set<LeaveRequest>().Where(l => planned.Contains(l.UserId));

    private static Task<LeaveRequest?> Find(GranaryDb db, Viewer viewer, Guid id, CancellationToken ct) => Known(db, viewer).SingleOrDefaultAsync(l => l.Id == id, ct);

    private Task<LeaveResult> Run(Func<WriteScope, Setting, Task<LeaveResult>> work, CancellationToken ct) =>
        settings.Change(async scope =>
        {
            var result = await work(scope, await settings.Get(ct));
            if (result is not LeaveResult.Done)
            {
                scope.Abandon();
            }

            return result;
        }, ct);

    private DateOnly Today(Setting setting) => setting.Calendar.DateOf(time.Now);

    private void Grant(LeaveRequest leave, User user, Guid by)
    {
        (leave.State, leave.DecidedBy, leave.DecidedAt) = (LeaveState.Granted, by, time.Now);
        Put(user, profile => profile with { Leave = [.. profile.Leave.Append(new Leave(leave.FirstDay, leave.LastDay)).OrderBy(l => l.From)] });
    }

    private static void Put(User user, Func<AssignmentProfile, AssignmentProfile> change) =>
        Accounts.Put(user, change(Json.Read<AssignmentProfile>(user.Profile)));

    private static async Task<bool> Overlaps(GranaryDb db, User user, DateOnly first, DateOnly last, Guid? but, CancellationToken ct) =>
        Json.Read<AssignmentProfile>(user.Profile).Leave.Any(l => l.From <= last && first <= l.To)
        || await db.Set<LeaveRequest>().AnyAsync(l => l.UserId == user.Id && l.Id != but && l.State == LeaveState.Waiting && l.FirstDay <= last && l.LastDay >= first, ct);

    private static PeopleResult.Refused? Wrong(DateOnly? first, DateOnly? last, string? note, DateOnly today) =>
        first is not { } from ? new PeopleResult.Refused("firstDay", "required")
        : last is not { } to ? new PeopleResult.Refused("lastDay", "required")
        : to < from ? new PeopleResult.Refused("lastDay", "before_start")
        : to < today ? new PeopleResult.Refused("lastDay", "in_the_past")
        : to.DayNumber - from.DayNumber >= MostDays ? new PeopleResult.Refused("lastDay", "out_of_range", $"1–{MostDays}")
        : TooLong("note", note) is { } wrong ? new PeopleResult.Refused([wrong])
        : null;

    private static FieldError? TooLong(string field, string? text) =>
        text?.Trim().Length > LeaveRequest.LongestText ? new FieldError(field, "too_long", $"{LeaveRequest.LongestText}")
        : text?.Any(c => char.IsControl(c) && c is not ('\r' or '\n')) == true ? new FieldError(field, "control_character") : null;

    private static string? Kept(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // The nearest supervisors decide; where there is none, whoever manages people.
    private static IEnumerable<Guid> Deciders(Setting setting, Guid userId) =>
        new Supervisors(setting).Of(userId).ToList() is { Count: > 0 } supervisors ? supervisors
        : setting.People.Values.Where(p => p.Status == PersonStatus.Active && p.Grants.ContainsKey(Permission.ManagePeople)).Select(p => p.Id);

    private void Tell(GranaryDb db, Viewer viewer, IEnumerable<Guid> users, NoticeKind kind, LeaveRequest leave) =>
        db.AddRange(users.Where(u => u != viewer.UserId).Select(u => new Notice { Id = time.NewId(), UserId = u, Kind = kind, SubjectId = leave.UserId, At = time.Now }));

    private LeaveResult.Done Done(GranaryDb db, Viewer viewer, LeaveRequest leave, string kind)
    {
        db.Add(time.Event(viewer.UserId, leave.UserId, kind, new { leave.Id, leave.FirstDay, leave.LastDay, leave.State }));
        return new LeaveResult.Done(leave);
    }
}

/// <summary>What became of a request for leave.</summary>
public abstract record LeaveResult
{
    /// <summary>It was done.</summary>
    /// <param name="Leave">The leave as it stands.</param>
    public sealed record Done(LeaveRequest Leave) : LeaveResult;

    /// <summary>It is not theirs to do.</summary>
    public sealed record Forbidden : LeaveResult;

    /// <summary>It was refused, or is not there.</summary>
    /// <param name="Result">Why.</param>
    public sealed record Not(PeopleResult Result) : LeaveResult;

    /// <summary>A refusal.</summary>
    public static LeaveResult Of(PeopleResult result) => new Not(result);
}
