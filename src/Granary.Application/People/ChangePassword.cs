using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Changes one's own password: asks for the present one, and ends every other session.</summary>
public sealed class ChangePassword(SettingCache settings, CheckPassword check, TimeProvider time)
{
    /// <summary>Changes it.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="present">The password of now; a wrong one counts like one at sign-in.</param>
    /// <param name="next">The password from now on.</param>
    /// <param name="session">The session that goes on; null ends all.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PeopleResult> Change(Guid userId, string present, string next, Guid? session, CancellationToken ct = default)
    {
        var person = (await settings.Get(ct)).People[userId];
        if (PasswordRules.Check("password", next, person.Name, person.Email) is { } error)
        {
            return new PeopleResult.Refused([error]);
        }

        if (!await check.Confirm(userId, present, ct))
        {
            return new PeopleResult.Refused("present", "password_wrong");
        }

        var hash = Accounts.Hash(new User { Name = person.Name }, next);
        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var user = await scope.Db.Users.SingleAsync(u => u.Id == userId, ct);
                Accounts.SetPassword(user, hash);
                await InvitePerson.Withdraw(scope.Db, userId, time.Now, ct);
                await Sessions.EndAll(scope.Db, time, userId, userId, "password", session, ct);
                scope.Db.Add(time.Event(userId, userId, "user.password_changed"));
                return new PeopleResult.Done(userId);
            },
            ct);
    }
}
