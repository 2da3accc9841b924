using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Ownership;

/// <summary>What somebody says about a reactivation.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Open">Whether its schedule is on.</param>
public sealed record ReactivationInput(string Name, ReactivationPlan Plan, bool Open = true);

/// <summary>Adds, changes, closes and deletes reactivations (§9).</summary>
public sealed class SaveReactivation(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a reactivation.</summary>
    public Task<SettingResult> Create(Guid actor, ReactivationInput input, CancellationToken ct = default) => Write(
        actor,
        input,
        (db, _) =>
        {
            var made = new Reactivation { Id = time.NewId(), Name = "", Plan = "", AuthorId = actor, CreatedAt = time.Now };
            db.Add(made);
            return Task.FromResult<Reactivation?>(made);
        },
        "reactivation.created",
        ct);

    /// <summary>Changes a reactivation; a run that has not ended ends where it stands.</summary>
    public Task<SettingResult> Change(Guid actor, Guid id, ReactivationInput input, CancellationToken ct = default) =>
        Write(actor, input, (db, token) => db.Set<Reactivation>().SingleOrDefaultAsync(r => r.Id == id, token), "reactivation.changed", ct);

    /// <summary>Deletes a reactivation that has never run; one that has run is closed, so that its figures stay.</summary>
    public Task<SettingResult> Delete(Guid actor, Guid id, CancellationToken ct = default) => store.Write<SettingResult>(
        async scope =>
        {
            var db = scope.Db;
            if (await db.Set<Reactivation>().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } reactivation)
            {
                return new SettingResult.Missing();
            }

            var ran = await db.Set<ReactivationRun>().AnyAsync(r => r.ReactivationId == id, ct);
            if (ran)
            {
                (reactivation.Open, reactivation.NextAt) = (false, null);
            }
            else
            {
                db.Remove(reactivation);
            }

            db.Add(time.Event(actor, id, ran ? "reactivation.closed" : "reactivation.deleted", new { reactivation.Name }));
            await db.SaveChangesAsync(ct);
            return new SettingResult.Done(id);
        },
        ct);

    /// <summary>What is wrong with an input; empty when it can be saved.</summary>
    public static IReadOnlyList<FieldError> Check(ReactivationInput input, Setting setting) =>
    [
        .. string.IsNullOrWhiteSpace(input.Name) ? [new FieldError("name", "required")]
            : input.Name.Trim().Length > ReactivationPlan.LongestName ? [new FieldError("name", "too_long", $"{ReactivationPlan.LongestName}")]
            : Enumerable.Empty<FieldError>(),
        .. input.Plan.Validate(),
        .. Unknown(input.Plan, setting),
    ];

    private static IEnumerable<FieldError> Unknown(ReactivationPlan plan, Setting setting)
    {
        foreach (var (i, key) in plan.Select.Pools.Index().Where(p => p.Item is { Length: > 0 } key && setting.Pools.Find(key) is null))
        {
            yield return new FieldError($"select.pools[{i}]", "unknown");
        }

        var target = plan.Push.Target;
        foreach (var (i, user) in target.Users.Index().Where(u => !setting.People.ContainsKey(u.Item)))
        {
            yield return new FieldError($"push.target.users[{i}]", "unknown");
        }

        if (target.Department is { } department && !setting.Departments.ContainsKey(department))
        {
            yield return new FieldError("push.target.department", "unknown");
        }

        if (target.Pool is { } pool && setting.Pools.Find(pool) is null)
        {
            yield return new FieldError("push.target.pool", "unknown");
        }
    }

    private async Task<SettingResult> Write(
        Guid actor, ReactivationInput input, Func<GranaryDb, CancellationToken, Task<Reactivation?>> find, string kind, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        if (Check(input, setting) is { Count: > 0 } errors)
        {
            return new SettingResult.Refused(errors);
        }

        return await store.Write<SettingResult>(
            async scope =>
            {
                if (await find(scope.Db, ct) is not { } reactivation)
                {
                    return new SettingResult.Missing();
                }

                (reactivation.Name, reactivation.Plan, reactivation.Open) = (input.Name.Trim(), Json.Write(input.Plan), input.Open);
                reactivation.NextAt = input.Open ? input.Plan.Schedule.Next(time.Now, setting.Calendar) : null;
                scope.Db.Add(time.Event(actor, reactivation.Id, kind, input));
                await scope.Db.SaveChangesAsync(ct);
                return new SettingResult.Done(reactivation.Id);
            },
            ct);
    }
}
