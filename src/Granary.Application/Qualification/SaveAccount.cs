using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>What somebody says about an account.</summary>
/// <param name="Name">Company name, 1 to 200 characters.</param>
/// <param name="CreditCode">Unified social credit code; its check digit is verified.</param>
/// <param name="OwnerId">Owner; somebody active.</param>
/// <param name="Contacts">Contacts, up to 50.</param>
public sealed record AccountInput(string Name, string? CreditCode, Guid? OwnerId, IReadOnlyList<AccountContactInput> Contacts);

/// <summary>What somebody says about a contact of an account.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Title">Job title.</param>
/// <param name="Phone">Phone.</param>
/// <param name="Email">E-mail address.</param>
public sealed record AccountContactInput(string Name, string? Title, string? Phone, string? Email);

/// <summary>Adds accounts with the keys by which leads find them (§5.1 rules 1 and 2).</summary>
public sealed class SaveAccount(Store store, Vault vault, SettingCache settings, TimeProvider time)
{
    private const int MostContacts = 50;

    /// <summary>Adds an account: its id, or what is wrong.</summary>
    public async Task<(Guid? Id, IReadOnlyList<FieldError> Errors)> Create(Viewer viewer, AccountInput input, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        input = Normalised(input);
        if (Errors(input, setting) is { Count: > 0 } errors)
        {
            return (null, errors);
        }

        var name = CompanyName.Parse(input.Name)!;
        var account = new Account { Id = time.NewId(), Name = input.Name, CreditCode = input.CreditCode, OwnerId = input.OwnerId, CreatedAt = time.Now };
        var contacts = input.Contacts.Select(c => Contact(account.Id, c)).ToList();
        var keys = Keys(account, input, name, setting);
        return await store.Write<(Guid?, IReadOnlyList<FieldError>)>(
            async scope =>
            {
                if (await Known(scope.Db, name, input, ct) is { } known)
                {
                    return (null, [known]);
                }

                scope.Db.Add(account);
                scope.Db.AddRange(contacts);
                scope.Db.AddRange(keys);
                scope.Db.Add(new EventRecord
                {
                    SubjectId = account.Id,
                    Kind = "account.created",
                    At = time.Now,
                    ActorId = viewer.UserId,
                    Data = Json.Write(new { account.Name, account.OwnerId, contacts = contacts.Count }),
                });
                await scope.Db.SaveChangesAsync(ct);
                return (account.Id, []);
            },
            ct);
    }

    private static AccountInput Normalised(AccountInput input) => input with
    {
        Name = CleanText.Line(input.Name) ?? "",
        CreditCode = string.IsNullOrWhiteSpace(input.CreditCode) ? null : CreditCode.Normalise(input.CreditCode),
        Contacts = [.. input.Contacts.Select(c => c with { Name = CleanText.Line(c.Name) ?? "", Title = CleanText.Line(c.Title), Phone = CleanText.Line(c.Phone), Email = CleanText.Line(c.Email) })],
    };

    private static List<FieldError> Errors(AccountInput input, Setting setting)
    {
        List<FieldError> errors = [];
        void Text(string field, string? text, int limit, bool required = false)
        {
            if (required && string.IsNullOrEmpty(text))
            {
                errors.Add(new FieldError(field, "required"));
            }
            else if (text?.Length > limit)
            {
                errors.Add(new FieldError(field, "too_long", $"{limit}"));
            }
            else if (text?.Any(char.IsControl) == true)
            {
                errors.Add(new FieldError(field, "control_character"));
            }
        }

        Text("name", input.Name, FieldLimits.CompanyName, required: true);
        if (errors.Count == 0 && CompanyName.Parse(input.Name) is null)
        {
            errors.Add(new FieldError("name", "company_name"));
        }

        if (input.CreditCode is { } code && !CreditCode.IsValid(code))
        {
            errors.Add(new FieldError("creditCode", "credit_code"));
        }

        if (input.OwnerId is { } owner && setting.People.GetValueOrDefault(owner)?.Status is not PersonStatus.Active)
        {
            errors.Add(new FieldError("ownerId", setting.People.ContainsKey(owner) ? "inactive_user" : "unknown_value"));
        }

        if (input.Contacts.Count > MostContacts)
        {
            errors.Add(new FieldError("contacts", "too_many", $"{MostContacts}"));
            return errors;
        }

        foreach (var (i, contact) in input.Contacts.Index())
        {
            Text($"contacts[{i}].name", contact.Name, FieldLimits.ContactName, required: true);
            Text($"contacts[{i}].title", contact.Title, FieldLimits.Title);
            if (contact.Phone is not null && !PhoneNumber.TryParse(contact.Phone, out _, out var phone))
            {
                errors.Add(new FieldError($"contacts[{i}].phone", phone!));
            }

            if (contact.Email is not null && !EmailAddress.TryParse(contact.Email, out _, out var email))
            {
                errors.Add(new FieldError($"contacts[{i}].email", email!));
            }
        }

        return errors;
    }

    private AccountContact Contact(Guid accountId, AccountContactInput contact) => new()
    {
        Id = time.NewId(),
        AccountId = accountId,
        Name = contact.Name,
        Title = contact.Title,
        Phone = PhoneNumber.TryParse(contact.Phone, out var phone, out _) ? vault.Seal(phone.Full) : null,
        Email = EmailAddress.TryParse(contact.Email, out var email, out _) ? vault.Seal(email.Value) : null,
    };

    private List<AccountKey> Keys(Account account, AccountInput input, CompanyName name, Setting setting)
    {
        Dictionary<Guid, MatchKeyKind> keys = [];
        foreach (var key in vault.Kept(name, setting.Aliases))
        {
            keys[key] = MatchKeyKind.Company;
        }

        if (input.CreditCode is { } code)
        {
            keys[vault.CreditCodeKey(code)] = MatchKeyKind.CreditCode;
        }

        foreach (var contact in input.Contacts)
        {
            if (PhoneNumber.TryParse(contact.Phone, out var phone, out _))
            {
                keys[vault.Key(phone)] = MatchKeyKind.Phone;
            }

            if (EmailAddress.TryParse(contact.Email, out var email, out _))
            {
                keys[vault.Key(email)] = MatchKeyKind.Email;
            }
        }

        return [.. keys.Select(k => new AccountKey { Key = k.Key, AccountId = account.Id, Kind = (int)k.Value, AccountName = account.Name, OwnerId = account.OwnerId })];
    }

    private async Task<FieldError?> Known(GranaryDb db, CompanyName name, AccountInput input, CancellationToken ct)
    {
        var core = vault.CompanyKey(name.Core);
        var alike = await db.Set<AccountKey>().Where(k => k.Key == core).Select(k => k.AccountName).ToListAsync(ct);
        if (alike.Exists(other => CompanyName.Parse(other)?.ExactKey == name.ExactKey))
        {
            return new FieldError("name", "duplicate");
        }

        var code = input.CreditCode is null ? Guid.Empty : vault.CreditCodeKey(input.CreditCode);
        return await db.Set<AccountKey>().AnyAsync(k => k.Key == code, ct) ? new FieldError("creditCode", "duplicate") : null;
    }
}
