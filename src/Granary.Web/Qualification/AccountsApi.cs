using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>An account to add, with its contacts.</summary>
/// <param name="Name">Company name, up to 200 characters.</param>
/// <param name="CreditCode">Unified social credit code; its check digit is verified.</param>
/// <param name="OwnerId">Owner; whoever adds it when left out.</param>
/// <param name="Industry">Industry in up to three levels, such as <c>制造业/汽车/零部件</c>.</param>
/// <param name="Size">large, medium or small.</param>
/// <param name="Headcount">Employees.</param>
/// <param name="Province">Province.</param>
/// <param name="City">City.</param>
/// <param name="Tier">Id of a tier of the policy of qualification.</param>
/// <param name="ParentId">The account it belongs to.</param>
/// <param name="Website">Web site.</param>
/// <param name="Sites">Where it is, up to 50 lines.</param>
/// <param name="PastOrders">What it ordered before, up to 50 lines.</param>
/// <param name="Competitors">Competitors who are there, up to 50 names.</param>
/// <param name="Note">A note, up to 4,000 characters.</param>
/// <param name="Custom">Custom fields by key.</param>
/// <param name="Contacts">Contacts, up to 50.</param>
public sealed record AccountBody(
    string? Name = null, string? CreditCode = null, Guid? OwnerId = null, string? Industry = null, Domain.Capture.CompanySize? Size = null, int? Headcount = null, string? Province = null,
    string? City = null, string? Tier = null, Guid? ParentId = null, string? Website = null, IReadOnlyList<string>? Sites = null, IReadOnlyList<string>? PastOrders = null,
    IReadOnlyList<string>? Competitors = null, string? Note = null, IReadOnlyDictionary<string, JsonElement>? Custom = null, IReadOnlyList<ContactFieldsBody>? Contacts = null)
{
    internal AccountInput Input(Guid owner) =>
        new AccountFieldsBody(Name, CreditCode, owner, Industry, Size, Headcount, Province, City, Tier, ParentId, Website, Sites, PastOrders, Competitors, Note, Custom)
            .Input([.. (Contacts ?? []).Select(c => c.Input())]);
}

/// <summary>The accounts API.</summary>
public static class AccountsApi
{
    internal static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/v1/accounts").WithTags("Accounts").Require(Permission.ManageAccounts).Idempotent();
        accounts.MapGet("/", List).Produces<Page<AccountView>>();
        accounts.MapGet("/{id:guid}", Get).Produces<AccountView>();
        accounts.MapPost("/", Create).Produces<AccountView>(StatusCodes.Status201Created);
        accounts.MapPatch("/{id:guid}", Change).Produces<AccountView>().Accepts<AccountFieldsBody>("application/merge-patch+json", "application/json");
        accounts.MapPost("/{id:guid}/contact-reveals", Reveal).Produces<IReadOnlyList<RevealedAccountContact>>(StatusCodes.Status201Created);
    }

    /// <summary>
    /// Lists accounts, the latest first. Filters: owner (id, <c>me</c>, <c>none</c>), tier, industry (a level with all below it), province, size, parent, custom.{key}; each may be
    /// repeated for any of its values.
    /// </summary>
    /// <param name="page">Which page.</param>
    /// <param name="q">A contact's phone, e-mail or WeChat id in full, or a company's name or the beginning of it.</param>
    /// <param name="list">The list.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, string? q, ListAccounts list, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        var filter = AccountFilter.Parse(http.Request.QueryString.Value, out var errors);
        if (errors.Count > 0)
        {
            return Problem.BadParameter(errors);
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var (items, next) = await list.Read(viewer, filter, after, page.Size, ct);
        return TypedResults.Ok(new Page<AccountView>([.. items.Select(i => AccountView.Of(i.Account, setting))], next is { } last ? Cursor.Write(last) : null));
    }

    /// <summary>Gets an account with its contacts, masked, and its version as ETag; one that was merged leads to the one that stayed (307).</summary>
    /// <param name="id">The account.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="merges">Merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadAccount read, ReadMerges merges, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        if (await View(id, read, viewer, setting, ct) is not { } view)
        {
            // Not for ever: a merge can be undone.
            return await merges.AccountOf(viewer, id, ct) is { } into ? TypedResults.Redirect($"/api/v1/accounts/{into}", permanent: false, preserveMethod: true) : Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{view.Version}");
        return TypedResults.Ok(view);
    }

    /// <summary>Adds an account. Leads of its company, credit code or contacts are its owner's from now on.</summary>
    /// <param name="body">The account.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(AccountBody body, SaveAccount save, ReadAccount read, Viewer viewer, Setting setting, CancellationToken ct)
    {
        var (id, errors) = await save.Create(viewer, body.Input(body.OwnerId ?? viewer.UserId), ct);
        return id is { } made ? TypedResults.Created($"/api/v1/accounts/{made}", await View(made, read, viewer, setting, ct)) : Problem.Invalid(errors);
    }

    /// <summary>Changes an account: members given replace, null clears, members left out stay (merge patch). Its leads stay with whoever has them.</summary>
    /// <param name="id">The account.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="merges">Merges.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="setting">The settings.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveAccount save, ReadAccount read, ReadMerges merges, Viewer viewer, Setting setting, HttpContext http, CancellationToken ct)
    {
        var result = await save.Change(viewer, id, before => MergePatch.Apply(AccountFieldsBody.Of(before), patch).Input([]), AccountAnswers.Seen(http), ct);
        if (result is AccountResult<Account>.NotFound && await merges.AccountOf(viewer, id, ct) is { } into && await View(into, read, viewer, setting, ct) is { } survivor)
        {
            // Who edits what was merged meanwhile is told both versions, and where it went.
            var stale = RecordVersion.Stale(RecordVersion.Seen(http), $"{survivor.Version}", survivor);
            return stale with { Code = "account_merged", More = new Dictionary<string, JsonNode?>(stale.More) { ["mergedInto"] = JsonValue.Create(into) } };
        }

        return result is AccountResult<Account>.Done ? await Get(id, read, merges, viewer, setting, http, ct)
            : result.Problem(http, result is AccountResult<Account>.Stale ? await View(id, read, viewer, setting, ct) : null)!;
    }

    /// <summary>Shows the contact data of an account's contacts whole; each look is counted and in the log.</summary>
    /// <param name="id">The account.</param>
    /// <param name="reveal">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Reveal(Guid id, RevealAccountContacts reveal, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await reveal.Reveal(viewer, id, ct) switch
        {
            AccountResult<IReadOnlyList<RevealedAccountContact>>.Done(var contacts) => TypedResults.Created($"/api/v1/accounts/{id}", contacts),
            var result => result.Problem(http)!,
        };
    }

    private static async Task<AccountView?> View(Guid id, ReadAccount read, Viewer viewer, Setting setting, CancellationToken ct) =>
        await read.Find(viewer, id, ct) is { } found ? AccountView.Of(found.Account, setting) with { Contacts = [.. found.Contacts.Select(ContactView.Of)] } : null;
}
