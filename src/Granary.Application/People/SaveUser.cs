using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Adds users and changes them.</summary>
public sealed class SaveUser(SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a user.</summary>
    public async Task<PeopleResult> Create(Guid actor, UserInput input, string password, CancellationToken ct = default)
    {
        input = input.Trimmed();
        List<FieldError> errors = [.. input.Validate(), .. Checks.Password(password, input)];
        if (errors.Count > 0)
        {
            return new PeopleResult.Refused(errors);
        }

        var made = Accounts.New(time, input, password);
        return await settings.Change<PeopleResult>(
            async scope =>
            {
                if (await Contradictions(scope.Db, input, made.Id, ct) is { Count: > 0 } contradictions)
                {
                    return new PeopleResult.Refused(contradictions);
                }

                await Accounts.Add(scope.Db, made, input.Roles, ct);
                scope.Db.Add(Event(actor, made.Id, "user.created", null, input));
                return new PeopleResult.Done(made.Id);
            },
            ct);
    }

    /// <summary>Changes a user.</summary>
    /// <param name="actor">Who changes.</param>
    /// <param name="id">The user.</param>
    /// <param name="seen">The version that the actor saw; null overwrites any.</param>
    /// <param name="input">What holds from now on.</param>
    /// <param name="password">Another password, which ends their sessions; null leaves it.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<PeopleResult> Change(Guid actor, Guid id, string? seen, UserInput input, string? password, CancellationToken ct = default)
    {
        input = input.Trimmed();
        List<FieldError> errors = [.. input.Validate(), .. password is null ? [] : Checks.Password(password, input)];
        if (errors.Count > 0)
        {
            return new PeopleResult.Refused(errors);
        }

        var hash = password is null ? null : Accounts.Hash(new User { Name = input.Name }, password);
        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var db = scope.Db;
                if (await db.Users.SingleOrDefaultAsync(u => u.Id == id, ct) is not { } user)
                {
                    return new PeopleResult.Missing();
                }

                if (seen is not null && seen != user.ConcurrencyStamp)
                {
                    return new PeopleResult.Stale(user.ConcurrencyStamp!);
                }

                if (await Contradictions(db, input, id, ct) is { Count: > 0 } contradictions)
                {
                    return new PeopleResult.Refused(contradictions);
                }

                if (input.Status == PersonStatus.Departed && user.Status != PersonStatus.Departed && (await Holdings.Of(db, id, ct)).Any)
                {
                    return new PeopleResult.Refused("status", "still_owns");
                }

                if (input.Status == PersonStatus.Departed && user.Status != PersonStatus.Departed)
                {
                    await Parting.Take(db, id, actor, time.Now, ct);
                }

                await Apply(db, user, input, hash, actor, ct);
                return new PeopleResult.Done(id);
            },
            ct);
    }

    private async Task Apply(GranaryDb db, User user, UserInput input, string? hash, Guid actor, CancellationToken ct)
    {
        var held = await db.UserRoles.Where(r => r.UserId == user.Id).ToListAsync(ct);
        var before = await Users.Input(db, user, ct);
        var wanted = await Accounts.RoleRows(db, user.Id, input.Roles, ct);
        db.RemoveRange(held.Where(h => wanted.All(w => w.RoleId != h.RoleId)));
        db.AddRange(wanted.Where(w => held.All(h => h.RoleId != w.RoleId)));
        var moved = input.Email != user.Email;
        if (moved || hash is not null || (input.Status == PersonStatus.Departed && user.Status != PersonStatus.Departed))
        {
            await Sessions.EndAll(db, time, actor, user.Id, hash is not null ? "password" : moved ? "email" : "departed", null, ct);
            await InvitePerson.Withdraw(db, user.Id, time.Now, ct);
        }

        Accounts.Fill(user, input);
        if (hash is not null)
        {
            Accounts.SetPassword(user, hash);
        }

        db.Add(Event(actor, user.Id, "user.changed", before, input, hash is not null));
    }

    // The e-mail address is a person's own; that it changed is told, not what it is.
    private EventRecord Event(Guid actor, Guid id, string kind, UserInput? before, UserInput after, bool password = false) => new()
    {
        At = time.Now,
        ActorId = actor,
        SubjectId = id,
        Kind = kind,
        Data = Json.Write(new
        {
            Before = before is null ? null : before with { Email = "" },
            After = after with { Email = "" },
            Email = before is not null && before.Email != after.Email ? true : (bool?)null,
            Password = password ? true : (bool?)null,
        }),
    };

    internal static async Task<List<FieldError>> Contradictions(GranaryDb db, UserInput input, Guid id, CancellationToken ct)
    {
        List<FieldError> errors = [];
        var normal = Accounts.Normal(input.Email);
        if (await db.Users.AnyAsync(u => u.NormalizedUserName == normal && u.Id != id, ct))
        {
            errors.Add(new FieldError("email", "taken"));
        }

        if (input.DepartmentId is { } department && !await db.Set<Department>().AnyAsync(d => d.Id == department, ct))
        {
            errors.Add(new FieldError("departmentId", "unknown"));
        }

        var roles = await db.Roles.AsNoTracking().ToDictionaryAsync(r => r.Name!, ct);
        errors.AddRange(input.Roles.Index().Where(r => !roles.ContainsKey(r.Item)).Select(r => new FieldError($"roles[{r.Index}]", "unknown")));
        var manages = input.Status != PersonStatus.Departed && input.Roles.Any(r =>
            roles.TryGetValue(r, out var role) && Json.Read<Dictionary<Permission, DataScope>>(role.Grants).ContainsKey(Permission.ManagePeople));
        if (!manages && !await Accounts.AnotherAdministrator(db, id, ct))
        {
            errors.Add(new FieldError(input.Status == PersonStatus.Departed ? "status" : "roles", "last_administrator"));
        }

        return errors;
    }
}
