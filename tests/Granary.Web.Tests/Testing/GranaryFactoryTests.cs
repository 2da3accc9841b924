using Granary.Testing;
using Granary.Testing.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Testing;

public sealed class GranaryFactoryTests
{
    [Theory, OnBothDatabases]
    public async Task The_product_is_told_its_database_and_its_clock(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var granary = await GranaryFactory.Open(kind, clock);

        var configuration = granary.Services.GetRequiredService<IConfiguration>();
        Assert.Equal(kind == DatabaseKind.Sqlite ? "sqlite" : "postgres", configuration["Granary:Database"]);
        Assert.Equal(granary.Database.Options.Directory, configuration["Granary:DataDirectory"]);
        Assert.Equal(granary.Database.Options.Postgres, configuration["ConnectionStrings:Granary"]);
        Assert.Same(clock, granary.Services.GetRequiredService<TimeProvider>());
    }

    [Theory, OnBothDatabases]
    public async Task A_real_client_reaches_the_product(DatabaseKind kind)
    {
        await using var granary = await GranaryFactory.Open(kind);
        using var client = new HttpClient { BaseAddress = granary.Listen() };
        using var answer = await client.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task A_closed_factory_takes_its_own_database_with_it_and_leaves_others()
    {
        await using var kept = await TestDatabase.Open(DatabaseKind.Sqlite);
        await using (var borrowed = new GranaryFactory(kept))
        {
            Assert.NotNull(borrowed.Services);
        }

        var owner = await GranaryFactory.Open(DatabaseKind.Sqlite);
        await owner.DisposeAsync();

        Assert.True(Directory.Exists(kept.Options.Directory));
        Assert.False(Directory.Exists(owner.Database.Options.Directory));
    }
}
