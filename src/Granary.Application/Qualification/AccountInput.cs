using Granary.Application.Storage;
using Granary.Domain.Capture;

namespace Granary.Application.Qualification;

/// <summary>What somebody says about an account.</summary>
/// <param name="Name">Company name, 1 to 200 characters.</param>
/// <param name="CreditCode">Unified social credit code; its check digit is verified.</param>
/// <param name="OwnerId">Owner; somebody active.</param>
/// <param name="Contacts">Contacts of a new account, up to 50.</param>
public sealed record AccountInput(string Name, string? CreditCode, Guid? OwnerId, IReadOnlyList<AccountContactInput> Contacts)
{
    /// <summary>Industry in up to three levels, with <c>/</c> between; each 1 to 60 characters.</summary>
    public string? Industry { get; init; }

    /// <summary>Size class.</summary>
    public CompanySize? Size { get; init; }

    /// <summary>Employees, 1 to 10,000,000.</summary>
    public int? Headcount { get; init; }

    /// <summary>Province, up to 100 characters.</summary>
    public string? Province { get; init; }

    /// <summary>City, up to 100 characters.</summary>
    public string? City { get; init; }

    /// <summary>Id of a tier.</summary>
    public string? Tier { get; init; }

    /// <summary>The account it belongs to; not itself, nor one below it.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Web site: an address of http or https.</summary>
    public string? Website { get; init; }

    /// <summary>Where it is, up to 50 lines of 200 characters.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>What it ordered before, up to 50 lines of 200 characters.</summary>
    public IReadOnlyList<string> PastOrders { get; init; } = [];

    /// <summary>Competitors who are there, up to 50 names of 200 characters.</summary>
    public IReadOnlyList<string> Competitors { get; init; } = [];

    /// <summary>A note, up to 4,000 characters.</summary>
    public string? Note { get; init; }

    /// <summary>Custom fields by key.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();

    /// <summary>An account as it stands, for an edit to begin from.</summary>
    public static AccountInput Of(Account a) => new(a.Name, a.CreditCode, a.OwnerId, [])
    {
        Industry = a.Industry,
        Size = a.Size,
        Headcount = a.Headcount,
        Province = a.Province,
        City = a.City,
        Tier = a.Tier,
        ParentId = a.ParentId,
        Website = a.Website,
        Sites = a.Sites,
        PastOrders = a.PastOrders,
        Competitors = a.Competitors,
        Note = a.Note,
        Custom = CustomOf(a),
    };

    /// <summary>The custom fields of an account.</summary>
    public static Dictionary<string, string> CustomOf(Account a) => a.Custom is null ? [] : Json.Read<Dictionary<string, string>>(a.Custom);
}

/// <summary>What somebody says about a contact of an account.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Title">Job title.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail address.</param>
public sealed record AccountContactInput(string Name, string? Title, string? Phone, string? Email)
{
    /// <summary>WeChat id.</summary>
    public string? WeChat { get; init; }

    /// <summary>Parts in buying.</summary>
    public IReadOnlyList<BuyingRole> Roles { get; init; } = [];

    /// <summary>Whether they are a key person.</summary>
    public bool KeyPerson { get; init; }

    /// <summary>The day on which they began there.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The day on which they left; null while they are there.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Who it is, where they are known from another account; found by name and contact point when left out.</summary>
    public Guid? PersonId { get; init; }
}
