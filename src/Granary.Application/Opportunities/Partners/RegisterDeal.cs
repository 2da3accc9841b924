using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>What a partner registers.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Kind">A referral or a deal.</param>
/// <param name="Company">The customer's company, 1 to 200 characters.</param>
/// <param name="Need">What it is about, 1 to 2,000 characters.</param>
/// <param name="Amount">Expected amount, not below 0.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
public sealed record RegistrationInput(Guid? PartnerId, RegistrationKind? Kind, string? Company, string? Need, decimal? Amount = null, DateOnly? ExpectedOn = null)
{
    internal const int LongestCompany = 200, LongestNeed = 2_000;
}

/// <summary>
/// Asks for registrations in a partner's name and decides about them (§12). Those about one company wait for each other, so that two
/// partners are never protected at one company at a time.
/// </summary>
public sealed class RegisterDeal(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    private const decimal MostAmount = 10_000_000_000m;
    private const int MostTold = 10;

    /// <summary>Asks for a registration; it waits for some days to be decided.</summary>
    public async Task<AccountResult<PartnerRegistration>> Ask(Viewer viewer, RegistrationInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = input with { Company = CleanText.Line(input.Company), Need = CleanText.Lines(input.Need) };
        var name = CompanyName.Parse(input.Company);
        return await store.Write<AccountResult<PartnerRegistration>>(
            async scope =>
            {
                var db = scope.Db;
                await CompanyLock.Take(scope, name, null, ct);
                var partner = await viewer.Partners(db, Permission.EditOpportunities).SingleOrDefaultAsync(p => p.Id == input.PartnerId, ct);
                if (Wrong(input, name, partner) is { Count: > 0 } errors)
                {
                    return new AccountResult<PartnerRegistration>.Invalid(errors);
                }

                var key = vault.CompanyKey(name!.Core);
                if (partner!.EndedAt is not null)
                {
                    return new AccountResult<PartnerRegistration>.Refused(PartnerRefusal.Ended);
                }

                if (await db.Set<PartnerRegistration>().AnyAsync(r => r.PartnerId == partner.Id && r.CompanyKey == key && (r.State == RegistrationState.Asked || r.State == RegistrationState.Accepted), ct))
                {
                    return new AccountResult<PartnerRegistration>.Refused(PartnerRefusal.AlreadyRegistered);
                }

                var asked = new PartnerRegistration
                {
                    Id = time.NewId(),
                    PartnerId = partner.Id,
                    Kind = input.Kind!.Value,
                    Company = input.Company!,
                    CompanyKey = key,
                    Need = input.Need!,
                    Amount = input.Amount,
                    ExpectedOn = input.ExpectedOn,
                    AskedById = viewer.UserId,
                    AskedAt = time.Now,
                    ExpiresAt = time.Now.AddDays(setting.Opportunities.PartnerDecisionDays),
                };
                db.Add(asked);
                Happened(db, asked, PartnerEvent.Asked, viewer.UserId, new { asked.Company, asked.Kind, registrationId = asked.Id });
                db.AddRange(Deciders(setting, partner, viewer.UserId).Select(user => Notice(user, NoticeKind.RegistrationAsked, asked.Id)));
                await db.SaveChangesAsync(ct);
                return new AccountResult<PartnerRegistration>.Done(asked);
            },
            ct);
    }

    /// <summary>Accepts one: the partner is protected at that company for some days.</summary>
    /// <param name="viewer">Who; they decide for the partner, and did not ask for it.</param>
    /// <param name="id">The registration.</param>
    /// <param name="reason">Why; must be given where something stands against it.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<AccountResult<PartnerRegistration>> Accept(Viewer viewer, Guid id, string? reason, CancellationToken ct = default) => Decide(viewer, id, reason, async (db, setting, registration, own) =>
    {
        var conflicts = await RegistrationConflicts.Of(db, vault, CompanyName.Parse(registration.Company)!, registration.PartnerId, ct);
        if (PartnerRegistrations.Refusal(registration.State, own, [.. conflicts.Select(c => c.Kind)], reason) is { } refusal)
        {
            return Code(refusal);
        }

        (registration.State, registration.ExpiresAt) = (RegistrationState.Accepted, time.Now.AddDays(setting.Opportunities.PartnerProtectionDays));
        Happened(db, registration, PartnerEvent.Accepted, viewer.UserId, new { registration.Company, registrationId = id, until = registration.ExpiresAt, conflicts = conflicts.Count });
        return null;
    }, ct);

    /// <summary>Refuses one, with a reason.</summary>
    public Task<AccountResult<PartnerRegistration>> Refuse(Viewer viewer, Guid id, string? reason, CancellationToken ct = default) => Decide(viewer, id, reason, (db, _, registration, own) =>
    {
        var refusal = registration.State != RegistrationState.Asked ? PartnerRefusal.NotAsked : own ? PartnerRefusal.OwnRequest : string.IsNullOrWhiteSpace(reason) ? PartnerRefusal.ReasonRequired : null;
        if (refusal is null)
        {
            (registration.State, registration.ExpiresAt) = (RegistrationState.Refused, null);
            Happened(db, registration, PartnerEvent.Refused, viewer.UserId, new { registration.Company, registrationId = id });
        }

        return Task.FromResult(refusal);
    }, ct);

    /// <summary>Takes one back that waits or protects.</summary>
    public Task<AccountResult<PartnerRegistration>> Withdraw(Viewer viewer, Guid id, CancellationToken ct = default) => Run(viewer, id, (db, _, registration, partner) => Task.FromResult(
        !viewer.Works(partner) ? "forbidden" : !PartnerRegistrations.Lives(registration.State) ? PartnerRefusal.NotAsked : Withdrawn(db, registration, viewer)), ct);

    /// <summary>Says which opportunity came of an accepted one; it must be the same company's.</summary>
    public Task<AccountResult<PartnerRegistration>> Link(Viewer viewer, Guid id, Guid opportunityId, CancellationToken ct = default) => Run(viewer, id, async (db, _, registration, partner) =>
    {
        if (!viewer.Works(partner))
        {
            return "forbidden";
        }

        if (registration.State is not (RegistrationState.Accepted or RegistrationState.Expired) || registration.DecidedAt is null)
        {
            return PartnerRefusal.NotAccepted;
        }

        if (await viewer.Opportunities(db).Where(o => o.Id == opportunityId).Select(o => new { o.AccountId, o.Code }).SingleOrDefaultAsync(ct) is not { } opportunity
            || !await db.Set<AccountKey>().AnyAsync(k => k.AccountId == opportunity.AccountId && k.Key == registration.CompanyKey, ct))
        {
            return PartnerRefusal.OtherCompany;
        }

        registration.OpportunityId = opportunityId;
        Happened(db, registration, PartnerEvent.Linked, viewer.UserId, new { registration.Company, registrationId = id, opportunityId, opportunity.Code });
        return null;
    }, ct);

    /// <summary>What stands against a company's registration; null where it is no company's name.</summary>
    public async Task<IReadOnlyList<RegistrationConflict>?> Conflicts(string? company, Guid? partnerId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return CompanyName.Parse(company) is { } name ? await RegistrationConflicts.Of(db, vault, name, partnerId, ct) : null;
    }

    private Task<AccountResult<PartnerRegistration>> Decide(
        Viewer viewer, Guid id, string? reason, Func<GranaryDb, Setting, PartnerRegistration, bool, Task<string?>> decide, CancellationToken ct) => Run(viewer, id, async (db, setting, registration, partner) =>
    {
        if (!viewer.DecidesFor(partner))
        {
            return "forbidden";
        }

        var own = registration.AskedById == viewer.UserId && viewer.Owners(Permission.DecideOpportunities) is not null;
        if (await decide(db, setting, registration, own) is { } refusal)
        {
            return refusal;
        }

        (registration.DecidedById, registration.DecidedAt, registration.Reason) = (viewer.UserId, time.Now, VerbReason.Kept(reason));
        db.AddRange(new[] { registration.AskedById, partner.OwnerId }.Where(u => u != viewer.UserId).Distinct().Select(user => Notice(user, NoticeKind.RegistrationDecided, id)));
        return null;
    }, ct, reason);

    private async Task<AccountResult<PartnerRegistration>> Run(
        Viewer viewer, Guid id, Func<GranaryDb, Setting, PartnerRegistration, Partner, Task<string?>> act, CancellationToken ct, string? reason = null)
    {
        if (reason?.Trim().Length > VerbReason.Most)
        {
            return new AccountResult<PartnerRegistration>.Invalid([new FieldError("reason", "too_long", $"{VerbReason.Most}")]);
        }

        var setting = await settings.Get(ct);
        return await store.Write<AccountResult<PartnerRegistration>>(
            async scope =>
            {
                var company = await viewer.Registrations(scope.Db).Where(r => r.Id == id).Select(r => r.Company).SingleOrDefaultAsync(ct);
                await CompanyLock.Take(scope, CompanyName.Parse(company), null, ct);
                if (await viewer.Registrations(scope.Db).SingleOrDefaultAsync(r => r.Id == id, ct) is not { } registration)
                {
                    return new AccountResult<PartnerRegistration>.NotFound();
                }

                if (await act(scope.Db, setting, registration, await scope.Db.Set<Partner>().SingleAsync(p => p.Id == registration.PartnerId, ct)) is { } refusal)
                {
                    return new AccountResult<PartnerRegistration>.Refused(refusal);
                }

                registration.Version++;
                await scope.Db.SaveChangesAsync(ct);
                return new AccountResult<PartnerRegistration>.Done(registration);
            },
            ct);
    }

    private string? Withdrawn(GranaryDb db, PartnerRegistration registration, Viewer viewer)
    {
        (registration.State, registration.ExpiresAt) = (RegistrationState.Withdrawn, null);
        Happened(db, registration, PartnerEvent.Withdrawn, viewer.UserId, new { registration.Company, registrationId = registration.Id });
        return null;
    }

    private void Happened<T>(GranaryDb db, PartnerRegistration registration, string kind, Guid actor, T data) => db.Add(AccountEvent.Of(registration.PartnerId, kind, time.Now, actor, data));

    private Notice Notice(Guid user, NoticeKind kind, Guid id) => new() { Id = time.NewId(), UserId = user, Kind = kind, SubjectId = id, At = time.Now };

    private static IEnumerable<Guid> Deciders(Setting setting, Partner partner, Guid asker) => setting.People.Values.Where(p => p.Id != asker && p.Status == PersonStatus.Active)
        .Select(p => setting.ViewerOf(p.Id)).OfType<Viewer>().Where(v => v.DecidesFor(partner)).Select(v => v.UserId).Order().Take(MostTold);

    private static string Code(AcceptanceRefusal refusal) => refusal switch
    {
        AcceptanceRefusal.NotAsked => PartnerRefusal.NotAsked,
        AcceptanceRefusal.OwnRequest => PartnerRefusal.OwnRequest,
        AcceptanceRefusal.Protected => PartnerRefusal.Protected,
        _ => PartnerRefusal.ReasonRequired,
    };

    private static List<FieldError> Wrong(RegistrationInput input, CompanyName? name, Partner? partner)
    {
        List<FieldError> errors = [];
        void Check(bool holds, string field, string code, string? limit = null) => errors.AddRange(holds ? [] : [new FieldError(field, code, limit)]);
        Check(partner is not null, "partnerId", input.PartnerId is null ? "required" : "unknown_value");
        Check(input.Kind is { } kind && Enum.IsDefined(kind), "kind", input.Kind is null ? "required" : "not_a_choice");
        Check(name is not null, "company", string.IsNullOrEmpty(input.Company) ? "required" : "company_name");
        Check(!(input.Company?.Length > RegistrationInput.LongestCompany), "company", "too_long", $"{RegistrationInput.LongestCompany}");
        Check(!string.IsNullOrEmpty(input.Need), "need", "required");
        Check(!(input.Need?.Length > RegistrationInput.LongestNeed), "need", "too_long", $"{RegistrationInput.LongestNeed}");
        Check(input.Amount is null or (>= 0 and <= MostAmount), "amount", "out_of_range", "0");
        return errors;
    }
}
