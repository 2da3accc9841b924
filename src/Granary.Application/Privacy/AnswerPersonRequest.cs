using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>What is decided about a request of a person.</summary>
/// <param name="State">Done, refused or deferred.</param>
/// <param name="Note">What the person is told, up to 2,000 characters; must be given to refuse or defer.</param>
/// <param name="Identity">How their identity was checked, where that is not recorded yet.</param>
/// <param name="Leads">The leads it is about; all that were found when left out.</param>
/// <param name="Until">To when it is deferred.</param>
/// <param name="Correction">What is corrected; as it was asked when left out.</param>
public sealed record PersonRequestAnswer(
    PersonRequestState? State, string? Note, string? Identity = null, IReadOnlyList<Guid>? Leads = null, DateTimeOffset? Until = null, PersonCorrection? Correction = null);

/// <summary>Answers requests of persons, and does what they ask for, with proof (§18).</summary>
public sealed class AnswerPersonRequest(Store store, Vault vault, SettingCache settings, PersonRecords records, ErasureMemory memory, TimeProvider time)
{
    /// <summary>Kind of event: processing of a lead was restricted.</summary>
    public const string Restricted = "lead.restricted";

    /// <summary>Answers one.</summary>
    /// <param name="viewer">Who; manages privacy.</param>
    /// <param name="id">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="seen">The version they have seen.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PrivacyResult<PersonRequest>> Answer(Viewer viewer, Guid id, PersonRequestAnswer answer, int? seen = null, CancellationToken ct = default)
    {
        if (!viewer.May(Permission.ManagePrivacy))
        {
            return new PrivacyResult<PersonRequest>.Forbidden();
        }

        var (setting, now) = (await settings.Get(ct), time.Now);
        if (Errors(answer, now) is { Count: > 0 } errors)
        {
            return new PrivacyResult<PersonRequest>.Invalid(errors);
        }

        var result = await store.Write(
            async scope =>
            {
                var done = await Once(scope, viewer, setting, id, answer, seen, now, ct);
                if (done is not PrivacyResult<PersonRequest>.Done)
                {
                    scope.Abandon();
                }

                return done;
            },
            ct);
        if (result is PrivacyResult<PersonRequest>.Done { Value.Kind: PersonRequestKind.Erase })
        {
            await memory.Remember(ct);
        }

        return result;
    }

    private async Task<PrivacyResult<PersonRequest>> Once(
        WriteScope scope, Viewer viewer, Setting setting, Guid id, PersonRequestAnswer answer, int? seen, DateTimeOffset now, CancellationToken ct)
    {
        if (await scope.Db.Set<PersonRequest>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request)
        {
            return new PrivacyResult<PersonRequest>.NotFound();
        }

        if (seen is { } version && version != request.Version)
        {
            return new PrivacyResult<PersonRequest>.Stale(request.Version);
        }

        if (!request.Waits)
        {
            return new PrivacyResult<PersonRequest>.Refused(PrivacyRefusal.Decided);
        }

        request.Identity = string.IsNullOrWhiteSpace(answer.Identity) ? request.Identity : vault.Seal(answer.Identity.Trim());
        request.Note = string.IsNullOrWhiteSpace(answer.Note) ? null : vault.Seal(answer.Note.Trim());
        var counts = new Dictionary<string, int>();
        if (answer.State == PersonRequestState.Done)
        {
            if (request.Identity is null)
            {
                return new PrivacyResult<PersonRequest>.Refused(PrivacyRefusal.IdentityUnchecked);
            }

            var leads = await PersonRecords.Leads(scope.Db, request.Keys, [], request.Leads, ct);
            leads = answer.Leads is { } chosen ? leads.FindAll(l => chosen.Contains(l.Id)) : leads;
            if (await Do(scope, viewer, request, leads, answer, counts, now, ct) is { } no)
            {
                return no;
            }
        }

        Decide(setting, request, answer, viewer.UserId, now);
        scope.Db.Add(PersonRequestEvent.Of(request, PersonRequestEvent.Answered, now, viewer.UserId, new { kind = request.Kind, state = request.State }));
        await PrivacyProofs.Append(scope, Act(request), request.Id, viewer.UserId, counts, now, ct);
        return new PrivacyResult<PersonRequest>.Done(request);
    }

