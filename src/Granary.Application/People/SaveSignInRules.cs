using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What an administrator says about signing in.</summary>
/// <param name="SecondFactorRoles">Keys of the roles whose people need a second factor.</param>
public sealed record SignInRules(IReadOnlyList<string> SecondFactorRoles);

/// <summary>Says whose people need a second factor (§18).</summary>
public sealed class SaveSignInRules(SettingCache settings, TimeProvider time)
{
    /// <summary>The rules in force.</summary>
    public static SignInRules Of(Organisation organisation) => new(organisation.SecondFactorRoles is { } roles ? Json.Read<List<string>>(roles) : []);

    /// <summary>Changes them.</summary>
    public Task<SettingResult> Change(Guid actor, SignInRules rules, CancellationToken ct = default) => settings.Change<SettingResult>(
        async scope =>
        {
            var known = (await scope.Db.Roles.Select(r => r.Name!).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal);
            if (rules.SecondFactorRoles.Index().Where(r => !known.Contains(r.Item)).Select(r => new FieldError($"secondFactorRoles[{r.Index}]", "unknown")).ToList() is { Count: > 0 } errors)
            {
                return new SettingResult.Refused(errors);
            }

            var organisation = await scope.Db.Set<Organisation>().SingleAsync(ct);
            var (before, after) = (Of(organisation), new SignInRules([.. rules.SecondFactorRoles.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
            organisation.SecondFactorRoles = after.SecondFactorRoles.Count == 0 ? null : Json.Write(after.SecondFactorRoles);
            scope.Db.Add(time.Event(actor, Guid.Empty, "organisation.sign_in_changed", new { Before = before, After = after }));
            return new SettingResult.Done("sign-in");
        },
        ct);
}
