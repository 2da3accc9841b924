using System.Text.Json.Nodes;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>A department as the API shows it.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="ParentId">The department above; null at the top.</param>
/// <param name="Head">Who heads it.</param>
public sealed record DepartmentView(Guid Id, string Name, Guid? ParentId, OwnerAnswer? Head);

/// <summary>The department that takes in another.</summary>
/// <param name="Into">It; not below the one that goes.</param>
public sealed record DepartmentMerger(Guid? Into = null);

/// <summary>The departments API.</summary>
public static class DepartmentsApi
{
    internal static void MapDepartments(this IEndpointRouteBuilder app)
    {
        var departments = app.MapGroup("/api/v1/departments").WithTags("People").Idempotent();
        departments.MapGet("/", List).Produces<Page<DepartmentView>>();
        departments.MapGet("/{id:guid}", Get).Produces<DepartmentView>();
        departments.MapPost("/", Create).Require(Permission.ManagePeople).Produces<DepartmentView>(StatusCodes.Status201Created);
        departments.MapPatch("/{id:guid}", Change).Require(Permission.ManagePeople).Produces<DepartmentView>()
            .Accepts<DepartmentInput>("application/merge-patch+json", "application/json");
        departments.MapPost("/{id:guid}/merger", Merge).Require(Permission.ManagePeople).Produces<DepartmentView>(StatusCodes.Status201Created);
        departments.MapDelete("/{id:guid}", Remove).Require(Permission.ManagePeople).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists all departments, each after the one above it.</summary>
    /// <param name="settings">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(SettingCache settings, CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        return TypedResults.Ok(new Page<DepartmentView>([.. DepartmentTree.InOrder(setting).Select(d => View(setting, d.Department.Id))], null));
    }

    /// <summary>Gives a department.</summary>
    /// <param name="id">The department.</param>
    /// <param name="settings">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, SettingCache settings, CancellationToken ct) =>
        await settings.Get(ct) is var setting && setting.Departments.ContainsKey(id) ? TypedResults.Ok(View(setting, id)) : Problem.NotFound();

    /// <summary>Adds a department.</summary>
    /// <param name="department">The department.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Create(DepartmentInput department, SaveDepartment save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        await (await save.Create(viewer.UserId, department, ct)).Answer(async id =>
            TypedResults.Created($"/api/v1/departments/{id}", View(await settings.Get(ct), id)));

    /// <summary>Renames or moves a department (merge patch).</summary>
    /// <param name="id">The department.</param>
    /// <param name="patch">What changes.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Change(Guid id, JsonObject patch, SaveDepartment save, Viewer viewer, SettingCache settings, CancellationToken ct)
    {
        if (!(await settings.Get(ct)).Departments.TryGetValue(id, out var department))
        {
            return Problem.NotFound();
        }

        var changed = MergePatch.Apply(new DepartmentInput(department.Name, department.ParentId, department.HeadId), patch);
        return await (await save.Change(viewer.UserId, id, changed, ct)).Answer(done => Get(done, settings, ct));
    }

    /// <summary>Removes a department that has neither people nor departments below it; 409 <c>not_empty</c> otherwise.</summary>
    /// <param name="id">The department.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Remove(Guid id, SaveDepartment save, Viewer viewer, CancellationToken ct) =>
        await (await save.Remove(viewer.UserId, id, ct)).Answer(_ => Task.FromResult<IResult>(TypedResults.NoContent()));

    /// <summary>Merges a department into another: its people and those below it belong to that one, and it is gone.</summary>
    /// <param name="id">The department that goes.</param>
    /// <param name="merger">Where to.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Merge(Guid id, DepartmentMerger merger, SaveDepartment save, Viewer viewer, SettingCache settings, CancellationToken ct) =>
        await (await save.Merge(viewer.UserId, id, merger.Into ?? Guid.Empty, ct)).Answer(async into =>
            TypedResults.Created($"/api/v1/departments/{into}", View(await settings.Get(ct), into)));

    private static DepartmentView View(Setting setting, Guid id) =>
        new(id, setting.Departments[id].Name, setting.Departments[id].ParentId, OwnerAnswer.Of(setting.Departments[id].HeadId, setting));
}
