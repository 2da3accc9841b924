using System.Net;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Testing;
using Granary.Testing.Web;
using Granary.Web.Hosting;
using Granary.Web.Tests.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Granary.Web.Tests.Commands;

public sealed class CommandTests
{
    private static readonly string[] MakeKey = ["api-key", "create", "--name", "x", "--user", Office.Administrator];

    [Theory, OnBothDatabases]
    public async Task A_key_made_on_the_command_line_opens_the_api_of_the_server_started_later(DatabaseKind kind)
    {
        await using var database = await SetUp(kind);

        var made = await Typing.Type(database, MakeKey);

        Assert.Equal((0, ""), (made.Exit, made.Error));
        Assert.Matches("^gk_[A-Za-z0-9_-]{43}\n$", made.Out.ReplaceLineEndings("\n"));
        await using var granary = new GranaryFactory(database);
        using var http = granary.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", made.Out.Trim());
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/api/v1/me")).Status);
    }

    [Fact]
    public async Task A_command_given_while_a_server_runs_is_carried_out_by_it_and_outlives_its_death()
    {
        await using var database = await SetUp(DatabaseKind.Sqlite);
        var (server, address) = await Typing.Serve(database);
        using var http = new HttpClient { BaseAddress = address };

        var made = await Typing.Type(database, MakeKey);
        http.DefaultRequestHeaders.Authorization = new("Bearer", made.Out.Trim());
        Assert.Equal(0, made.Exit);
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/api/v1/me")).Status);

        var unknown = await Typing.Type(database, "api-key", "create", "--name", "x", "--user", "nobody@example.com");
        Assert.Equal((1, ""), (unknown.Exit, unknown.Out));
        Assert.Contains("nobody@example.com", unknown.Error, StringComparison.Ordinal);

        var second = await Typing.Type(database, "serve", "--urls", "http://127.0.0.1:0");
        Assert.Equal(1, second.Exit);
        Assert.Contains(address.Authority, second.Error, StringComparison.Ordinal);

        await Typing.Kill(server);
        Assert.True(File.Exists(Path.Combine(database.Options.Directory, "server.json")));
        var alone = await Typing.Type(database, MakeKey);
        Assert.Equal(0, alone.Exit);
        Assert.StartsWith("gk_", alone.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_without_the_folders_token_hands_commands_to_a_server()
    {
        await using var database = await SetUp(DatabaseKind.Sqlite);
        await using var granary = new GranaryFactory(database);
        using var http = new HttpClient { BaseAddress = granary.Listen() };
        var body = new { arguments = MakeKey, directory = "/" };

        Assert.Equal(HttpStatusCode.NotFound, (await http.Post("/local/commands", body)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await http.Post("/local/commands", body, ("Granary-Token", "guess"))).Status);
        var token = await Token(granary);
        var carried = await http.Post("/local/commands", body, ("Granary-Token", token));
        Assert.Equal(HttpStatusCode.OK, carried.Status);
    }

    [Theory]
    [InlineData("--ulrs=http://x")]
    [InlineData("servee")]
    [InlineData("api-key", "create", "--name", "x")]
    [InlineData("api-key")]
    public async Task What_is_typed_wrongly_is_told_and_ends_with_2(params string[] arguments)
    {
        await using var database = await TestDatabase.OpenEmpty(DatabaseKind.Sqlite);

        var outcome = await Typing.Type(database, arguments);

        Assert.Equal((2, ""), (outcome.Exit, outcome.Out));
        Assert.NotEqual("", outcome.Error);
        Assert.False(File.Exists(database.Options.SqliteFile));
    }

    [Theory, OnBothDatabases]
    public async Task Migrating_brings_an_empty_database_up_to_date(DatabaseKind kind)
    {
        await using var database = await TestDatabase.OpenEmpty(kind);

        var outcome = await Typing.Type(database, "migrate");

        Assert.Equal((0, ""), (outcome.Exit, outcome.Error));
        await using var granary = new GranaryFactory(database);
        using var http = granary.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await http.Get("/health/ready")).Status);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_in_words()
    {
        await using var database = await TestDatabase.OpenEmpty(DatabaseKind.Sqlite);

        var outcome = await Typing.Type(database, "migrate", "--Granary:Database=postgres", "--ConnectionStrings:Granary=Host=127.0.0.1;Port=1;Timeout=2");

        Assert.Equal(1, outcome.Exit);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_is_told_to_whoever_may_read_the_folder()
    {
        await using var database = await SetUp(DatabaseKind.Sqlite);
        Assert.Equal(1, (await Typing.Type(database, "demo-info")).Exit);
        using (var folder = new DataFolder(database.Options))
        {
            new DemoSheet([new("sdr", "sdr@example.com", "demo password")], "gk_demo").Keep(folder);
        }

        var outcome = await Typing.Type(database, "demo-info");

        Assert.Equal(0, outcome.Exit);
        Assert.Contains("sdr: sdr@example.com / demo password", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("key=gk_demo", outcome.Out.Split('\n').Select(l => l.Trim()));
    }

    [Theory, OnBothDatabases]
    public async Task Verifying_counts_all_leads_and_names_one_that_was_changed_behind_the_log(DatabaseKind kind)
    {
        await using var database = await SetUp(kind);
        await using (var granary = new GranaryFactory(database))
        {
            var lead = new LeadSubmission { Channel = "官网/官网表单", Contact = new ContactDetails { Name = "张三", Phones = ["13800138000"] } };
            Assert.IsType<IntakeResult.Landed>(await granary.Services.GetRequiredService<LeadIntake>().Submit(new IntakeRequest { Submission = lead }, Office.Ct));
        }

        var right = await Typing.Type(database, "verify");
        await database.Store.Write(scope => scope.Db.Set<Lead>().ExecuteUpdateAsync(l => l.SetProperty(x => x.PoolId, (Guid?)null), Office.Ct), Office.Ct);
        var wrong = await Typing.Type(database, "verify");

        Assert.Equal((0, ""), (right.Exit, right.Error));
        Assert.Matches("^leads=1\npool=1\npool.nurture=1\nownerships=0\ntimers=[01]\nwaiting=[01]\ndifferences=0\n$", right.Out.ReplaceLineEndings("\n"));
        Assert.Equal(1, wrong.Exit);
        Assert.Contains("nowhere: neither owner, pool nor tray", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("pool: log ", wrong.Error, StringComparison.Ordinal);
    }

    private static async Task<TestDatabase> SetUp(DatabaseKind kind)
    {
        var database = await TestDatabase.Open(kind);
        await using var granary = new GranaryFactory(database);
        var create = granary.Services.GetRequiredService<CreateFirstAdministrator>();
        Assert.IsType<PeopleResult.Done>(await create.Create("归仓", "王芳", Office.Administrator, Office.Password, Office.Ct));
        return database;
    }

    private static async Task<string> Token(GranaryFactory granary)
    {
        var folder = granary.Services.GetRequiredService<DataFolder>();
        while (folder.Card is null)
        {
            await Task.Delay(20, Office.Ct);
        }

        return folder.Card.Token;
    }
}
