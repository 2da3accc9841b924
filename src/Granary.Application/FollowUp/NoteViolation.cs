using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.FollowUp;

/// <summary>What became of a word about a violation.</summary>
public abstract record ViolationResult
{
    /// <summary>It is said.</summary>
    public sealed record Done(ViolationNote Note) : ViolationResult;

    /// <summary>There is no such violation for this viewer.</summary>
    public sealed record NotFound : ViolationResult;

    /// <summary>They see it, but this is not theirs to say.</summary>
    public sealed record Forbidden : ViolationResult;

    /// <summary>As it stands, it cannot be said.</summary>
    /// <param name="Code">Stable code.</param>
    public sealed record Refused(string Code) : ViolationResult;

    /// <summary>The text is wrong.</summary>
    public sealed record Invalid(FieldError Error) : ViolationResult;
}

/// <summary>Says something of a violation (§10): the owner explains, a manager excuses or takes the excuse back. Everything is kept.</summary>
public sealed class NoteViolation(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Longest text.</summary>
    public const int Longest = 1000;

    /// <summary>It is excused already.</summary>
    public const string AlreadyExcused = "already_excused";

    /// <summary>It is not excused.</summary>
    public const string NotExcused = "not_excused";

    /// <summary>The owner explains; more than once when there is more to say.</summary>
    public Task<ViolationResult> Explain(Viewer viewer, Guid id, string? text, CancellationToken ct = default) =>
        Note(viewer, id, ViolationNoteKind.Explanation, text, ct);

    /// <summary>A manager excuses it.</summary>
    public Task<ViolationResult> Excuse(Viewer viewer, Guid id, string? text, CancellationToken ct = default) =>
        Note(viewer, id, ViolationNoteKind.Excuse, text, ct);

    /// <summary>A manager takes the excuse back.</summary>
    public Task<ViolationResult> Withdraw(Viewer viewer, Guid id, string? text, CancellationToken ct = default) =>
        Note(viewer, id, ViolationNoteKind.ExcuseWithdrawn, text, ct);

    private Task<ViolationResult> Note(Viewer viewer, Guid id, ViolationNoteKind kind, string? text, CancellationToken ct) => store.Write(
        async scope =>
        {
            if (await viewer.Violations(scope.Db).AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, ct) is not { } violation)
            {
                return new ViolationResult.NotFound();
            }

            if (!May(viewer, violation, kind))
            {
                return new ViolationResult.Forbidden();
            }

            if (Wrong(text) is { } wrong)
            {
                return new ViolationResult.Invalid(wrong);
            }

            if (!scope.Store.IsSqlite)
            {
                // Two who excuse at once come one after the other.
                await scope.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM violation WHERE id = {id} FOR UPDATE", ct);
            }

            if (await Refusal(scope.Db, id, kind, ct) is { } refusal)
            {
                return refusal;
            }

            // The last word counts, so that words of one millisecond must not change places.
            var said = await scope.Db.Set<ViolationNote>().Where(n => n.ViolationId == id).MaxAsync(n => (DateTimeOffset?)n.At, ct);
            var at = said >= time.Now ? said.Value.AddMilliseconds(1) : time.Now;
            var note = new ViolationNote { Id = Clock.NewId(at), ViolationId = id, Kind = kind, AuthorId = viewer.UserId, At = at, Text = text!.Trim() };
            scope.Db.Add(note);
            await scope.Db.SaveChangesAsync(ct);
            var changes = new LeadChanges();
            changes.Happened(violation.LeadId, LeadEvent.ViolationNoted, note.At, viewer.UserId, new { violationId = id, kind, reason = note.Text });
            var setting = await settings.Get(ct);
            foreach (var user in kind == ViolationNoteKind.Explanation ? new Supervisors(setting).Of(violation.OwnerId) : [violation.OwnerId])
            {
                changes.Tell(user, NoticeKind.ViolationNoted, violation.LeadId, note.At, viewer.UserId);
            }

            await changes.Into(scope.Insert()).Send(ct);
            return (ViolationResult)new ViolationResult.Done(note);
        },
        ct);

    /// <summary>Whether somebody may excuse a violation. Nobody excuses themselves, but for those who answer to nobody.</summary>
    public static bool Manages(Viewer viewer, Violation violation) => viewer.Owners(Permission.AssignLeads) is not { } owners
        ? viewer.May(Permission.AssignLeads)
        : violation.OwnerId != viewer.UserId && owners.Contains(violation.OwnerId);

    private static bool May(Viewer viewer, Violation violation, ViolationNoteKind kind) =>
        kind == ViolationNoteKind.Explanation ? violation.OwnerId == viewer.UserId : Manages(viewer, violation);

    private static FieldError? Wrong(string? text) => string.IsNullOrWhiteSpace(text) ? new FieldError("text", "required")
        : text.Length > Longest ? new FieldError("text", "too_long", $"{Longest}") : null;

    private static async Task<ViolationResult?> Refusal(GranaryDb db, Guid id, ViolationNoteKind kind, CancellationToken ct)
    {
        if (kind == ViolationNoteKind.Explanation)
        {
            return null;
        }

        var last = (await db.Set<ViolationNote>().AsNoTracking()
            .Where(n => n.ViolationId == id && (n.Kind == ViolationNoteKind.Excuse || n.Kind == ViolationNoteKind.ExcuseWithdrawn)).ToListAsync(ct)).MaxBy(n => n.Id, IdOrder.Instance);
        var excused = last?.Kind == ViolationNoteKind.Excuse;
        return kind == ViolationNoteKind.Excuse == excused ? new ViolationResult.Refused(excused ? AlreadyExcused : NotExcused) : null;
    }
}
