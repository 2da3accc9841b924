using System.Net;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Hosting;
using Granary.Web.Tests.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Hosting;

public sealed class NodeTests
{
    [Fact]
    public async Task Two_nodes_that_start_together_on_an_empty_database_make_one_organisation()
    {
        await using var database = await TestDatabase.OpenEmpty(DatabaseKind.Postgres);
        var key = Convert.ToBase64String(new byte[32]);
        GranaryFactory[] nodes = [.. Enumerable.Range(0, 2).Select(_ => new GranaryFactory(database) { Settings = new Dictionary<string, string> { ["Granary:MasterKey"] = key } })];

        var answers = await Task.WhenAll(nodes.Select(n => Task.Run(async () =>
        {
            using var http = n.CreateClient();
            return (await http.Get("/health/ready")).Status;
        })));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a));
        await using var db = database.Store.Open();
        Assert.Equal(1, await db.Set<Application.People.Organisation>().CountAsync(Office.Ct));
        Assert.Equal(await db.Roles.CountAsync(Office.Ct), await db.Roles.Select(r => r.Name).Distinct().CountAsync(Office.Ct));
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_cookie_of_one_node_is_good_on_the_other()
    {
        await using var office = await Office.Open(DatabaseKind.Postgres);
        await using var second = new GranaryFactory(office.Granary.Database);
        var sealedByFirst = office.Service<IDataProtectionProvider>().CreateProtector("test").Protect("words");

        Assert.Equal("words", second.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(sealedByFirst));
    }

    [Theory, OnBothDatabases]
    public async Task The_keys_of_cookies_lie_sealed_in_the_database(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        office.Service<IDataProtectionProvider>().CreateProtector("test").Protect("words");
        await using var db = office.Service<Store>().Open();

        var stored = await db.Database.SqlQueryRaw<byte[]>("SELECT xml AS \"Value\" FROM protection_key").FirstAsync(Office.Ct);
        var xml = (await db.Set<ProtectionKey>().FirstAsync(Office.Ct)).Xml;

        Assert.DoesNotContain("<key", System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
        Assert.StartsWith("<key", office.Service<Vault>().Open(xml), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_of_the_embedded_database_belongs_to_one_process()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        using var first = new DataFolder(database.Options);
        using var second = new DataFolder(database.Options);

        Assert.True(first.TryOwn());
        Assert.False(second.TryOwn());
        first.Announce("http://127.0.0.1:1");
        Assert.Equal(first.Card, second.ReadCard());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(database.Options.Directory, "server.json")));
        }

        first.Dispose();
        Assert.Null(second.ReadCard());
        Assert.True(second.TryOwn());
    }

    [Fact]
    public async Task What_a_dead_server_left_behind_is_cleared_by_the_next()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(database.Options.Directory, "server.json"), """{"Address":"http://127.0.0.1:1","Token":"x"}""", Office.Ct);
        using var folder = new DataFolder(database.Options);

        Assert.NotNull(folder.ReadCard());
        Assert.True(folder.TryOwn());
        Assert.Null(folder.ReadCard());
    }

    [Theory, OnBothDatabases]
    public async Task A_request_sees_a_change_of_its_own_node_at_once(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Api.Post("/api/v1/departments", new { name = "华东" });

        Assert.Single((await office.Service<SettingCache>().Get(Office.Ct)).Departments);
    }
}
