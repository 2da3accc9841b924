using Granary.Testing;

namespace Granary.Web.Tests.Commands;

/// <summary><c>rotate-keys</c> as a person types it.</summary>
public sealed class RotateKeysCommandTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Data_keys_and_the_master_key_change_and_everything_still_opens(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        Assert.Equal(0, (await Typing.Type(database, "migrate")).Exit);
        var file = Path.Combine(database.Options.Directory, "leads.csv");
        await File.WriteAllTextAsync(file, "联系人,手机\n张三,13800138000\n李四,13900139000\n", Ct);
        var imported = await Typing.Type(database, "import", file, "--channel", "展会/上海");
        Assert.True(imported.Exit == 0, imported.Out + imported.Error);

        var first = await Typing.Type(database, "rotate-keys", "--no-wait");
        Assert.True(first.Exit == 0, first.Error);
        Assert.Contains("key=2\n", first.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var sealedAnew = first.Out.ReplaceLineEndings("\n").Split('\n').Last(l => l.StartsWith("sealed=", StringComparison.Ordinal));
        var parts = sealedAnew.Split(' ').Select(p => long.Parse(p.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(parts[1], parts[0]);
        Assert.True(parts[0] >= 2, sealedAnew);

        var master = Path.Combine(database.Options.Directory, "keys", "master.key");
        var before = await File.ReadAllTextAsync(master, Ct);
        if (kind == DatabaseKind.Postgres)
        {
            // Several nodes may serve it, each of which needs the key first.
            Assert.NotEqual(0, (await Typing.Type(database, "rotate-keys", "--master")).Exit);
            Assert.Equal(0, (await Typing.Type(database, "rotate-keys", "--master", "--prepare")).Exit);
        }

        Assert.Equal(0, (await Typing.Type(database, "rotate-keys", "--master")).Exit);
        Assert.NotEqual(before, await File.ReadAllTextAsync(master, Ct));
        Assert.NotEqual(0, (await Typing.Type(database, "rotate-keys", "--prepare")).Exit);

        // With the master key of before nothing opens, and it is said so; with the new one everything does.
        var now = await File.ReadAllTextAsync(master, Ct);
        await File.WriteAllTextAsync(master, before, Ct);
        Assert.NotEqual(0, (await Typing.Type(database, "verify")).Exit);
        await File.WriteAllTextAsync(master, now, Ct);
        Assert.Equal(0, (await Typing.Type(database, "verify")).Exit);
    }
}
