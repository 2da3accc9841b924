using Granary.Application.Assignment;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.People;

public sealed class PeopleTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Of_two_nodes_that_found_the_organisation_at_once_one_does(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var other = kind == DatabaseKind.Postgres ? await shop.SecondNode() : shop;
        CreateFirstAdministrator[] nodes = [new(shop.Settings, shop.Time), new(other.Settings, shop.Time)];

        var results = await Task.WhenAll(nodes.Select((n, i) => n.Create($"归仓{i}", "王芳", $"wang{i}@example.com", Password, Ct)));

        Assert.Single(results, r => r is PeopleResult.Done);
        Assert.Single(results, r => r is PeopleResult.Refused { Errors: [{ Code: "already_set_up" }] });
        await using var db = shop.Store.Open();
        Assert.Equal(1, await db.Users.CountAsync(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task A_profile_is_stored_as_it_was_said_also_where_it_says_unlimited(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var said = new AssignmentProfile
        {
            Regions = ["江苏/苏州"],
            Sizes = [CompanySize.Large],
            Seniority = Seniority.Senior,
            Weight = 0,
            HoldingCap = null,
            DailyIntakeCap = 3,
            Hours = [new(DayOfWeek.Saturday, new(9, 0), TimeOnly.MinValue)],
            Duty = [new(new(2026, 11, 7), new(9, 0), new(12, 0))],
            Leave = [new(new(2026, 10, 1), new(2026, 10, 7))],
        };

        var id = await Add(shop, "li@example.com", said);

        await using var db = shop.Store.Open();
        var stored = (await Users.Find(db, id, Ct))!.Input.Profile;
        Assert.Equal(Json.Write(said), Json.Write(stored));
        Assert.Null((await shop.Settings.Get(Ct)).Roster.Find(id)!.HoldingCap);
        Assert.Equal(0, (await db.Set<UserLoad>().SingleAsync(l => l.UserId == id, Ct)).Holding);
    }

    [Theory]
    [InlineData("09:00", "09:00", "profile.hours[0].to")]
    [InlineData("18:00", "09:00", "profile.hours[0].to")]
    [InlineData("18:00", "00:00", null)]
    public async Task Hours_end_after_they_begin_or_at_midnight(string from, string to, string? refused)
    {
        await using var shop = await Shop.Open(DatabaseKind.Sqlite);
        await Add(shop, "wang@example.com", new(), BuiltInRoles.Administrator);
        var profile = new AssignmentProfile { Hours = [new(DayOfWeek.Monday, TimeOnly.Parse(from), TimeOnly.Parse(to))] };

        var result = await new SaveUser(shop.Settings, shop.Time).Create(Guid.Empty, Input("li@example.com", profile), Password, Ct);

        Assert.Equal(refused, (result as PeopleResult.Refused)?.Errors[0].Field);
    }

    [Theory, OnBothDatabases]
    public async Task Departure_and_another_password_end_every_session(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await Add(shop, "wang@example.com", new(), BuiltInRoles.Administrator);
        var id = await Add(shop, "li@example.com", new());
        var save = new SaveUser(shop.Settings, shop.Time);
        var sessions = new Sessions(shop.Store, shop.Settings, shop.Time);
        var (input, held) = (Input("li@example.com", new()), new List<int>());

        foreach (var (change, password) in ((UserInput, string?)[])
        [
            (input with { Name = "李" }, null), (input, "another long password"), (input with { Email = "li2@example.com" }, null), (input with { Status = PersonStatus.Departed }, null),
        ])
        {
            var session = await sessions.Begin(id, SignInMeans.Password, null, null, null, Ct);
            await save.Change(Guid.Empty, id, null, change, password, Ct);
            held.Add(await sessions.Find(session.Id, Ct) is null ? 0 : (await sessions.Of(id, Ct)).Count);
        }

        Assert.Equal([1, 0, 0, 0], held);
        Assert.Null((await shop.Settings.Get(Ct)).ViewerOf(id));
    }

    [Theory, OnBothDatabases]
    public async Task Every_change_of_people_is_in_the_log_with_who_made_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var actor = await Add(shop, "wang@example.com", new(), BuiltInRoles.Administrator);
        var id = await Add(shop, "li@example.com", new());
        await new SaveUser(shop.Settings, shop.Time).Change(actor, id, null, Input("li2@example.com", new()), null, Ct);
        var department = Assert.IsType<PeopleResult.Done>(await new SaveDepartment(shop.Settings, shop.Time).Create(actor, new DepartmentInput("华东", null), Ct)).Id;
        await new SaveDepartment(shop.Settings, shop.Time).Remove(actor, department, Ct);
        var key = await new CreateApiKey(shop.Settings, shop.Time).For(actor, id, "x", Ct);
        await new CreateApiKey(shop.Settings, shop.Time).Revoke(actor, id, key!.Id, Ct);

        await using var db = shop.Store.Open();
        var events = await db.Set<EventRecord>().Where(e => e.ActorId == actor).OrderBy(e => e.Position).ToListAsync(Ct);

        Assert.Equal(
            ["user.changed", "department.created", "department.removed", "api_key.created", "api_key.revoked"],
            events.Select(e => e.Kind));
        Assert.DoesNotContain(events, e => e.Data.Contains("li2@example.com", StringComparison.Ordinal));
        Assert.Contains("\"email\":true", events[0].Data, StringComparison.Ordinal);
    }

    private static UserInput Input(string email, AssignmentProfile profile) => new() { Name = "李雷", Email = email, Roles = ["sdr"], Profile = profile };

    private static async Task<Guid> Add(Shop shop, string email, AssignmentProfile profile, string role = "sdr")
    {
        if (!(await shop.Settings.Get(Ct)).People.Values.Any(p => p.Roles.Contains(BuiltInRoles.Administrator)) && role != BuiltInRoles.Administrator)
        {
            await Add(shop, "first@example.com", new(), BuiltInRoles.Administrator);
        }

        var result = await new SaveUser(shop.Settings, shop.Time).Create(Guid.Empty, Input(email, profile) with { Roles = [role] }, Password, Ct);
        return Assert.IsType<PeopleResult.Done>(result).Id;
    }
}
