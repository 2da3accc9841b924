using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Matching;

/// <summary>Maintains other names of companies (§5.2). They count for leads that come in from now on.</summary>
public sealed class SaveCompanyAlias(SettingCache settings, TimeProvider time)
{
    private const int Longest = 200;

    /// <summary>Adds an alias, or leads a known one to another company.</summary>
    public async Task<SettingResult> Add(Guid actor, string alias, string company, CancellationToken ct = default)
    {
        (alias, company) = (alias.Trim(), company.Trim());
        List<FieldError> errors = [.. Errors("alias", alias), .. Errors("company", company)];
        if (errors.Count == 0 && CompanyName.Parse(alias)!.ExactKey == CompanyName.Parse(company)!.ExactKey)
        {
            errors.Add(new FieldError("company", "duplicate"));
        }

        if (errors.Count > 0)
        {
            return new SettingResult.Refused(errors);
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var listed = await scope.Db.Set<CompanyAlias>().SingleOrDefaultAsync(a => a.Alias == alias, ct);
                if (listed is null)
                {
                    scope.Db.Add(new CompanyAlias { Alias = alias, Company = company });
                }
                else
                {
                    listed.Company = company;
                }

                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "alias.saved", new { Alias = alias, Company = company }));
                return new SettingResult.Done(alias);
            },
            ct);
    }

    /// <summary>Takes an alias off the list.</summary>
    public Task<SettingResult> Remove(Guid actor, string alias, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            if (await scope.Db.Set<CompanyAlias>().SingleOrDefaultAsync(a => a.Alias == alias, ct) is not { } listed)
            {
                return new SettingResult.Missing();
            }

            scope.Db.Remove(listed);
            scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "alias.removed", new { listed.Alias, listed.Company }));
            return new SettingResult.Done(alias);
        },
        ct);

    /// <summary>All aliases, by company.</summary>
    public static async Task<IReadOnlyList<CompanyAlias>> All(Store store, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await db.Set<CompanyAlias>().AsNoTracking().OrderBy(a => a.Company).ThenBy(a => a.Alias).ToListAsync(ct);
    }

    private static IEnumerable<FieldError> Errors(string field, string name)
    {
        if (name.Length is 0 or > Longest)
        {
            yield return new FieldError(field, name.Length == 0 ? "required" : "too_long", $"{Longest}");
        }
        else if (CompanyName.Parse(name) is null)
        {
            yield return new FieldError(field, "company_name");
        }
    }
}
