using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>What an administrator says about a department.</summary>
/// <param name="Name">Name, 1 to 100 characters.</param>
/// <param name="ParentId">The department above; null at the top.</param>
public sealed record DepartmentInput(string Name, Guid? ParentId, Guid? HeadId = null);

/// <summary>Adds, changes and removes departments.</summary>
public sealed class SaveDepartment(SettingCache settings, TimeProvider time)
{
    /// <summary>Adds a department.</summary>
    public Task<PeopleResult> Create(Guid actor, DepartmentInput input, CancellationToken ct = default)
    {
        var made = new Department { Id = time.NewId(), Name = input.Name.Trim(), ParentId = input.ParentId, HeadId = input.HeadId };
        return Write(actor, made.Id, input, db => Task.FromResult<Department?>(made), "department.created", ct);
    }

    /// <summary>Renames or moves a department.</summary>
    public Task<PeopleResult> Change(Guid actor, Guid id, DepartmentInput input, CancellationToken ct = default) =>
        Write(actor, id, input, db => db.Set<Department>().SingleOrDefaultAsync(d => d.Id == id, ct), "department.changed", ct);

    /// <summary>Removes a department that has neither people nor departments below it.</summary>
    public Task<PeopleResult> Remove(Guid actor, Guid id, CancellationToken ct = default) => settings.Change<PeopleResult>(
        async scope =>
        {
            var db = scope.Db;
            if (await db.Set<Department>().SingleOrDefaultAsync(d => d.Id == id, ct) is not { } department)
            {
                return new PeopleResult.Missing();
            }

            if (await db.Users.AnyAsync(u => u.DepartmentId == id, ct) || await db.Set<Department>().AnyAsync(d => d.ParentId == id, ct))
            {
                return new PeopleResult.Refused("", "not_empty");
            }

            if (await PolicyNames.KindsNaming(db, PolicyNames.Departments, id.ToString(), ct) is { Count: > 0 })
            {
                return new PeopleResult.Refused("", "named_by_policy");
            }

            db.Remove(department);
            db.Add(Event(actor, id, "department.removed", new DepartmentInput(department.Name, department.ParentId, department.HeadId)));
            return new PeopleResult.Done(id);
        },
        ct);

    /// <summary>Merges a department into another: its people and the departments below it belong to that one, and it is gone.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="id">The department that goes.</param>
    /// <param name="into">The one that stays; not below it.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<PeopleResult> Merge(Guid actor, Guid id, Guid into, CancellationToken ct = default) => settings.Change<PeopleResult>(
        async scope =>
        {
            var db = scope.Db;
            var all = await db.Set<Department>().ToDictionaryAsync(d => d.Id, ct);
            if (!all.TryGetValue(id, out var department))
            {
                return new PeopleResult.Missing();
            }

            if (!all.ContainsKey(into))
            {
                return new PeopleResult.Refused("into", "unknown");
            }

            for (var up = (Guid?)into; up is { } at; up = all[at].ParentId)
            {
                if (at == id)
                {
                    return new PeopleResult.Refused("into", "below_itself");
                }
            }

            if (await PolicyNames.KindsNaming(db, PolicyNames.Departments, id.ToString(), ct) is { Count: > 0 })
            {
                return new PeopleResult.Refused("", "named_by_policy");
            }

            var people = await db.Users.Where(u => u.DepartmentId == id).ExecuteUpdateAsync(u => u.SetProperty(x => x.DepartmentId, into), ct);
            foreach (var below in all.Values.Where(d => d.ParentId == id))
            {
                below.ParentId = into;
            }

            db.Remove(department);
            db.Add(time.Event(actor, id, "department.merged", new { department.Name, Into = into, People = people }));
            return new PeopleResult.Done(into);
        },
        ct);

    private async Task<PeopleResult> Write(
        Guid actor, Guid id, DepartmentInput input, Func<GranaryDb, Task<Department?>> find, string kind, CancellationToken ct)
    {
        input = input with { Name = input.Name.Trim() };
        List<FieldError> errors = [.. Checks.Text("name", input.Name, 100)];
        if (errors.Count > 0)
        {
            return new PeopleResult.Refused(errors);
        }

        return await settings.Change<PeopleResult>(
            async scope =>
            {
                var db = scope.Db;
                if (await find(db) is not { } department)
                {
                    return new PeopleResult.Missing();
                }

                var parents = await db.Set<Department>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => d.ParentId, ct);
                if (input.ParentId is { } above && !parents.ContainsKey(above))
                {
                    return new PeopleResult.Refused("parentId", "unknown");
                }

                for (var up = input.ParentId; up is { } at; up = parents[at])
                {
                    if (at == id)
                    {
                        return new PeopleResult.Refused("parentId", "below_itself");
                    }
                }

                if (input.HeadId is { } head && !await db.Users.AnyAsync(u => u.Id == head && u.Status != PersonStatus.Departed, ct))
                {
                    return new PeopleResult.Refused("headId", "unknown");
                }

                (department.Name, department.ParentId, department.HeadId) = (input.Name, input.ParentId, input.HeadId);
                if (db.Entry(department).State == EntityState.Detached)
                {
                    db.Add(department);
                }

                db.Add(Event(actor, id, kind, input));
                return new PeopleResult.Done(id);
            },
            ct);
    }

    private EventRecord Event(Guid actor, Guid id, string kind, DepartmentInput data) =>
        new() { At = time.Now, ActorId = actor, SubjectId = id, Kind = kind, Data = Json.Write(data) };
}
