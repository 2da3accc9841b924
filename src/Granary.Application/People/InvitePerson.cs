using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>A link that was made; its token is shown this once.</summary>
/// <param name="UserId">Whom it lets in.</param>
/// <param name="Token">What the link ends with.</param>
/// <param name="Reset">Whether it replaces a password, rather than bringing somebody in for the first time.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
public sealed record NewInvitation(Guid UserId, string Token, bool Reset, DateTimeOffset ExpiresAt);

/// <summary>Invites people, and lets them set another password, by a link that works once (§18).</summary>
public sealed class InvitePerson(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Adds somebody who sets their own password: they are away, and get no leads, until they have been there.</summary>
    public async Task<(NewInvitation? Made, PeopleResult Result)> Invite(Guid actor, UserInput input, CancellationToken ct = default)
    {
        input = input.Trimmed() with { Status = PersonStatus.Away };
        if (input.Validate() is { Count: > 0 } errors)
        {
            return (null, new PeopleResult.Refused(errors));
        }

        NewInvitation? made = null;
        var user = Accounts.New(time, input, password: null);
        var result = await settings.Change<PeopleResult>(
            async scope =>
            {
                if (await SaveUser.Contradictions(scope.Db, input, user.Id, ct) is { Count: > 0 } contradictions)
                {
                    return new PeopleResult.Refused(contradictions);
                }

                await Accounts.Add(scope.Db, user, input.Roles, ct);
                made = Make(scope.Db, actor, user);
                return new PeopleResult.Done(user.Id);
            },
            ct);
        return (result is PeopleResult.Done ? made : null, result);
    }

    /// <summary>Makes another link for somebody: an invitation while they have never set a password, else one for a new password. Earlier ones end.</summary>
    public async Task<(NewInvitation? Made, PeopleResult Result)> Offer(Guid actor, Guid userId, CancellationToken ct = default)
    {
        NewInvitation? made = null;
        var result = await settings.Change<PeopleResult>(
            async scope =>
            {
                if (await scope.Db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user)
                {
                    return new PeopleResult.Missing();
                }

                // Whoever was invited and withdrawn is asked again; whoever has left is not.
                if (user.Status == PersonStatus.Departed && user.PasswordHash is not null)
                {
                    return new PeopleResult.Refused("", "inactive_user");
                }

                if (user.PasswordHash is null)
                {
                    user.Status = PersonStatus.Away;
                }

                await Withdraw(scope.Db, userId, time.Now, ct);
                made = Make(scope.Db, actor, user);
                return new PeopleResult.Done(userId);
            },
            ct);
        return (result is PeopleResult.Done ? made : null, result);
    }

    /// <summary>Withdraws the open link of somebody; who was only invited is departed then. Missing when there is none.</summary>
    public Task<PeopleResult> Withdraw(Guid actor, Guid userId, CancellationToken ct = default) => settings.Change<PeopleResult>(
        async scope =>
        {
            if (await scope.Db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user || await Withdraw(scope.Db, userId, time.Now, ct) == 0)
            {
                return new PeopleResult.Missing();
            }

            if (user.PasswordHash is null && !(await Holdings.Of(scope.Db, userId, ct)).Any)
            {
                user.Status = PersonStatus.Departed;
            }

            scope.Db.Add(time.Event(actor, userId, "user.invitation_withdrawn"));
            return new PeopleResult.Done(userId);
        },
        ct);

    /// <summary>The open links of people, by person.</summary>
    public async Task<IReadOnlyDictionary<Guid, Invitation>> Open(IReadOnlyCollection<Guid> userIds, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await Open(db, time.Now).Where(i => userIds.Contains(i.UserId)).ToDictionaryAsync(i => i.UserId, ct);
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    internal static IQueryable<Invitation> Open(GranaryDb db, DateTimeOffset now) =>
        db.Set<Invitation>().AsNoTracking().Where(i => i.UsedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now);

    internal static Task<int> Withdraw(GranaryDb db, Guid userId, DateTimeOffset now, CancellationToken ct) =>
        db.Set<Invitation>().Where(i => i.UserId == userId && i.UsedAt == null && i.WithdrawnAt == null).ExecuteUpdateAsync(i => i.SetProperty(x => x.WithdrawnAt, now), ct);

    private NewInvitation Make(GranaryDb db, Guid actor, User user)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var (now, reset) = (time.Now, user.PasswordHash is not null);
        var row = new Invitation
        {
            Id = time.NewId(),
            UserId = user.Id,
            Hash = HashOf(token),
            Reset = reset,
            AuthorId = actor,
            CreatedAt = now,
            ExpiresAt = now + Invitation.Valid,
        };
        db.Add(row);
        db.Add(time.Event(actor, user.Id, reset ? "user.password_reset_offered" : "user.invited", new { row.ExpiresAt }));
        return new NewInvitation(user.Id, token, reset, row.ExpiresAt);
    }
}
