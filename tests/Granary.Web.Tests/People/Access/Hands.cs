using System.Text.Json;
using Granary.Application.Storage;
using Granary.Testing.Web;
using Granary.Web.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.People.Access;

/// <summary>What makes records for the walk: the administrator's hands, and colleagues in each relation to those who walk.</summary>
internal sealed class Hands(Testing.Office office)
{
    private readonly Dictionary<Guid, HttpClient> _programs = [];
    private readonly Dictionary<string, Guid> _pools = [];
    private int _fresh;

    public Testing.Office Office => office;

    public HttpClient Admin => office.Admin;

    public Guid Mate { get; private set; }

    public Guid Junior { get; private set; }

    public Guid Stranger { get; private set; }

    /// <summary>The department of those who walk.</summary>
    public Guid Department { get; private set; }

    /// <summary>A name nobody has yet.</summary>
    public string Fresh(string kind) => $"{kind}{Interlocked.Increment(ref _fresh)}";

    public async Task Prepare()
    {
        Department = await DepartmentOf("East", null);
        var (below, elsewhere) = (await DepartmentOf("East one", Department), await DepartmentOf("South", null));
        Mate = await Hire("mate", "sales_representative", Department);
        Junior = await Hire("junior", "sales_representative", below);
        Stranger = await Hire("stranger", "lead_administrator", elsewhere);
        foreach (var key in new[] { "near", "far" })
        {
            _pools[key] = Id(await Testing.Office.Post(Admin, "/api/v1/pools", new { key, name = key }));
        }
    }

    public async Task<Guid> Hire(string name, string role, Guid? department)
    {
        var (id, program) = await office.Hire(name, role);
        _programs[id] = program;
        await Testing.Office.Send(Admin, HttpMethod.Patch, $"/api/v1/users/{id}", new { departmentId = department }, System.Net.HttpStatusCode.OK);
        return id;
    }

    /// <summary>Lets those who walk belong to the near pool; the far one is the stranger's.</summary>
    public async Task Staff(IEnumerable<Guid> walkers)
    {
        await Members("near", walkers);
        await Members("far", [Stranger]);
    }

    public Guid Pool(Relation relation) => _pools[relation is Relation.Elsewhere or Relation.Foreign ? "far" : "near"];

    public HttpClient ProgramOf(Guid user) => _programs[user];

    public void Knows(Guid user, HttpClient program) => _programs[user] = program;

    /// <summary>Who owns a record in such a relation.</summary>
    public Guid Owner(Subject who, Relation relation) => relation switch
    {
        Relation.Own => who.Id,
        Relation.Team => Mate,
        Relation.Below => Junior,
        _ => Stranger,
    };

    /// <summary>A lead of somebody's, entered by the administrator; or one in a pool.</summary>
    public async Task<Guid> Lead(Subject who, Relation relation)
    {
        var landed = await office.Submit(office.Lead(company: Fresh("公司")));
        var (lead, owner) = (Id(landed), Owner(who, relation == Relation.Pooled ? Relation.Team : relation));
        if (landed.GetProperty("owner") is not { ValueKind: JsonValueKind.Object } given || Id(given) != owner)
        {
            await Testing.Office.Post(Admin, $"/api/v1/leads/{lead}/assignment", new { to = owner });
        }

        if (relation is Relation.Pooled or Relation.Elsewhere)
        {
            await Testing.Office.Post(Admin, $"/api/v1/leads/{lead}/withdrawal", new { reason = "the walk", pool = relation == Relation.Pooled ? "near" : "far" });
        }

        return lead;
    }

    public async Task<Guid> Add(Guid id, object row)
    {
        await using var db = office.Granary.Services.GetRequiredService<Store>().Open();
        db.Add(row);
        await db.SaveChangesAsync(Testing.Office.Ct);
        return id;
    }

    public static Guid Id(JsonElement element) => element.GetProperty("id").GetGuid();

    private async Task<Guid> DepartmentOf(string name, Guid? parentId) => Id(await Testing.Office.Post(Admin, "/api/v1/departments", new { name, parentId }));

    private Task<JsonElement> Members(string pool, IEnumerable<Guid> members) =>
        Testing.Office.Send(Admin, HttpMethod.Put, $"/api/v1/pools/{_pools[pool]}/members", new { members = members.ToArray() }, System.Net.HttpStatusCode.OK);
}
