using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>A contact to add to an account.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="PersonId">Who it is, where they are known from another account; found by name and contact point when left out.</param>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Title">Job title.</param>
/// <param name="Roles">Parts in buying: decisionMaker, influencer, user.</param>
/// <param name="KeyPerson">Whether they are a key person.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Wechat">WeChat id.</param>
/// <param name="Since">The day on which they began there.</param>
/// <param name="Until">The day on which they left.</param>
public sealed record ContactBody(
    Guid? AccountId = null, Guid? PersonId = null, string? Name = null, string? Title = null, IReadOnlyList<BuyingRole>? Roles = null, bool? KeyPerson = null, string? Phone = null, string? Email = null,
    string? Wechat = null, DateOnly? Since = null, DateOnly? Until = null);

/// <summary>Contacts of accounts: who works where, now and before (§12 Person).</summary>
public static class ContactsApi
{
    internal static void MapContacts(this IEndpointRouteBuilder app)
    {
        var contacts = app.MapGroup("/api/v1/contacts").WithTags("Accounts").Require(Permission.ManageAccounts).Idempotent();
        contacts.MapGet("/", List).Produces<Page<ContactView>>();
        contacts.MapGet("/{id:guid}", Get).Produces<ContactView>();
        contacts.MapPost("/", Create).Produces<ContactView>(StatusCodes.Status201Created);
        contacts.MapPatch("/{id:guid}", Change).Produces<ContactView>().Accepts<ContactFieldsBody>("application/merge-patch+json", "application/json");
    }

    /// <summary>Lists contacts, the latest first; contact data is masked.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="account">Only those of an account.</param>
    /// <param name="person">Only the jobs of a person.</param>
    /// <param name="q">A phone, e-mail or WeChat id in full, or the beginning of a name.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List([AsParameters] PageQuery page, Guid? account, Guid? person, string? q, ReadAccount read, Viewer viewer, CancellationToken ct)
    {
        if (page.Refusal is { } refusal)
        {
            return refusal;
        }

        if (!Cursor.TryRead<Guid?>(page.After, out var after))
        {
            return Cursor.Bad;
        }

        var found = await read.Contacts(viewer, account, person, q, after, page.Size, ct);
        return TypedResults.Ok(Page.Cut<ContactView>([.. found.Select(ContactView.Of)], page.Size, c => Cursor.Write(c.Id)));
    }

    /// <summary>Gets a contact with the person's other jobs, and its version as ETag.</summary>
    /// <param name="id">The contact.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, ReadAccount read, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (await View(id, read, viewer, ct) is not { } view)
        {
            return Problem.NotFound();
        }

        RecordVersion.Tag(http, $"{view.Version}");
        return TypedResults.Ok(view);
    }

    /// <summary>Adds a contact to an account.</summary>
    /// <param name="body">The contact.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(ContactBody body, SaveContact save, ReadAccount read, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        if (body.AccountId is not { } account)
        {
            return Problem.Invalid([new FieldError("accountId", "required")]);
        }

        var input = new ContactFieldsBody(body.Name, body.Title, body.Roles, body.KeyPerson, body.Phone, body.Email, body.Wechat, body.Since, body.Until).Input(body.PersonId);
        return await save.Add(viewer, account, input, ct) switch
        {
            AccountResult<AccountContact>.Done(var made) => TypedResults.Created($"/api/v1/contacts/{made.Id}", await View(made.Id, read, viewer, ct)),
            AccountResult<AccountContact>.NotFound => Problem.Invalid([new FieldError("accountId", "unknown_value")]),
            var result => result.Problem(http)!,
        };
    }

    /// <summary>Changes a contact: members given replace, null clears, members left out stay (merge patch). Who left has a day in <c>until</c>.</summary>
    /// <param name="id">The contact.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="read">Accounts.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="http">The request.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveContact save, ReadAccount read, Viewer viewer, HttpContext http, CancellationToken ct)
    {
        var result = await save.Change(viewer, id, before => MergePatch.Apply(ContactFieldsBody.Of(before), patch).Input(before.PersonId), AccountAnswers.Seen(http), ct);
        return result is AccountResult<AccountContact>.Done ? await Get(id, read, viewer, http, ct)
            : result.Problem(http, result is AccountResult<AccountContact>.Stale ? await View(id, read, viewer, ct) : null)!;
    }

    private static async Task<ContactView?> View(Guid id, ReadAccount read, Viewer viewer, CancellationToken ct) =>
        await read.FindContact(viewer, id, ct) is var (contact, jobs) ? ContactView.Of(contact) with { Jobs = [.. jobs.Select(JobView.Of)] } : null;
}
