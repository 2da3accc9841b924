using Granary.Application.Assignment;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests;

/// <summary>A small organisation on a fresh database: the words tests speak.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private int _phones;

    private Shop(TestDatabase database, Store store, Vault vault, TimeProvider clock)
    {
        (_database, Store, Vault, Time) = (database, store, vault, clock);
        Settings = new SettingCache(store, vault, clock);
        Intake = new LeadIntake(store, vault, Settings, clock);
    }

    public Store Store { get; }

    public Vault Vault { get; }

    public TimeProvider Time { get; }

    public SettingCache Settings { get; }

    public LeadIntake Intake { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Opens a shop; it is Monday 09:00 unless the clock says otherwise.</summary>
    public static async Task<Shop> Open(DatabaseKind kind, TimeProvider? clock = null)
    {
        var database = await TestDatabase.Open(kind);
        return await On(database, clock ?? new FakeClock());
    }

    /// <summary>A second node on the same database.</summary>
    public Task<Shop> SecondNode() => On(_database, Time);

    /// <summary>Hires somebody with a role.</summary>
    public async Task<Guid> Hire(string name, string role = "sales_representative", AssignmentProfile? profile = null)
    {
        var id = Time.NewId();
        await Settings.Change(
            async scope =>
            {
                var roleId = await scope.Db.Roles.Where(r => r.Name == role).Select(r => r.Id).SingleAsync(Ct);
                scope.Db.Add(new User
                {
                    Id = id,
                    Name = name,
                    UserName = $"{id:N}@example.com",
                    NormalizedUserName = $"{id:N}@EXAMPLE.COM",
                    Email = $"{id:N}@example.com",
                    Profile = Json.Write(profile ?? new AssignmentProfile()),
                    CreatedAt = Time.Now,
                });
                scope.Db.UserRoles.Add(new() { UserId = id, RoleId = roleId });
                scope.Db.Add(new UserLoad { UserId = id, Day = DateOnly.MinValue });
            },
            Ct);
        return id;
    }

    /// <summary>Publishes a policy.</summary>
    public Task Publish<T>(PolicyKind kind, T policy) => Settings.Change(
        async scope =>
        {
            var version = await scope.Db.Set<PolicyVersion>().Where(p => p.Kind == kind.Name).MaxAsync(p => p.Version, Ct);
            scope.Db.Add(new PolicyVersion { Kind = kind.Name, Version = version + 1, Body = Json.Write(policy), CreatedAt = Time.Now, PublishedAt = Time.Now });
        },
        Ct);

    /// <summary>A submission that is fit to be assigned, with a phone of its own.</summary>
    public LeadSubmission Lead(string? phone = null, string? company = null, string channel = "官网/百度搜索") => new()
    {
        Channel = channel,
        Company = new CompanyDetails { Name = company, Industry = "软件", Size = CompanySize.Large },
        Contact = new ContactDetails
        {
            Name = "张三",
            Role = BuyingRole.DecisionMaker,
            Phones = [phone ?? NewPhone()],
        },
        Budget = new Budget(400_000, 500_000, BudgetMatch.Full),
    };

    /// <summary>A mobile number nobody has yet.</summary>
    public string NewPhone()
    {
        var n = Interlocked.Increment(ref _phones);
        return $"139{(n * 7919L % 100_000_000):00000000}";
    }

    /// <summary>Submits and expects it to land.</summary>
    public async Task<Landing> Submit(LeadSubmission submission)
    {
        var result = await Intake.Submit(new IntakeRequest { Submission = submission }, Ct);
        return Assert.IsType<IntakeResult.Landed>(result).Landing;
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> Read<T>(Func<GranaryDb, Task<T>> read)
    {
        await using var db = Store.Open();
        return await read(db);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        await _database.DisposeAsync();
    }

    /// <summary>Stops this node; the database stays.</summary>
    public async Task Close()
    {
        await Intake.DisposeAsync();
        Settings.Dispose();
        await Store.DisposeAsync();
    }

    /// <summary>A node on a database that a test keeps for itself.</summary>
    public static async Task<Shop> On(TestDatabase database, TimeProvider clock)
    {
        var store = new Store(database.Options);
        await store.Prepare(clock, Ct);
        return new Shop(database, store, await store.OpenVault(clock, Ct), clock);
    }
}
