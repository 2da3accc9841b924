using System.Text;
using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Intake.Import;

public sealed class ImportRunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Good_rows_become_leads_and_bad_rows_are_left_out_with_number_and_reason(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);

        var import = await imports.Import("""
            编号,公司,姓名,电话,需求
            1,北京纷扬科技有限公司,张三,13800138000,采购
            2,上海启明医疗器械有限公司,,13800138001,采购

            3,深圳远望软件有限公司,李四,13800138000,采购
            4,,王五,12345,采购
            5,,赵六,13800138005,"采

            购",多余
            """);

        Assert.Equal(ImportState.Done, import.State);
        Assert.Equal((1, 1, 0, 1, 2, 5, 5), (import.Created, import.Linked, import.Refreshed, import.Held, import.Failed, import.RowsDone, import.RowsTotal!.Value));
        var failures = await imports.Failures(import.Id);
        Assert.Equal([(3, "required", "contact.name"), (7, "too_many_cells", null)], failures.Select(f => (f.Number, f.Error.Code, f.Error.Field)));
        Assert.Equal("姓名", failures[0].Error.Heading);
        var leads = await shop.Read(db => db.Set<Lead>().OrderBy(l => l.ExternalId).ToListAsync(Ct));
        Assert.All(leads, l => Assert.Equal(import.Id, l.ImportId));
        Assert.Equal(["1", "3", "4"], leads.Select(l => l.ExternalId));
        Assert.Equal(leads[0].Id, leads[1].SourceLeadId);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_file_again_creates_nothing_and_a_longer_one_only_the_new_rows(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);

        var first = await imports.Import(Imports.Rows(1, 30));
        var again = await imports.Import(Imports.Rows(1, 30));
        var longer = await imports.Import(Imports.Rows(1, 42));

        Assert.Equal((30, 0), (first.Created, first.Repeated));
        Assert.Equal((0, 30), (again.Created, again.Repeated));
        Assert.Equal((12, 30), (longer.Created, longer.Repeated));
        Assert.Equal(42, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Rows_of_neighbouring_chunks_find_each_other_though_the_later_looks_before_the_earlier_is_stored(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var rows = Imports.Rows(1, 3 * ImportRun.ChunkRows).TrimEnd('\n').Split('\n');
        // Heading first: the last row of each chunk and the first of the next.
        rows[ImportRun.ChunkRows] = "A,甬城万方精密仪器有限公司,甲,13912340001,";
        rows[ImportRun.ChunkRows + 1] = "B,甬城万方精密仪器有限公司,乙,13912340002,";
        rows[2 * ImportRun.ChunkRows] = "C,,丙,13912340003,";
        rows[(2 * ImportRun.ChunkRows) + 1] = "D,,丁,13912340003,";

        var import = await imports.Import(string.Join('\n', rows));

        Assert.Equal((ImportState.Done, 3 * ImportRun.ChunkRows, 0), (import.State, import.RowsDone, import.Failed));
        var leads = await shop.Read(db => db.Set<Lead>().Where(l => l.ExternalId!.Length == 1).ToDictionaryAsync(l => l.ExternalId!, Ct));
        Assert.Equal(leads["C"].Id, leads["D"].SourceLeadId);
        Assert.All([leads["A"], leads["B"]], l => Assert.NotEqual(0, l.Findings & (int)Finding.PossibleDuplicate));
        var told = await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == LeadEvent.PossibleDuplicate && e.SubjectId == leads["A"].Id, Ct));
        Assert.Equal(1, told);
    }

    [Theory, OnBothDatabases]
    public async Task An_interrupted_import_goes_on_exactly_where_it_stopped(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var id = await imports.Confirm(Imports.Rows(1, 2300));

        using var stop = new CancellationTokenSource();
        var chunks = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => imports.Run.Execute(id, new Told(_ =>
        {
            if (++chunks == 2)
            {
                stop.Cancel();
            }
        }), stop.Token));
        var between = await shop.Read(db => db.Set<ImportBatch>().SingleAsync(Ct));
        var end = await imports.Run.Execute(id, null, Ct);

        // Two chunks were done, and those that were under way came to their end.
        Assert.InRange(between.RowsDone, 2 * ImportRun.ChunkRows, 4 * ImportRun.ChunkRows);
        Assert.Equal((ImportState.Running, 0, between.RowsDone), (between.State, between.RowsDone % ImportRun.ChunkRows, between.Created + between.Linked));
        Assert.Equal((ImportState.Done, 2300, 0), (end.State, end.RowsDone, end.Repeated));
        Assert.Equal(2300, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
        Assert.Equal(2300, await shop.Read(db => db.Set<Lead>().Select(l => l.ExternalId).Distinct().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_chunk_that_fails_leaves_nothing_behind_and_the_next_run_does_it(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var id = await imports.Confirm(Imports.Rows(1, 1100) + ",,,,\nX,,,13912345670,\n" + Imports.Rows(1101, 1200)[(Imports.Rows(1, 0).Length)..]);

        // What is in the way of the third chunk's refused row makes its whole transaction fail.
        await shop.Store.Write(scope => Block(shop, scope.Db, id), Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => imports.Run.Execute(id, null, Ct));
        var between = await shop.Read(db => db.Set<Lead>().CountAsync(Ct));
        await shop.Store.Write(scope => scope.Db.Set<ImportFailure>().ExecuteDeleteAsync(Ct), Ct);
        var end = await imports.Run.Execute(id, null, Ct);

        Assert.Equal(1000, between);
        Assert.Equal((1201, 1200, 1), (end.RowsDone, end.Created + end.Linked, end.Failed));
        Assert.Equal(1200, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Two_nodes_that_race_for_an_import_do_it_once(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        if (kind == DatabaseKind.Sqlite)
        {
            var imports = new Imports(shop);
            var id = await imports.Confirm(Imports.Rows(1, 1500));
            await Task.WhenAll(imports.Run.Execute(id, null, Ct), imports.Run.Execute(id, null, Ct));
        }
        else
        {
            var other = await shop.SecondNode();
            var id = await new Imports(shop).Confirm(Imports.Rows(1, 1500));
            await Task.WhenAll(new Imports(shop).Run.Execute(id, null, Ct), new Imports(other).Run.Execute(id, null, Ct));
            await other.Close();
        }

        var import = await shop.Read(db => db.Set<ImportBatch>().SingleAsync(Ct));
        Assert.Equal((ImportState.Done, 1500, 1500, 0), (import.State, import.RowsDone, import.Created + import.Linked, import.Repeated));
        Assert.Equal(1500, await shop.Read(db => db.Set<Lead>().CountAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task A_node_that_died_loses_its_import_to_another_after_its_lease(DatabaseKind kind)
    {
        var clock = new FakeClock();
        await using var shop = await Shop.Open(kind, clock);
        var imports = new Imports(shop);
        var id = await imports.Confirm(Imports.Rows(1, 3));
        var until = clock.GetUtcNow() + TimeSpan.FromSeconds(20);
        await shop.Store.Write(scope => scope.Db.Set<ImportBatch>().ExecuteUpdateAsync(b => b.SetProperty(x => x.LeaseUntil, until), Ct), Ct);

        var waiting = imports.Run.Execute(id, null, Ct);
        await Task.Delay(TimeSpan.FromMilliseconds(700), Ct);
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal((ImportState.Done, 3), ((await waiting).State, (await waiting).Created));
    }

    [Theory, OnBothDatabases]
    public async Task A_file_in_GB18030_is_read_like_any_other(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var file = await imports.Upload(gb.GetBytes(Imports.Rows(1, 5)));
        await imports.Confirming.Confirm(file, new ImportPlan(Imports.Usual), Ct);

        var import = await imports.Run.Execute(file.Id, null, Ct);

        Assert.Equal(5, import.Created);
        Assert.Contains(await shop.Read(db => db.Set<Lead>().Select(l => l.ContactName).ToListAsync(Ct)), n => n == "张3");
    }

    [Theory, OnBothDatabases]
    public async Task Files_lie_encrypted_in_pieces_and_are_read_back_whole(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        var bytes = Encoding.UTF8.GetBytes(Imports.Rows(1, 40_000));
        var import = await imports.Upload(bytes);

        using var back = new MemoryStream();
        await imports.Files.Open(import).CopyToAsync(back, Ct);
        var pieces = await shop.Read(db => db.Set<ImportChunk>().ToListAsync(Ct));

        Assert.Equal(bytes, back.ToArray());
        Assert.Equal((bytes.Length / (64 << 10)) + 1, pieces.Count);
        Assert.All(pieces, p => Assert.True(p.Bytes.Stored.IndexOf("有限公司"u8) < 0));
    }

    [Theory, OnBothDatabases]
    public async Task A_history_without_contact_data_comes_in_when_the_importer_says_so(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        const string file = "编号,姓名,日期\n1,学员甲,2020-01-05\n";
        var mapping = Imports.Mapping("""{ "columns": { "编号": "externalId", "姓名": "contact.name", "日期": "receivedAt" }, "constants": { "channel": "历史" } }""");

        var refused = await imports.Confirming.Confirm(await imports.Upload(file), new ImportPlan(mapping), Ct);
        var import = await imports.Import(file, new ImportPlan(mapping with { WithoutContact = true }));

        Assert.Equal([("anyContact", "missing_required_columns")], refused.Select(e => (e.Field, e.Code)));
        Assert.Equal((1, 0, 0), (import.Created, import.Held, import.Failed));
        Assert.Equal((int)Finding.LateEntry, (await shop.Read(db => db.Set<Lead>().SingleAsync(Ct))).Findings);
    }

    [Theory, OnBothDatabases]
    public async Task A_trial_tells_what_the_run_then_does_and_writes_nothing(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var imports = new Imports(shop);
        await shop.Hire("Zhang");
        await imports.Import(Imports.Rows(1, 40));
        var file = Imports.Rows(20, 700) + "X1,,张三,13700007919,同号\nX2,,李四,没有,\nX3,,,13912345670,\n";
        var before = await Counts(shop);

        var forecast = await imports.Forecast.Of(new MemoryStream(Encoding.UTF8.GetBytes(file)), "leads.csv", new ImportPlan(Imports.Usual), null, null, Ct);
        var between = await Counts(shop);
        var import = await imports.Import(file);

        Assert.Equal(before, between);
        Assert.Equal(ImportCounts.Of(import), forecast.Counts);
        Assert.Equal((1, 1, 21), (import.Held, import.Failed, import.Repeated));
        Assert.Equal("required", Assert.Single(forecast.Errors).Code);
    }

    private static Task<int> Block(Shop shop, GranaryDb db, Guid importId)
    {
        db.Add(new ImportFailure { ImportId = importId, Number = 1103, Errors = "[]", Cells = shop.Vault.Seal("[]") });
        return db.SaveChangesAsync(Ct);
    }

    private static Task<(int, int, int)> Counts(Shop shop) => shop.Read(async db =>
        (await db.Set<Lead>().CountAsync(Ct), await db.Set<ContactPoint>().CountAsync(Ct), await db.Set<EventRecord>().CountAsync(Ct)));

    private sealed class Told(Action<ImportBatch> tell) : IProgress<ImportBatch>
    {
        public void Report(ImportBatch value) => tell(value);
    }
}
