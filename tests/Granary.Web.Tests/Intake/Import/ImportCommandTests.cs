using System.Globalization;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Intake.Import;

public sealed class ImportCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("granary-import-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_file_is_imported_and_the_last_line_counts_what_became_of_it(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var file = Write("leads.csv", "姓名,电话\n张三,13800138000\n李四,13800138000\n王五,\n");
        var errors = Path.Combine(_folder.FullName, "errors.csv");

        var trial = await Typing.Type(database, "import", file, "--channel", "展会/上海", "--dry-run");
        var first = await Typing.Type(database, "import", file, "--channel", "展会/上海", "--errors", errors);
        var again = await Typing.Type(database, "import", file, "--channel", "展会/上海");

        Assert.Equal((0, "created=1 linked=1 refreshed=0 held=0 failed=1\n"), (trial.Exit, trial.Out.ReplaceLineEndings("\n")));
        Assert.Equal((0, "created=1 linked=1 refreshed=0 held=0 failed=1\n"), (first.Exit, first.Out.ReplaceLineEndings("\n")));
        Assert.Equal((0, "created=0 linked=0 refreshed=0 held=0 failed=1 repeated=2\n"), (again.Exit, again.Out.ReplaceLineEndings("\n")));
        Assert.Contains("电话 → contact.phones", first.Error, StringComparison.Ordinal);
        var bytes = await File.ReadAllBytesAsync(errors, Ct);
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        Assert.Equal("姓名,电话,Row,Reason\r\n王五,,4,\"Give at least one of phone, e-mail and WeChat\"\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Fact]
    public async Task What_cannot_be_used_ends_with_2_and_says_why()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        var file = Write("leads.csv", "姓名,电话\n张三,13800138000\n");

        async Task<string> Why(params string[] arguments)
        {
            var outcome = await Typing.Type(database, ["import", .. arguments]);
            Assert.Equal((2, ""), (outcome.Exit, outcome.Out));
            return outcome.Error;
        }

        Assert.Contains("There is no file", await Why("nothing.csv"), StringComparison.Ordinal);
        Assert.Contains("not CSV, TSV or XLSX", await Why(Write("a.pdf", "%PDF-1.7")), StringComparison.Ordinal);
        Assert.Contains("Channel", await Why(file), StringComparison.Ordinal);
        Assert.Contains("Key", await Why(file, "--channel", "展会", "--mode", "update"), StringComparison.Ordinal);
        Assert.Contains("nowhere", await Why(file, "--mapping", Write("map.json", """{ "columns": { "电话": "nowhere" } }""")) + " nowhere", StringComparison.Ordinal);
        Assert.NotEqual("", await Why(file, "--mode", "replace"));
    }

    [Theory, OnBothDatabases]
    public async Task A_killed_import_goes_on_with_the_same_command_and_nothing_is_lost_or_twice(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        const int rows = 4000;
        var text = new StringBuilder("编号,姓名,电话\n");
        for (var i = 1; i <= rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"N{i},张{i},137{i * 7919L % 100_000_000:00000000}\n");
        }

        string[] command = ["import", Write("leads.csv", text.ToString()), "--channel", "展会/上海"];
        var victim = Typing.Start(database, command);
        _ = victim.StandardOutput.ReadToEndAsync(Ct);
        while (await victim.StandardError.ReadLineAsync(Ct) is { } line && !line.StartsWith("1,000 of", StringComparison.Ordinal))
        {
        }

        await Typing.Kill(victim);
        // The lease of the dead one runs out by itself; the test does not wait for it.
        await database.Store.Write(scope => scope.Db.Set<ImportBatch>().ExecuteUpdateAsync(b => b.SetProperty(x => x.LeaseUntil, (DateTimeOffset?)null), Ct), Ct);
        await using (var db = database.Store.Open())
        {
            Assert.InRange(await db.Set<Lead>().CountAsync(Ct), 1000, rows - 1);
        }

        var outcome = await Typing.Type(database, command);

        Assert.Equal((0, $"created={rows} linked=0 refreshed=0 held=0 failed=0\n"), (outcome.Exit, outcome.Out.ReplaceLineEndings("\n")));
        await using var after = database.Store.Open();
        Assert.Equal(rows, await after.Set<Lead>().CountAsync(Ct));
        Assert.Equal(rows, await after.Set<Lead>().Select(l => l.ExternalId).Distinct().CountAsync(Ct));
    }

    [Fact]
    public async Task While_a_server_runs_it_carries_the_import_out()
    {
        await using var database = await TestDatabase.Open(DatabaseKind.Sqlite);
        var (server, _) = await Typing.Serve(database);

        var outcome = await Typing.Type(database, "import", Write("leads.csv", "姓名,电话\n张三,13800138000\n"), "--channel", "展会/上海");

        await Typing.Kill(server);
        Assert.Equal((0, "created=1 linked=0 refreshed=0 held=0 failed=0\n"), (outcome.Exit, outcome.Out.ReplaceLineEndings("\n")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
