using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>The first run: names the organisation and makes its administrator, once.</summary>
public sealed class CreateFirstAdministrator(SettingCache settings, TimeProvider time)
{
    /// <summary>Does it; refused as <c>already_set_up</c> when there is a user, whoever else tries at the same instant.</summary>
    public async Task<PeopleResult> Create(string organisation, string name, string email, string password, CancellationToken ct = default)
    {
        var input = new UserInput { Name = name, Email = email, Roles = [BuiltInRoles.Administrator] }.Trimmed();
        List<FieldError> errors = [.. Checks.Text("organisation", organisation.Trim(), 200), .. input.Validate(), .. Checks.Password(password, input)];
        if (errors.Count > 0)
        {
            return new PeopleResult.Refused(errors);
        }

        var user = Accounts.New(time, input, password);
        return await settings.Change<PeopleResult>(
            async scope =>
            {
                // Changes of the setting come one after another, so nobody comes between looking and writing.
                if (await scope.Db.Users.AnyAsync(ct))
                {
                    return new PeopleResult.Refused("", "already_set_up");
                }

                var row = await scope.Db.Set<Organisation>().SingleAsync(ct);
                row.Name = organisation.Trim();
                await Accounts.Add(scope.Db, user, input.Roles, ct);
                scope.Db.Add(new EventRecord
                {
                    At = time.Now,
                    ActorId = user.Id,
                    SubjectId = user.Id,
                    Kind = "organisation.founded",
                    Data = Json.Write(new { row.Name }),
                });
                return new PeopleResult.Done(user.Id);
            },
            ct);
    }
}
