using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>A request of a person as it is recorded.</summary>
/// <param name="Kind">What is asked for.</param>
/// <param name="ReceivedAt">When they asked; now when left out.</param>
/// <param name="Person">Phone numbers, addresses, WeChat ids and names they gave, at most 20.</param>
/// <param name="Leads">Leads that are about them besides, at most 1,000.</param>
/// <param name="Identity">How it was checked that they are who they say, up to 500 characters; can be added with the answer.</param>
/// <param name="Words">What is asked in words, up to 2,000 characters.</param>
/// <param name="Correction">What is to be corrected.</param>
public sealed record PersonRequestInput(
    PersonRequestKind? Kind, DateTimeOffset? ReceivedAt, IReadOnlyList<string> Person, IReadOnlyList<Guid> Leads, string? Identity, string? Words, PersonCorrection? Correction);

/// <summary>Records requests of persons; the deadline runs from when they asked.</summary>
public sealed class SavePersonRequest(Store store, Vault vault, SettingCache settings, PersonRecords records, TimeProvider time)
{
    /// <summary>Longest words of what is asked, and of what the person is told.</summary>
    public const int LongestWords = 2_000;

    private const int MostPerson = 20, MostLeads = 1_000, LongestPerson = 200;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Records one.</summary>
    public async Task<PrivacyResult<PersonRequest>> Record(Viewer viewer, PersonRequestInput input, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ManagePrivacy))
        {
            return new PrivacyResult<PersonRequest>.Forbidden();
        }

        var (setting, now) = (await settings.Get(ct), time.Now);
        var (traces, names) = records.Typed(vault, input.Person);
        if (Errors(input, traces.Count, now) is { Count: > 0 } errors)
        {
            return new PrivacyResult<PersonRequest>.Invalid(errors);
        }

        var received = Clock.Truncate(input.ReceivedAt ?? now);
        var due = setting.Privacy.DueAt(received);
        var request = new PersonRequest
        {
            Id = Clock.NewId(now),
            Kind = input.Kind!.Value,
            ReceivedAt = received,
            RecordedAt = now,
            RecordedBy = viewer.UserId,
            Person = vault.Seal(string.Join('\n', input.Person.Select(p => p.Trim()).Where(p => p.Length > 0))),
            Identity = Sealed(input.Identity),
            Wish = string.IsNullOrWhiteSpace(input.Words) && input.Correction is null ? null : vault.Seal(Json.Write(new PersonWish(input.Words?.Trim(), input.Correction))),
            Keys = [.. traces.Select(t => t.Key)],
            DueAt = due,
            RemindAt = setting.Privacy.RemindAt(due, now) ?? now,
        };
        return await store.Write<PrivacyResult<PersonRequest>>(
            async scope =>
            {
                var wanted = input.Leads.Distinct().ToArray();
                request.Leads = await viewer.LeadsOfPrivacy(scope.Db).Where(l => wanted.Contains(l.Id)).Select(l => l.Id).ToListAsync(ct);
                if (request.Leads.Count < wanted.Length)
                {
                    return new PrivacyResult<PersonRequest>.Invalid([new FieldError("leads", "unknown_value")]);
                }

                scope.Db.Add(request);
                scope.Db.Add(PersonRequestEvent.Of(request, PersonRequestEvent.Recorded, now, viewer.UserId, new { kind = request.Kind, dueAt = request.DueAt }));
                await scope.Db.SaveChangesAsync(ct);
                return new PrivacyResult<PersonRequest>.Done(request);
            },
            ct);
    }

    private SealedText? Sealed(string? text) => string.IsNullOrWhiteSpace(text) ? null : vault.Seal(text.Trim());

    private static List<FieldError> Errors(PersonRequestInput input, int traces, DateTimeOffset now) =>
    [
        .. Check(input.Kind is null || !Enum.IsDefined(input.Kind.Value), "kind", "required"),
        // A name alone is many people.
        .. Check(traces == 0 && input.Leads.Count == 0, "person", "required"),
        .. Check(input.Person.Count > MostPerson, "person", "too_many", MostPerson),
        .. Check(input.Person.Any(p => p.Length > LongestPerson), "person", "too_long", LongestPerson),
        .. Check(input.Leads.Count > MostLeads, "leads", "too_many", MostLeads),
        .. Check(input.Identity?.Length > SaveConsent.LongestWords, "identity", "too_long", SaveConsent.LongestWords),
        .. Check(input.Words?.Length > LongestWords, "words", "too_long", LongestWords),
        .. Check(input.ReceivedAt > now + Skew, "receivedAt", "in_the_future"),
        .. PersonCorrections.Errors(input.Correction),
    ];

    private static IEnumerable<FieldError> Check(bool wrong, string field, string code, int? limit = null) =>
        wrong ? [new FieldError(field, code, limit is { } most ? FormattableString.Invariant($"{most}") : null)] : [];
}

/// <summary>Checks corrections.</summary>
internal static class PersonCorrections
{
    private const int Most = 20;

    /// <summary>What is wrong with a correction.</summary>
    public static IEnumerable<FieldError> Errors(PersonCorrection? correction)
    {
        if (correction is null)
        {
            yield break;
        }

        if (correction.Name?.Length > Domain.Capture.FieldLimits.ContactName)
        {
            yield return new FieldError("correction.name", "too_long", FormattableString.Invariant($"{Domain.Capture.FieldLimits.ContactName}"));
        }

        if (correction.Title?.Length > Domain.Capture.FieldLimits.Title)
        {
            yield return new FieldError("correction.title", "too_long", FormattableString.Invariant($"{Domain.Capture.FieldLimits.Title}"));
        }

        if (correction.Replace.Count > Most)
        {
            yield return new FieldError("correction.replace", "too_many", FormattableString.Invariant($"{Most}"));
        }

        foreach (var (i, replace) in correction.Replace.Index())
        {
            if (string.IsNullOrWhiteSpace(replace.From) || string.IsNullOrWhiteSpace(replace.To))
            {
                yield return new FieldError($"correction.replace[{i}]", "required");
            }
        }
    }
}

/// <summary>What the event log keeps of requests of persons; never anything about the person.</summary>
internal static class PersonRequestEvent
{
    public const string Recorded = "person_request.recorded";

    public const string Answered = "person_request.answered";

    public const string Opened = "person_request.file_opened";

    public const string Searched = "privacy.searched";

    public static EventRecord Of<T>(PersonRequest request, string kind, DateTimeOffset at, Guid? actorId, T data) =>
        new() { SubjectId = request.Id, Kind = kind, At = at, ActorId = actorId, Data = Json.Write(data) };
}
