using System.Net;
using Granary.Domain.People;
using Granary.Testing;

namespace Granary.Web.Tests.People;

public sealed class DepartmentsAndRolesTests
{
    [Theory, OnBothDatabases]
    public async Task Departments_form_a_tree_that_is_never_a_ring(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var company = await Add(office, "归仓", null);
        var east = await Add(office, "华东", company);
        var suzhou = await Add(office, "苏州", east);

        var ring = await office.Api.Patch($"/api/v1/departments/{company}", new { parentId = suzhou });
        var list = (await office.Api.Get("/api/v1/departments")).Body["items"]!.AsArray();

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "parentId"), (ring.Status, ring.Field));
        Assert.Equal(["归仓", "华东", "苏州"], list.Select(d => (string)d!["name"]!));
        Assert.Equal((Guid)list[1]!["id"]!, (Guid)list[2]!["parentId"]!);
    }

    [Theory, OnBothDatabases]
    public async Task A_department_goes_only_when_it_is_empty(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var company = await Add(office, "归仓", null);
        await office.Api.Patch($"/api/v1/users/{office.AdministratorId}", new { departmentId = company });

        var refused = await office.Api.Send(HttpMethod.Delete, $"/api/v1/departments/{company}", null);
        await office.Api.Patch($"/api/v1/users/{office.AdministratorId}", new Dictionary<string, object?> { ["departmentId"] = null });

        Assert.Equal((HttpStatusCode.Conflict, "not_empty"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.NoContent, (await office.Api.Send(HttpMethod.Delete, $"/api/v1/departments/{company}", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Api.Get($"/api/v1/departments/{company}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_copied_role_grants_what_it_says(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var made = await office.Api.Post("/api/v1/roles", new { key = "night_desk", grants = new { viewLeads = new[] { "own", "pools" } } });
        var id = await office.Hire("li@example.com", "night_desk");

        Assert.Equal(HttpStatusCode.Created, made.Status);
        Assert.Equal(DataScope.Own | DataScope.Pools, (await office.Setting()).ViewerOf(id)!.Scope(Permission.ViewLeads));
        Assert.Equal("key", (await office.Api.Post("/api/v1/roles", new { key = "SDR", grants = new { } })).Field);
        Assert.Equal("key", (await office.Api.Post("/api/v1/roles", new { key = "sdr", grants = new { } })).Field);
    }

    [Theory, OnBothDatabases]
    public async Task A_changed_role_holds_with_the_next_request_but_the_administrators_stays(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("li@example.com", "sdr");
        using var program = await office.Program("li@example.com");
        Assert.Equal(HttpStatusCode.Forbidden, (await program.Post("/api/v1/departments", new { name = "x" })).Status);

        await office.Api.Patch("/api/v1/roles/sdr", new { grants = new { managePeople = new[] { "all" } } });

        Assert.Equal(HttpStatusCode.Created, (await program.Post("/api/v1/departments", new { name = "x" })).Status);
        Assert.Equal("grants", (await office.Api.Patch("/api/v1/roles/system_administrator", new { grants = new { } })).Field);
    }

    private static async Task<Guid> Add(Office office, string name, Guid? above)
    {
        var answer = await office.Api.Post("/api/v1/departments", new { name, parentId = above });
        Assert.Equal(HttpStatusCode.Created, answer.Status);
        return (Guid)answer.Body["id"]!;
    }
}
