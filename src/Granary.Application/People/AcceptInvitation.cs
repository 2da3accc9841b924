using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Whom an open link is for.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their sign-in name.</param>
/// <param name="Reset">Whether it replaces a password.</param>
public sealed record OpenInvitation(Guid UserId, string Name, string Email, bool Reset);

/// <summary>Uses a link of <see cref="InvitePerson"/>: sets the password of whoever holds it, once.</summary>
public sealed class AcceptInvitation(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Whom a link is for; null when it was used, withdrawn, is too old or never was.</summary>
    public async Task<OpenInvitation?> Find(string token, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var hash = InvitePerson.HashOf(token);
        return await InvitePerson.Open(db, time.Now).Where(i => i.Hash == hash)
            .Join(db.Users.Where(u => u.Status != PersonStatus.Departed), i => i.UserId, u => u.Id, (i, u) => new OpenInvitation(u.Id, u.Name, u.Email!, i.Reset))
            .SingleOrDefaultAsync(ct);
    }

    /// <summary>Sets the password; every session of before ends. Missing when the link is no longer good.</summary>
    public async Task<PeopleResult> Accept(string token, string password, CancellationToken ct = default)
    {
        if (await Find(token, ct) is not { } open)
        {
            return new PeopleResult.Missing();
        }

        if (PasswordRules.Check("password", password, open.Name, open.Email) is { } error)
        {
            return new PeopleResult.Refused([error]);
        }

        var link = InvitePerson.HashOf(token);
        var hash = Accounts.Hash(new User { Name = open.Name }, password);
        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var (db, now) = (scope.Db, time.Now);
                var used = await db.Set<Invitation>().Where(i => i.Hash == link && i.UsedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now)
                    .ExecuteUpdateAsync(i => i.SetProperty(x => x.UsedAt, now), ct);
                if (used == 0 || await db.Users.SingleAsync(u => u.Id == open.UserId, ct) is not { Status: not PersonStatus.Departed } user)
                {
                    scope.Abandon();
                    return new PeopleResult.Missing();
                }

                if (!open.Reset && user.Status == PersonStatus.Away)
                {
                    user.Status = PersonStatus.Active;
                }

                Accounts.SetPassword(user, hash);
                (user.AccessFailedCount, user.LockoutEnd) = (0, null);
                await Sessions.EndAll(db, time, user.Id, user.Id, "password", null, ct);
                db.Add(time.Event(user.Id, user.Id, open.Reset ? "user.password_reset" : "user.joined"));
                return new PeopleResult.Done(user.Id);
            },
            ct);
    }
}
