using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities.Partners;

/// <summary>What somebody says about a partner.</summary>
/// <param name="Name">Name, 1 to 200 characters.</param>
/// <param name="Kind">Kind.</param>
/// <param name="OwnerId">Who looks after them; somebody active.</param>
/// <param name="AccountId">Their company among our accounts.</param>
/// <param name="Region">Where they work, up to 200 characters.</param>
/// <param name="Note">A note, up to 2,000 characters.</param>
/// <param name="Ended">Whether we have stopped working with them.</param>
public sealed record PartnerInput(string? Name, PartnerKind? Kind, Guid? OwnerId, Guid? AccountId, string? Region, string? Note, bool Ended = false)
{
    internal const int LongestName = 200, LongestRegion = 200, LongestNote = 2_000;

    /// <summary>A stored partner.</summary>
    public static PartnerInput Of(Partner p) => new(p.Name, p.Kind, p.OwnerId, p.AccountId, p.Region, p.Note, p.EndedAt is not null);
}

/// <summary>Adds and changes partners.</summary>
public sealed class SavePartner(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a partner.</summary>
    public async Task<AccountResult<Partner>> Create(Viewer viewer, PartnerInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = Normalised(input);
        return await store.Write<AccountResult<Partner>>(
            async scope =>
            {
                if (await Wrong(scope.Db, setting, viewer, null, input, ct) is { Count: > 0 } errors)
                {
                    return new AccountResult<Partner>.Invalid(errors);
                }

                var partner = new Partner { Id = time.NewId(), Name = input.Name!, CreatedAt = time.Now, ChangedAt = time.Now };
                Write(partner, input);
                scope.Db.Add(partner);
                scope.Db.Add(AccountEvent.Of(partner.Id, PartnerEvent.Created, time.Now, viewer.UserId, new { partner.Name, partner.Kind, partner.OwnerId }));
                await scope.Db.SaveChangesAsync(ct);
                return new AccountResult<Partner>.Done(partner);
            },
            ct);
    }

    /// <summary>Changes a partner; one with whom we stopped working keeps what was registered, and registers nothing more.</summary>
    /// <param name="viewer">Who; they must reach the partner.</param>
    /// <param name="id">The partner.</param>
    /// <param name="edit">What it is to become, from what it is.</param>
    /// <param name="seen">The version that was edited from; null where they do not say.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<AccountResult<Partner>> Change(Viewer viewer, Guid id, Func<PartnerInput, PartnerInput> edit, int? seen = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        return await store.Write<AccountResult<Partner>>(
            async scope =>
            {
                if (await viewer.Partners(scope.Db).SingleOrDefaultAsync(p => p.Id == id, ct) is not { } partner)
                {
                    return new AccountResult<Partner>.NotFound();
                }

                if (!viewer.Works(partner))
                {
                    return new AccountResult<Partner>.Refused("forbidden");
                }

                if (seen is { } version && version != partner.Version)
                {
                    return new AccountResult<Partner>.Stale(partner.Version);
                }

                var before = PartnerInput.Of(partner);
                var input = Normalised(edit(before));
                if (await Wrong(scope.Db, setting, viewer, partner, input, ct) is { Count: > 0 } errors)
                {
                    return new AccountResult<Partner>.Invalid(errors);
                }

                if (input != before)
                {
                    Write(partner, input);
                    (partner.Version, partner.ChangedAt) = (partner.Version + 1, time.Now);
                    scope.Db.Add(AccountEvent.Of(partner.Id, PartnerEvent.Edited, time.Now, viewer.UserId, new { partner.Name, partner.Kind, partner.OwnerId, ended = input.Ended }));
                    await scope.Db.SaveChangesAsync(ct);
                }

                return new AccountResult<Partner>.Done(partner);
            },
            ct);
    }

    private static PartnerInput Normalised(PartnerInput input) => input with { Name = CleanText.Line(input.Name), Region = CleanText.Line(input.Region), Note = CleanText.Lines(input.Note) };

    private void Write(Partner partner, PartnerInput input)
    {
        (partner.Name, partner.Kind, partner.OwnerId, partner.AccountId, partner.Region, partner.Note) = (input.Name!, input.Kind!.Value, input.OwnerId!.Value, input.AccountId, input.Region, input.Note);
        partner.EndedAt = input.Ended ? partner.EndedAt ?? time.Now : null;
    }

    private static async Task<List<FieldError>> Wrong(GranaryDb db, Setting setting, Viewer viewer, Partner? before, PartnerInput input, CancellationToken ct)
    {
        var (reach, own) = (viewer.Owners(Permission.EditOpportunities), before?.Id ?? Guid.Empty);
        bool Keeper(Guid id) => id == before?.OwnerId || (setting.CanOwn(id) && reach?.Contains(id) != false);
        List<FieldError> errors = [];
        void Check(bool holds, string field, string code, string? limit = null) => errors.AddRange(holds ? [] : [new FieldError(field, code, limit)]);
        Check(!string.IsNullOrEmpty(input.Name), "name", "required");
        Check(input.Name is null || input.Name.Length <= PartnerInput.LongestName, "name", "too_long", $"{PartnerInput.LongestName}");
        Check(string.IsNullOrEmpty(input.Name) || !await db.Set<Partner>().AnyAsync(p => p.Name == input.Name && p.Id != own, ct), "name", "duplicate");
        Check(input.Kind is null || Enum.IsDefined(input.Kind.Value), "kind", "not_a_choice");
        Check(input.Kind is not null, "kind", "required");
        Check(input.OwnerId is { } owner && Keeper(owner), "ownerId", input.OwnerId is null ? "required" : "unknown_value");
        Check(input.AccountId is not { } account || account == before?.AccountId || await viewer.Accounts(db).AnyAsync(a => a.Id == account, ct), "accountId", "unknown_value");
        Check(!(input.Region?.Length > PartnerInput.LongestRegion), "region", "too_long", $"{PartnerInput.LongestRegion}");
        Check(!(input.Note?.Length > PartnerInput.LongestNote), "note", "too_long", $"{PartnerInput.LongestNote}");
        return errors;
    }
}
