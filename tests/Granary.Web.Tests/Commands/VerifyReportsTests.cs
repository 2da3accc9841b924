using Granary.Application.Analytics.Facts;
using Granary.Testing;
using Granary.Web.Tests.People;
using Granary.Web.Tests.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Commands;

/// <summary><c>verify-reports</c> as a person types it.</summary>
public sealed class VerifyReportsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task It_names_a_cell_that_says_something_else_and_ends_with_one(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        Assert.Equal(0, (await Typing.Type(database, "migrate")).Exit);
        var sound = await Typing.Type(database, "verify-reports");
        Assert.Equal((0, "leads=0\nfacts=0\ncells=0\nwaiting=0\ndifferences=0\n", ""), (sound.Exit, sound.Out.ReplaceLineEndings("\n"), sound.Error));

        await database.Store.Write(async scope =>
        {
            scope.Db.Add(new ReportSheet { Cube = 10, OwnerId = ReportSheet.Everybody, Period = 202611, Cells = SheetCells.Pack([new("", new(3))]) });
            await scope.Db.SaveChangesAsync(Ct);
        }, Ct);
        var faulty = await Typing.Type(database, "verify-reports");
        Assert.Equal(1, faulty.Exit);
        Assert.Contains("differences=1", faulty.Out, StringComparison.Ordinal);
        Assert.Contains("202611", faulty.Error, StringComparison.Ordinal);
    }
}
