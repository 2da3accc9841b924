using System.Globalization;
using Granary.Application.Qualification;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Web.Settings;

namespace Granary.Web.Desk.Accounts;

/// <summary>An account as a form posts it: texts as typed, so that nothing is lost when something is wrong.</summary>
public sealed class AccountForm
{
    public string? Name { get; set; }

    public string? CreditCode { get; set; }

    public string? Owner { get; set; }

    public string? OwnerText { get; set; }

    public string? Industry { get; set; }

    public string? Branch { get; set; }

    public string? Trade { get; set; }

    public string? Size { get; set; }

    public string? Headcount { get; set; }

    public string? Province { get; set; }

    public string? City { get; set; }

    public string? Tier { get; set; }

    public string? Parent { get; set; }

    public string? ParentText { get; set; }

    public string? Website { get; set; }

    public string? Sites { get; set; }

    public string? PastOrders { get; set; }

    public string? Competitors { get; set; }

    public string? Note { get; set; }

    /// <summary>Custom fields by key.</summary>
    public Dictionary<string, string?>? Custom { get; set; }

    /// <summary>Custom fields of several choices by key.</summary>
    public Dictionary<string, List<string>?>? Several { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>A stored account.</summary>
    public static AccountForm Of(Account a, string? owner, string? parent)
    {
        var levels = a.Industry?.Split('/') ?? [];
        return new()
        {
            Name = a.Name,
            CreditCode = a.CreditCode,
            Owner = a.OwnerId?.ToString(),
            OwnerText = owner,
            Industry = levels.ElementAtOrDefault(0),
            Branch = levels.ElementAtOrDefault(1),
            Trade = levels.ElementAtOrDefault(2),
            Size = a.Size is { } size ? WireName.Of(size) : null,
            Headcount = a.Headcount?.ToString(CultureInfo.InvariantCulture),
            Province = a.Province,
            City = a.City,
            Tier = a.Tier,
            Parent = a.ParentId?.ToString(),
            ParentText = parent,
            Website = a.Website,
            Sites = string.Join('\n', a.Sites),
            PastOrders = string.Join('\n', a.PastOrders),
            Competitors = string.Join('\n', a.Competitors),
            Note = a.Note,
            Custom = AccountInput.CustomOf(a).ToDictionary(c => c.Key, c => (string?)c.Value),
            Several = AccountInput.CustomOf(a).ToDictionary(c => c.Key, c => (List<string>?)[.. c.Value.Split(',')]),
            Seen = a.Version,
        };
    }

    /// <summary>The account that was typed over what it was.</summary>
    /// <param name="before">What it was; empty for a new one.</param>
    /// <param name="fields">The custom fields that the form shows.</param>
    /// <param name="errors">What could not be read.</param>
    public AccountInput Over(AccountInput before, IReadOnlyList<CustomField> fields, out IReadOnlyList<FieldError> errors)
    {
        List<FieldError> wrong = [];
        int? headcount = null;
        if (!string.IsNullOrWhiteSpace(Headcount))
        {
            headcount = int.TryParse(Headcount, NumberStyles.Integer | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count) ? count : null;
            if (headcount is null)
            {
                wrong.Add(new FieldError("headcount", "not_a_number"));
            }
        }

        errors = wrong;
        return before with
        {
            Name = Name ?? "",
            CreditCode = CreditCode,
            OwnerId = Chosen(Owner, OwnerText),
            Industry = string.Join('/', new[] { Industry, Branch, Trade }.Select(l => l?.Replace('/', ' ').Trim()).Where(l => !string.IsNullOrEmpty(l))),
            Size = Enum.TryParse<CompanySize>(Size, ignoreCase: true, out var size) && Enum.IsDefined(size) ? size : null,
            Headcount = headcount,
            Province = Province,
            City = City,
            Tier = Tier,
            ParentId = Chosen(Parent, ParentText),
            Website = Website,
            Sites = Lines(Sites),
            PastOrders = Lines(PastOrders),
            Competitors = Lines(Competitors),
            Note = Note,
            Custom = CustomInput.Over(before.Custom, fields, Custom, Several),
        };
    }

    // A box that was emptied chooses nobody, whatever was chosen before.
    private static Guid? Chosen(string? id, string? text) => !string.IsNullOrWhiteSpace(text) && Guid.TryParse(id, out var chosen) ? chosen : null;

    private static string[] Lines(string? text) => text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
