using Granary.Application.Assignment;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Bench;

/// <summary>An organisation with twenty representatives on a new database, for measuring.</summary>
internal sealed class Organisation : IAsyncDisposable
{
    private bool _letGo;

    private Organisation(StoreOptions options, Store store, Vault vault)
    {
        (Options, Store, Vault) = (options, store, vault);
        Settings = new SettingCache(store, vault, TimeProvider.System);
        Intake = new LeadIntake(store, vault, Settings, TimeProvider.System);
    }

    public StoreOptions Options { get; }

    public Store Store { get; }

    public Vault Vault { get; }

    public SettingCache Settings { get; }

    public LeadIntake Intake { get; }

    /// <summary>Opens a new database: SQLite in a temporary folder, or PostgreSQL on the server given.</summary>
    public static async Task<Organisation> Open(bool postgres)
    {
        var directory = Directory.CreateTempSubdirectory("granary-bench-").FullName;
        string? connection = null;
        if (postgres)
        {
            var server = Environment.GetEnvironmentVariable("GRANARY_TEST_POSTGRES") ?? throw new InvalidOperationException("Run eng/bench: it starts a PostgreSQL.");
            var name = $"bench_{Guid.NewGuid():N}";
            await using var admin = new NpgsqlConnection(server);
            await admin.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", admin);
            await create.ExecuteNonQueryAsync();
            connection = new NpgsqlConnectionStringBuilder(server) { CommandTimeout = 0, Database = name, MaxPoolSize = 100 }.ConnectionString;
        }

        var options = new StoreOptions(connection, directory, null);
        var store = new Store(options);
        await store.Migrate();
        await store.PrepareEventMonths(TimeProvider.System.Now, TimeProvider.System.Now);
        await store.Prepare(TimeProvider.System);
        var organisation = new Organisation(options, store, await store.OpenVault());
        await organisation.Hire(20);
        return organisation;
    }

    /// <summary>Lets go of the database, so that a host can take it over; it still ends with this object.</summary>
    public async Task LetGo()
    {
        await Intake.DisposeAsync();
        Settings.Dispose();
        await Store.DisposeAsync();
        _letGo = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_letGo)
        {
            await LetGo();
        }

        Directory.Delete(Options.Directory, true);
        if (Options.Postgres is { } connection)
        {
            var name = new NpgsqlConnectionStringBuilder(connection).Database;
            await using var admin = new NpgsqlConnection(Environment.GetEnvironmentVariable("GRANARY_TEST_POSTGRES"));
            await admin.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", admin);
            await drop.ExecuteNonQueryAsync();
        }
    }

    private Task Hire(int count) => Settings.Change(async scope =>
    {
        var role = await scope.Db.Roles.Where(r => r.Name == "sales_representative").Select(r => r.Id).SingleAsync();
        for (var i = 0; i < count; i++)
        {
            var id = TimeProvider.System.NewId();
            var mail = $"rep{i}@example.com";
            // No caps: what is measured is the work, not the refusal of it.
            scope.Db.Add(new User
            {
                Id = id,
                Name = $"Rep {i}",
                UserName = mail,
                NormalizedUserName = mail.ToUpperInvariant(),
                Email = mail,
                Profile = Json.Write(new AssignmentProfile { HoldingCap = null, Weight = 1 + (i % 3) }),
                CreatedAt = TimeProvider.System.Now,
            });
            scope.Db.UserRoles.Add(new() { UserId = id, RoleId = role });
            scope.Db.Add(new UserLoad { UserId = id, Day = DateOnly.MinValue });
        }
    });
}
