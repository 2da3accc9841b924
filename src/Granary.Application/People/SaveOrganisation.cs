using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What an administrator says about the organisation.</summary>
/// <param name="Name">Name, 1 to 200 characters.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="Currency">ISO 4217 currency.</param>
public sealed record OrganisationInput(string Name, string TimeZone, string Currency);

/// <summary>Changes the organisation's name, time zone and currency (§0 Organisation time).</summary>
public sealed class SaveOrganisation(SettingCache settings, TimeProvider time)
{
    /// <summary>Changes it.</summary>
    public async Task<SettingResult> Change(Guid actor, OrganisationInput input, CancellationToken ct = default)
    {
        input = new OrganisationInput(input.Name.Trim(), input.TimeZone.Trim(), input.Currency.Trim().ToUpperInvariant());
        List<FieldError> errors = [.. Checks.Text("name", input.Name, 200)];
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(input.TimeZone, out var zone) || !zone.HasIanaId)
        {
            errors.Add(new FieldError("timeZone", "unknown"));
        }

        if (input.Currency.Length != 3 || !input.Currency.All(char.IsAsciiLetterUpper))
        {
            errors.Add(new FieldError("currency", "unknown"));
        }

        if (errors.Count > 0)
        {
            return new SettingResult.Refused(errors);
        }

        return await settings.Change<SettingResult>(
            async scope =>
            {
                var organisation = await scope.Db.Set<Organisation>().SingleAsync(ct);
                var before = new OrganisationInput(organisation.Name, organisation.TimeZone, organisation.Currency);
                (organisation.Name, organisation.TimeZone, organisation.Currency) = (input.Name, input.TimeZone, input.Currency);
                scope.Db.Add(time.Event(actor, SettingEvents.Organisation, "organisation.changed", new { Before = before, After = input }));
                return new SettingResult.Done(input.Name);
            },
            ct);
    }
}
