using System.Text.Json;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Web.Intake;
using Granary.Web.People;

namespace Granary.Web.Qualification;

/// <summary>An account to add, or the fields of one that change.</summary>
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
public sealed record AccountFieldsBody(
    string? Name = null, string? CreditCode = null, Guid? OwnerId = null, string? Industry = null, CompanySize? Size = null, int? Headcount = null, string? Province = null,
    string? City = null, string? Tier = null, Guid? ParentId = null, string? Website = null, IReadOnlyList<string>? Sites = null, IReadOnlyList<string>? PastOrders = null,
    IReadOnlyList<string>? Competitors = null, string? Note = null, IReadOnlyDictionary<string, JsonElement>? Custom = null)
{
    internal static AccountFieldsBody Of(AccountInput i) => new(
        i.Name, i.CreditCode, i.OwnerId, i.Industry, i.Size, i.Headcount, i.Province, i.City, i.Tier, i.ParentId, i.Website, i.Sites, i.PastOrders, i.Competitors, i.Note, i.Custom.ToDictionary(c => c.Key, c => JsonSerializer.SerializeToElement(c.Value)));

    internal AccountInput Input(IReadOnlyList<AccountContactInput> contacts) => new(Name ?? "", CreditCode, OwnerId, contacts)
    {
        Industry = Industry,
        Size = Size,
        Headcount = Headcount,
        Province = Province,
        City = City,
        Tier = Tier,
        ParentId = ParentId,
        Website = Website,
        Sites = Sites ?? [],
        PastOrders = PastOrders ?? [],
        Competitors = Competitors ?? [],
        Note = Note,
        Custom = LeadBodyReading.Custom(Custom),
    };
}

/// <summary>A contact to add with an account, or the fields of one that change.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Title">Job title.</param>
/// <param name="Roles">Parts in buying: decisionMaker, influencer, user.</param>
/// <param name="KeyPerson">Whether they are a key person.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Wechat">WeChat id.</param>
/// <param name="Since">The day on which they began there.</param>
/// <param name="Until">The day on which they left.</param>
public sealed record ContactFieldsBody(
    string? Name = null, string? Title = null, IReadOnlyList<BuyingRole>? Roles = null, bool? KeyPerson = null, string? Phone = null, string? Email = null, string? Wechat = null,
    DateOnly? Since = null, DateOnly? Until = null)
{
    internal static ContactFieldsBody Of(AccountContactInput c) => new(c.Name, c.Title, c.Roles, c.KeyPerson, c.Phone, c.Email, c.WeChat, c.Since, c.Until);

    internal AccountContactInput Input(Guid? personId = null) => new(Name ?? "", Title, Phone, Email)
    {
        WeChat = Wechat,
        Roles = Roles ?? [],
        KeyPerson = KeyPerson ?? false,
        Since = Since,
        Until = Until,
        PersonId = personId,
    };
}

/// <summary>A contact of an account; contact data is masked.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Version; also the ETag.</param>
/// <param name="AccountId">The account.</param>
/// <param name="PersonId">Who it is, over all their jobs.</param>
/// <param name="Name">Name.</param>
/// <param name="Title">Job title.</param>
/// <param name="Roles">Parts in buying.</param>
/// <param name="KeyPerson">Whether they are a key person.</param>
/// <param name="Phone">Phone, masked.</param>
/// <param name="Email">E-mail address, masked.</param>
/// <param name="Wechat">WeChat id, masked.</param>
/// <param name="Since">The day on which they began there.</param>
/// <param name="Until">The day on which they left; null while they are there.</param>
public sealed record ContactView(
    Guid Id, int Version, Guid AccountId, Guid PersonId, string Name, string? Title, IReadOnlyList<string> Roles, bool KeyPerson, string? Phone, string? Email, string? Wechat, DateOnly? Since, DateOnly? Until)
{
    /// <summary>Other jobs of the person, at accounts that the reader sees; only of a single contact.</summary>
    public IReadOnlyList<JobView>? Jobs { get; init; }

    internal static ContactView Of(MaskedAccountContact masked) => masked.Contact is var c
        ? new(c.Id, c.Version, c.AccountId, c.PersonId, c.Name, c.Title, c.Roles, c.KeyPerson, masked.Phone, masked.Email, masked.WeChat, c.Since, c.Until)
        : throw new InvalidOperationException();
}

/// <summary>A job of a person.</summary>
/// <param name="ContactId">The contact that it is.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Account">Its name.</param>
/// <param name="Title">Job title.</param>
/// <param name="Since">The day on which they began there.</param>
/// <param name="Until">The day on which they left; null while they are there.</param>
public sealed record JobView(Guid ContactId, Guid AccountId, string Account, string? Title, DateOnly? Since, DateOnly? Until)
{
    internal static JobView Of(PersonJob job) => new(job.Contact.Id, job.Contact.AccountId, job.Account, job.Contact.Title, job.Contact.Since, job.Contact.Until);
}

/// <summary>An account.</summary>
/// <param name="Id">Id.</param>
/// <param name="Version">Version; also the ETag.</param>
/// <param name="Name">Company name.</param>
/// <param name="CreditCode">Unified social credit code.</param>
/// <param name="Owner">Owner.</param>
/// <param name="Industry">Industry in up to three levels.</param>
/// <param name="Size">large, medium or small.</param>
/// <param name="Headcount">Employees.</param>
/// <param name="Province">Province.</param>
/// <param name="City">City.</param>
/// <param name="Tier">Id of its tier.</param>
/// <param name="ParentId">The account it belongs to.</param>
/// <param name="Website">Web site.</param>
/// <param name="Sites">Where it is.</param>
/// <param name="PastOrders">What it ordered before.</param>
/// <param name="Competitors">Competitors who are there.</param>
/// <param name="Note">A note.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ChangedAt">Last change.</param>
public sealed record AccountView(
    Guid Id, int Version, string Name, string? CreditCode, OwnerAnswer? Owner, string? Industry, CompanySize? Size, int? Headcount, string? Province, string? City, string? Tier, Guid? ParentId,
    string? Website, IReadOnlyList<string> Sites, IReadOnlyList<string> PastOrders, IReadOnlyList<string> Competitors, string? Note, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt)
{
    /// <summary>Its contacts, masked; left out in lists.</summary>
    public IReadOnlyList<ContactView>? Contacts { get; init; }

    /// <summary>Custom fields by key.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();

    /// <summary>The pool it lies in while nobody owns it, by its key.</summary>
    public string? Pool { get; init; }

    internal static AccountView Of(Account a, Setting setting) => new(
        a.Id, a.Version, a.Name, a.CreditCode, OwnerAnswer.Of(a.OwnerId, setting), a.Industry, a.Size, a.Headcount, a.Province, a.City, a.Tier, a.ParentId,
        a.Website, a.Sites, a.PastOrders, a.Competitors, a.Note, a.CreatedAt, a.ChangedAt)
    {
        Custom = AccountInput.CustomOf(a),
        Pool = a.OwnerId is null && a.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
    };
}
