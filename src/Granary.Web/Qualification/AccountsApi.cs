using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Qualification;

/// <summary>An account to add.</summary>
/// <param name="Name">Company name, up to 200 characters.</param>
/// <param name="CreditCode">Unified social credit code; its check digit is verified.</param>
/// <param name="OwnerId">Owner; whoever adds it when left out.</param>
/// <param name="Contacts">Contacts, up to 50.</param>
public sealed record AccountBody(string? Name = null, string? CreditCode = null, Guid? OwnerId = null, IReadOnlyList<AccountContactBody>? Contacts = null);

/// <summary>A contact of an account.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Title">Job title.</param>
/// <param name="Phone">Phone; masked in answers.</param>
/// <param name="Email">E-mail address; masked in answers.</param>
public sealed record AccountContactBody(string? Name = null, string? Title = null, string? Phone = null, string? Email = null);

/// <summary>An account; contact data is masked.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Company name.</param>
/// <param name="CreditCode">Unified social credit code.</param>
/// <param name="Owner">Owner.</param>
/// <param name="Contacts">Contacts.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AccountView(Guid Id, string Name, string? CreditCode, OwnerAnswer? Owner, IReadOnlyList<AccountContactBody> Contacts, DateTimeOffset CreatedAt);

/// <summary>The accounts API.</summary>
public static class AccountsApi
{
    internal static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/v1/accounts").WithTags("Accounts").Require(Permission.ManageAccounts).Idempotent();
        accounts.MapGet("/", List).Produces<Page<AccountView>>();
        accounts.MapGet("/{id:guid}", Get).Produces<AccountView>();
        accounts.MapPost("/", Create).Produces<AccountView>(StatusCodes.Status201Created);
    }

    /// <summary>Lists accounts, the latest first.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="vault">Opens contact data to mask it.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Viewer viewer, Setting setting, Store store, Vault vault, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        await using var db = store.Open();
        var accounts = viewer.Accounts(db).AsNoTracking();
        var read = await (after is { } last ? accounts.Where(a => a.Id < last) : accounts).OrderByDescending(a => a.Id).Take(page.Size + 1).ToListAsync(ct);
        return TypedResults.Ok(Page.Cut(await Views(db, read, setting, vault, ct), page.Size, a => Cursor.Write(a.Id)));
    }

    /// <summary>Gets an account.</summary>
    /// <param name="id">The account.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="vault">Opens contact data to mask it.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, Viewer viewer, Setting setting, Store store, Vault vault, CancellationToken ct)
    {
        await using var db = store.Open();
        return await viewer.Accounts(db).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is { } account
            ? TypedResults.Ok((await Views(db, [account], setting, vault, ct))[0])
            : Problem.NotFound();
    }

    /// <summary>Adds an account. Leads of its company, credit code or contacts are its owner's from now on.</summary>
    /// <param name="body">The account.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="store">The database.</param>
    /// <param name="vault">Opens contact data to mask it.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(AccountBody body, SaveAccount save, Viewer viewer, Setting setting, Store store, Vault vault, CancellationToken ct)
    {
        var owner = body.OwnerId ?? viewer.UserId;
        if (viewer.Owners(Permission.ManageAccounts) is { } reach && !reach.Contains(owner))
        {
            return Problem.Invalid([new FieldError("ownerId", "unknown_value")]);
        }

        var input = new AccountInput(body.Name ?? "", body.CreditCode, owner, [.. (body.Contacts ?? []).Select(c => new AccountContactInput(c.Name ?? "", c.Title, c.Phone, c.Email))]);
        var (id, errors) = await save.Create(viewer, input, ct);
        if (id is not { } made)
        {
            return Problem.Invalid(errors);
        }

        await using var db = store.Open();
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == made, ct);
        return TypedResults.Created($"/api/v1/accounts/{made}", (await Views(db, [account], setting, vault, ct))[0]);
    }

    private static async Task<IReadOnlyList<AccountView>> Views(GranaryDb db, List<Account> accounts, Setting setting, Vault vault, CancellationToken ct)
    {
        var ids = accounts.ConvertAll(a => a.Id);
        var contacts = (await db.Set<AccountContact>().AsNoTracking().Where(c => ids.Contains(c.AccountId)).OrderBy(c => c.Id).ToListAsync(ct)).ToLookup(c => c.AccountId);
        return accounts.ConvertAll(a => new AccountView(
            a.Id, a.Name, a.CreditCode, OwnerAnswer.Of(a.OwnerId, setting), [.. contacts[a.Id].Select(c => Masked(c, vault))], a.CreatedAt));
    }

    private static AccountContactBody Masked(AccountContact contact, Vault vault) => new(
        contact.Name,
        contact.Title,
        contact.Phone is { } phone ? (PhoneNumber.TryParse(vault.Open(phone), out var number, out _) ? number.Masked : "***") : null,
        contact.Email is { } email ? new EmailAddress(vault.Open(email)).Masked : null);
}
