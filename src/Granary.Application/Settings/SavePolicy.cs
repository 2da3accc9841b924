using System.Globalization;
using Granary.Application.Policies;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Settings;

/// <summary>
/// Writes policies (§0 Policy). Each kind has at most one draft, the version after the last; publishing it with a note puts
/// it in force on every node. What is not valid is not saved.
/// </summary>
public sealed class SavePolicy(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Longest note.</summary>
    public const int LongestNote = 500;

    /// <summary>What is wrong with a body: the kind's own rules, and names of people, departments, roles and pools that nobody has.</summary>
    public async Task<IReadOnlyList<FieldError>> Check(PolicyKind kind, string body, CancellationToken ct = default)
    {
        if (kind.Validate(body) is { Count: > 0 } errors)
        {
            return errors;
        }

        var setting = await settings.Get(ct);
        if (kind != PolicyKind.Fields)
        {
            return [.. PolicyNames.Unknown(kind, body, setting), .. TypedConditions.Errors(kind, body, setting)];
        }

        await using var db = store.Open();
        return [.. await FieldsInUse.Errors(db, setting.Fields, body, ct), .. TypedConditions.UsedByRules(Json.Read<CustomFieldsPolicy>(body), setting)];
    }

    /// <summary>Saves the draft of a kind; makes it where there is none.</summary>
    public async Task<SettingResult> Draft(Guid actor, PolicyKind kind, string body, CancellationToken ct = default)
    {
        if (await Check(kind, body, ct) is { Count: > 0 } errors)
        {
            return new SettingResult.Refused(errors);
        }

        return await store.Write<SettingResult>(
            async scope =>
            {
                var db = scope.Db;
                var last = await Of(db, kind).OrderByDescending(p => p.Version).FirstAsync(ct);
                var draft = last.PublishedAt is null ? last : new PolicyVersion { Kind = kind.Name, Version = last.Version + 1, Body = body };
                (draft.Body, draft.AuthorId, draft.CreatedAt) = (body, actor, time.Now);
                if (draft != last)
                {
                    db.Add(draft);
                }

                db.Add(Event(actor, kind, draft.Version, "policy.drafted", null));
                await db.SaveChangesAsync(ct);
                return Done(draft);
            },
            ct);
    }

    /// <summary>Makes an earlier version the draft, so that it can be looked at and published anew.</summary>
    public async Task<SettingResult> Restore(Guid actor, PolicyKind kind, int version, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var body = await Of(db, kind).Where(p => p.Version == version).Select(p => p.Body).SingleOrDefaultAsync(ct);
        return body is null ? new SettingResult.Missing() : await Draft(actor, kind, body, ct);
    }

    /// <summary>Throws the draft of a kind away; refused as <see cref="SettingResult.Missing"/> where there is none.</summary>
    public Task<SettingResult> Discard(Guid actor, PolicyKind kind, CancellationToken ct = default) => store.Write<SettingResult>(
        async scope =>
        {
            if (await DraftOf(scope.Db, kind, ct) is not { } draft)
            {
                return new SettingResult.Missing();
            }

            scope.Db.Remove(draft);
            scope.Db.Add(Event(actor, kind, draft.Version, "policy.discarded", null));
            await scope.Db.SaveChangesAsync(ct);
            return Done(draft);
        },
        ct);

    /// <summary>Puts the draft of a kind in force.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="kind">Which kind.</param>
    /// <param name="note">Why, 1 to <see cref="LongestNote"/> characters.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<SettingResult> Publish(Guid actor, PolicyKind kind, string note, CancellationToken ct = default)
    {
        note = note.Trim();
        if (note.Length is 0 or > LongestNote)
        {
            return note.Length == 0 ? new SettingResult.Refused("note", "required") : new SettingResult.Refused("note", "too_long", "500");
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                if (await DraftOf(scope.Db, kind, ct) is not { } draft)
                {
                    return new SettingResult.Missing();
                }

                // People and pools may have gone since it was saved.
                if (await Check(kind, draft.Body, ct) is { Count: > 0 } errors)
                {
                    return new SettingResult.Refused(errors);
                }

                (draft.PublishedAt, draft.Note) = (time.Now, note);
                scope.Db.Add(Event(actor, kind, draft.Version, "policy.published", note));
                return Done(draft);
            },
            ct);
    }

    private static IQueryable<PolicyVersion> Of(GranaryDb db, PolicyKind kind) => db.Set<PolicyVersion>().Where(p => p.Kind == kind.Name);

    private static Task<PolicyVersion?> DraftOf(GranaryDb db, PolicyKind kind, CancellationToken ct) =>
        Of(db, kind).Where(p => p.PublishedAt == null).OrderByDescending(p => p.Version).FirstOrDefaultAsync(ct);

    private static SettingResult.Done Done(PolicyVersion version) => new SettingResult.Done(version.Version.ToString(CultureInfo.InvariantCulture));

    private EventRecord Event(Guid actor, PolicyKind kind, int version, string what, string? note) =>
        time.Event(actor, SettingEvents.Organisation, what, new { Policy = kind.Name, Version = version, Note = note });
}
