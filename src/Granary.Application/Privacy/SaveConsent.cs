using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Privacy;

/// <summary>A consent as somebody records it.</summary>
/// <param name="Purpose">Key of the purpose.</param>
/// <param name="TextVersion">Version of the text; that in force when left out.</param>
/// <param name="GivenAt">When; now when left out, never in the future.</param>
/// <param name="Channel">How it was given, up to 200 characters.</param>
/// <param name="Evidence">What shows it, up to 500 characters.</param>
public sealed record ConsentInput(string? Purpose, string? TextVersion, DateTimeOffset? GivenAt, string? Channel, string? Evidence);

/// <summary>Records consents and their withdrawal (§18).</summary>
public sealed class SaveConsent(Store store, Vault vault, SettingCache settings, Consents consents, TimeProvider time)
{
    /// <summary>Longest channel.</summary>
    public const int LongestChannel = 200;

    /// <summary>Longest words.</summary>
    public const int LongestWords = 500;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Records a consent that the person behind a lead gave.</summary>
    public async Task<PrivacyResult<ConsentHistory>> Give(Viewer viewer, Guid leadId, ConsentInput input, bool program = false, CancellationToken ct = default)
    {
        var (setting, now) = (await settings.Get(ct), time.Now);
        if (Errors(input, setting, now) is { Count: > 0 } errors)
        {
            return new PrivacyResult<ConsentHistory>.Invalid(errors);
        }

        return await Change(viewer, leadId, setting, (scope, lead) => ConsentLedger.Give(
            scope,
            lead,
            new ConsentRecord
            {
                Id = Clock.NewId(now),
                LeadId = lead.Id,
                Purpose = input.Purpose!,
                TextVersion = Text(input.TextVersion) ?? setting.Privacy.Purpose(input.Purpose!)!.TextVersion,
                Channel = Text(input.Channel),
                GivenAt = Clock.Truncate(input.GivenAt ?? now),
                Source = program ? ConsentSource.Api : ConsentSource.Hand,
                Evidence = Text(input.Evidence) is { } note ? vault.Seal(Json.Write(new ConsentEvidence(null, null, note))) : null,
                RecordedAt = now,
                RecorderId = viewer.UserId,
            },
            now,
            ct), ct);
    }

    /// <summary>Records that the person behind a lead does not want a purpose any more.</summary>
    /// <param name="viewer">Who records it.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="purpose">Key of the purpose.</param>
    /// <param name="reason">Why, up to 500 characters; must be given.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PrivacyResult<ConsentHistory>> Withdraw(Viewer viewer, Guid leadId, string? purpose, string? reason, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        List<FieldError> errors =
        [
            .. await Known(purpose, leadId, setting, ct) ? Array.Empty<FieldError>() : [new FieldError("purpose", string.IsNullOrEmpty(purpose) ? "required" : "unknown_value")],
            .. Words("reason", reason, LongestWords, required: true),
        ];
        return errors.Count > 0 ? new PrivacyResult<ConsentHistory>.Invalid(errors) : await Change(
            viewer, leadId, setting, (scope, lead) => ConsentLedger.Withdraw(scope, lead.Id, new Withdrawal(purpose!, WithdrawalWay.Told, viewer.UserId, vault.Seal(reason!.Trim())), time.Now, ct), ct);
    }

    /// <summary>The person's own page: where they stand; null when nothing is kept about them under it.</summary>
    public async Task<ConsentHistory?> Own(Guid leadId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        return await db.Set<Lead>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId && l.AnonymisedAt == null, ct) is { } lead ? await consents.History(db, setting, lead, ct) : null;
    }

    /// <summary>The person withdraws by themselves; false when nothing is kept about them, or the purpose is none.</summary>
    public async Task<bool> WithdrawOwn(Guid leadId, string purpose, CancellationToken ct = default)
    {
        if (!await Known(purpose, leadId, await settings.Get(ct), ct))
        {
            return false;
        }

        return await store.Write(
            async scope => await scope.Db.Set<Lead>().AnyAsync(l => l.Id == leadId && l.AnonymisedAt == null, ct)
                && (await ConsentLedger.Withdraw(scope, leadId, new Withdrawal(purpose, WithdrawalWay.SelfService, null, null), time.Now, ct)).Count > 0,
            ct);
    }

    private async Task<PrivacyResult<ConsentHistory>> Change(Viewer viewer, Guid leadId, Setting setting, Func<WriteScope, Lead, Task> change, CancellationToken ct) =>
        await store.Write<PrivacyResult<ConsentHistory>>(
            async scope =>
            {
                if (await viewer.LeadsOfPrivacy(scope.Db).SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
                {
                    return new PrivacyResult<ConsentHistory>.NotFound();
                }

                if (!viewer.KeepsConsent(lead))
                {
                    return new PrivacyResult<ConsentHistory>.Forbidden();
                }

                if (lead.AnonymisedAt is not null)
                {
                    return new PrivacyResult<ConsentHistory>.Refused(PrivacyRefusal.Anonymised);
                }

                await change(scope, lead);
                await scope.Db.SaveChangesAsync(ct);
                return new PrivacyResult<ConsentHistory>.Done(await consents.History(scope.Db, setting, lead, ct));
            },
            ct);

    // A purpose that is not offered any more can still be withdrawn by whoever agreed to it.
    private async Task<bool> Known(string? purpose, Guid leadId, Setting setting, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(purpose) || setting.Privacy.Purpose(purpose) is not null)
        {
            return !string.IsNullOrEmpty(purpose);
        }

        await using var db = store.Open();
        return await db.Set<ConsentRecord>().AnyAsync(c => c.LeadId == leadId && c.Purpose == purpose, ct);
    }

    private static List<FieldError> Errors(ConsentInput input, Setting setting, DateTimeOffset now) =>
    [
        .. string.IsNullOrEmpty(input.Purpose) ? [new FieldError("purpose", "required")]
            : setting.Privacy.Purpose(input.Purpose) is null ? [new FieldError("purpose", "unknown_value")] : Array.Empty<FieldError>(),
        .. Words("textVersion", input.TextVersion, Domain.Capture.FieldLimits.Consent),
        .. Words("channel", input.Channel, LongestChannel),
        .. Words("evidence", input.Evidence, LongestWords),
        .. input.GivenAt > now + Skew ? [new FieldError("givenAt", "in_the_future")] : Array.Empty<FieldError>(),
    ];

    private static IEnumerable<FieldError> Words(string field, string? text, int longest, bool required = false) =>
        required && string.IsNullOrWhiteSpace(text) ? [new FieldError(field, "required")]
        : text?.Length > longest ? [new FieldError(field, "too_long", FormattableString.Invariant($"{longest}"))]
        : [];

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