    private async Task<PrivacyResult<PersonRequest>?> Do(
        WriteScope scope, Viewer viewer, PersonRequest request, List<Lead> leads, PersonRequestAnswer answer, Dictionary<string, int> counts, DateTimeOffset now, CancellationToken ct)
    {
        var ids = leads.ConvertAll(l => l.Id).ToArray();
        var keys = await PersonRecords.KeysOf(scope.Db, request.Keys, ids, ct);
        switch (request.Kind)
        {
            case PersonRequestKind.Access or PersonRequestKind.Export:
                Take(counts, (await records.Find(scope.Db, vault, keys, leads, now, ct)).Counts);
                break;
            case PersonRequestKind.Correct:
                var correction = answer.Correction ?? Wish(request)?.Correction;
                if (correction is null or { IsEmpty: true })
                {
                    return new PrivacyResult<PersonRequest>.Invalid([new FieldError("correction", "required")]);
                }

                Take(counts, await records.Correct(scope, vault, correction, keys, ids, now, viewer.UserId, request.Id, ct));
                break;
            case PersonRequestKind.Restrict:
                ConsentLedger.Restrict(scope, leads, new { requestId = request.Id }, now, viewer.UserId);
                // What comes from them later is as restricted as what is here.
                await scope.Db.Set<ConsentStop>().Where(s => s.Purpose == ConsentStop.Everything && keys.Contains(s.Key)).ExecuteDeleteAsync(ct);
                scope.Db.AddRange(keys.Select(k => new ConsentStop { Key = k, Purpose = ConsentStop.Everything, At = now }));
                counts["lead"] = leads.Count;
                break;
            default:
                if (leads.Exists(l => l.Privacy.HasFlag(LeadPrivacy.LegalHold)))
                {
                    return new PrivacyResult<PersonRequest>.Refused(PrivacyRefusal.LegalHold);
                }

                Take(counts, await Erase(scope, request, keys, ids, viewer.UserId, now, ct));
                break;
        }

        return null;
    }

    private async Task<IReadOnlyDictionary<string, int>> Erase(WriteScope scope, PersonRequest request, Guid[] keys, Guid[] leads, Guid actorId, DateTimeOffset now, CancellationToken ct)
    {
        scope.Db.Add(new Erasure { Id = Clock.NewId(now), At = now, RequestId = request.Id, Leads = [.. leads], Keys = [.. keys] });
        // What the person said of themselves goes with the rest; the answer they were given stays.
        (request.Person, request.Identity, request.Wish) = (null, null, null);
        scope.Db.Add(PersonRequestEvent.Of(request, RedactEvents.Erased, now, actorId, new { leads = leads.Length }));
        return await records.Erase(scope, vault, keys, leads, now, actorId, request.Id, ct);
    }

    private static void Decide(Setting setting, PersonRequest request, PersonRequestAnswer answer, Guid actorId, DateTimeOffset now)
    {
        (request.State, request.Version) = (answer.State!.Value, request.Version + 1);
        if (request.State == PersonRequestState.Deferred)
        {
            request.DueAt = Clock.Truncate(answer.Until!.Value);
            request.RemindAt = setting.Privacy.RemindAt(request.DueAt, now);
            return;
        }

        (request.DecidedBy, request.DecidedAt, request.RemindAt) = (actorId, now, null);
    }

    private PersonWish? Wish(PersonRequest request) => request.Wish is { } wish ? Json.Read<PersonWish>(vault.Open(wish)) : null;

    private static string Act(PersonRequest request) => request.State switch
    {
        PersonRequestState.Refused => "refuse",
        PersonRequestState.Deferred => "defer",
        _ => WireName.Of(request.Kind),
    };

    private static void Take(Dictionary<string, int> counts, IReadOnlyDictionary<string, int> from)
    {
        foreach (var (table, count) in from)
        {
            counts[table] = count;
        }
    }

    private static List<FieldError> Errors(PersonRequestAnswer answer, DateTimeOffset now) =>
    [
        .. Check(answer.State is not (PersonRequestState.Done or PersonRequestState.Refused or PersonRequestState.Deferred), "state", "required"),
        .. Check(answer.State is PersonRequestState.Refused or PersonRequestState.Deferred && string.IsNullOrWhiteSpace(answer.Note), "note", "required"),
        .. Check(answer.Note?.Length > SavePersonRequest.LongestWords, "note", "too_long"),
        .. Check(answer.Identity?.Length > SaveConsent.LongestWords, "identity", "too_long"),
        .. Check(answer.State is PersonRequestState.Deferred && !(answer.Until > now), "until", answer.Until is null ? "required" : "in_the_past"),
        .. PersonCorrections.Errors(answer.Correction),
    ];

    private static IEnumerable<FieldError> Check(bool wrong, string field, string code) => wrong ? [new FieldError(field, code)] : [];
}
