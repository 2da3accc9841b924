using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.FollowUp;
using Granary.Application.Intake;
using Granary.Application.Matching;
using Granary.Application.Ownership;
using Granary.Application.Ownership.Recount;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Qualification;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Granary.Application.Tests.Privacy;

public sealed class ErasureTests
{
    private const string Name = "欧阳若兮", Need = "采购独角兽系统", Words = "客户说预算由岳父批准", Mail = "ruoxi@ruoshui.cn";

    private static CancellationToken Ct => Shop.Ct;

    [Theory, OnBothDatabases]
    public async Task Nothing_that_tells_who_it_was_is_left_and_every_count_is_as_before(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (seller, officer) = (await shop.As(await shop.Hire("张")), await privacy.Officer());
        var phone = shop.NewPhone();
        var other = (await shop.Submit(shop.Lead())).LeadId;
        var lead = await Lived(shop, seller, phone);
        var before = await privacy.Counts();
        Assert.NotEmpty(await privacy.TablesWith(Name));

        var found = await privacy.Reading.Search(officer, [phone], Ct);
        Assert.All(
            new[] { "lead", "contact_point", "kept_submission", "consent", "touch", "follow_up", "attachment", "account_contact", "import_failure", "idempotency_record", "decision", "ownership_record" },
            part => Assert.True(found!.Counts[part] > 0, part));

        var request = await privacy.Ask(officer, PersonRequestKind.Erase, phone);
        Assert.Equal(PersonRequestState.Done, (await privacy.Do(officer, request.Id)).State);

        Assert.Equal(before, await privacy.Counts());
        Assert.All(new[] { Name, Need, "岳父", Mail, phone, "203.0.113.9" }, text => Assert.Equal([], privacy.TablesWith(text).Result));
        Assert.True((await privacy.Reading.Search(officer, [phone], Ct))!.IsEmpty);
        Assert.NotNull((await shop.Stored(lead)).AnonymisedAt);
        Assert.Null((await shop.Stored(other)).AnonymisedAt);
        Assert.Empty((await new RecountLeads(shop.Store).Run(Ct)).Differences);
        await shop.HoldingsAreExact();
        var detail = await privacy.Reading.Find(officer, request.Id, Ct);
        Assert.Empty(detail!.Opened.Person);
        Assert.Equal("erase", Assert.Single(detail.Proofs).Act);
        Assert.Null(await privacy.Reading.FirstFault(Ct));
    }

    [Theory, OnBothDatabases]
    public async Task An_anonymised_lead_takes_nothing_personal_any_more(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        var (seller, officer) = (await shop.As(await shop.Hire("张")), await privacy.Officer());
        var phone = shop.NewPhone();
        var lead = (await shop.Submit(shop.Lead(phone))).LeadId;
        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);

        var (fields, version) = (await shop.Editing.Begin(seller, lead, Ct))!.Value;
        Assert.Equal("anonymised", Refused(await shop.Editing.Save(seller, lead, fields, version, Ct)));
        Assert.Equal("anonymised", Refused((await new LogFollowUp(shop.Verb).Log(seller, lead, new FollowUpInput { Method = FollowUpMethod.Mail, Content = Words }, Ct)).Result));
        var again = await shop.Submit(shop.Lead(phone));
        Assert.NotEqual(lead, again.LeadId);
        Assert.Null((await shop.Stored(again.LeadId)).AnonymisedAt);
    }

    [Theory, OnBothDatabases]
    public async Task The_number_of_a_switchboard_erases_nobody_else(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var privacy = new PrivacyShop(shop);
        await shop.Hire("张");
        var officer = await privacy.Officer();
        var (own, shared) = (shop.NewPhone(), shop.NewPhone());
        var mine = (await shop.Submit(shop.Lead() with { Contact = new ContactDetails { Name = Name, Phones = [own, shared] } })).LeadId;
        var colleague = (await shop.Submit(shop.Lead() with { Channel = "展会/行业展会", Contact = new ContactDetails { Name = "李四", Phones = [shop.NewPhone(), shared] } })).LeadId;
        Assert.NotEqual(mine, colleague);

        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, own)).Id);
        Assert.NotNull((await shop.Stored(mine)).AnonymisedAt);
        Assert.Null((await shop.Stored(colleague)).AnonymisedAt);
        var remembered = (await shop.Read(db => db.Set<Erasure>().SingleAsync(Ct))).Keys;
        Assert.Contains(PersonTraces.Read(shop.Vault, own)[0].Key, remembered);
        Assert.DoesNotContain(PersonTraces.Read(shop.Vault, shared)[0].Key, remembered);
    }

    [Theory, OnBothDatabases]
    public async Task Who_was_erased_stays_so_when_an_older_backup_is_restored(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var clock = new FakeClock();
        var shop = await Shop.On(database, clock);
        await shop.Hire("张");
        var officer = await new PrivacyShop(shop).Officer();
        var (phone, others) = (shop.NewPhone(), shop.NewPhone());
        var lead = (await shop.Submit(shop.Lead(phone) with { Requirement = Need })).LeadId;
        var twin = (await shop.Submit(shop.Lead(phone) with { Channel = "展会/行业展会", Requirement = Need })).LeadId;
        var other = (await shop.Submit(shop.Lead(others))).LeadId;
        await shop.Close();
        await Backup(database);

        clock.Advance(TimeSpan.FromHours(1));
        shop = await Shop.On(database, clock);
        var privacy = new PrivacyShop(shop);
        Assert.Equal(0, await privacy.Memory.Open(shop.Vault, Ct));
        await privacy.Do(officer, (await privacy.Ask(officer, PersonRequestKind.Erase, phone)).Id);
        await shop.Close();
        await Restore(database);

        shop = await Shop.On(database, clock);
        privacy = new PrivacyShop(shop);
        Assert.Null((await shop.Stored(lead)).AnonymisedAt);
        Assert.NotEmpty(await privacy.TablesWith(Need));
        Assert.Equal(1, await privacy.Memory.Open(shop.Vault, Ct));

        Assert.All([lead, twin], id => Assert.NotNull(shop.Stored(id).Result.AnonymisedAt));
        Assert.Null((await shop.Stored(other)).AnonymisedAt);
        Assert.Equal([], await privacy.TablesWith(Need));
        Assert.Equal(0, await privacy.Memory.Open(shop.Vault, Ct));
        Assert.Equal(1, await shop.Read(db => db.Set<Erasure>().CountAsync(Ct)));
        Assert.True(privacy.Memory.Whole);
        await shop.Close();
    }

    [Fact]
    public async Task The_file_is_chained_goes_on_after_a_torn_line_and_names_nobody()
    {
        var folder = Directory.CreateTempSubdirectory("granary-test-");
        var path = Path.Combine(folder.FullName, "erasures.log");
        Erasure Some() => new() { Id = Guid.CreateVersion7(), At = new FakeClock().GetUtcNow(), Leads = [Guid.NewGuid()], Keys = [Guid.NewGuid()] };
        var (file, first, second) = (new ErasureFile(path), Some(), Some());
        Assert.Equal(1, await file.Append([first], Ct));
        Assert.Equal(0, await file.Append([first], Ct));
        await File.AppendAllTextAsync(path, "deadbeef {\"id\":", Ct);
        Assert.Equal(1, await file.Append([first, second], Ct));
        var (read, whole) = await file.Read(Ct);
        Assert.Equal([first.Id, second.Id], read.Select(e => e.Id));
        Assert.True(whole);

        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Ct)).Replace(first.Keys[0].ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal), Ct);
        Assert.False((await file.Read(Ct)).Whole);
        folder.Delete(recursive: true);
    }

    private static async Task<Guid> Lived(Shop shop, Viewer seller, string phone)
    {
        var submission = shop.Lead() with
        {
            Contact = new ContactDetails { Name = Name, Title = "总监", Role = BuyingRole.DecisionMaker, Phones = [phone], Emails = [Mail] },
            Requirement = Need,
            Consent = new Consent("sales_contact", "1", null),
            LandingPage = $"https://example.com/?mail={Mail}",
            RemoteAddress = "203.0.113.9",
            Custom = new Dictionary<string, string> { ["昵称"] = Name },
            Touches = [new SubmittedTouch(TouchKind.FormSubmitted, null)],
        };
        var request = new IntakeRequest { Submission = submission, Idempotency = new IdempotencyKey(Guid.NewGuid(), Guid.NewGuid()) };
        var lead = Assert.IsType<IntakeResult.Landed>(await shop.Intake.Submit(request, Ct)).Landing.LeadId;
        var input = new FollowUpInput { Method = FollowUpMethod.Mail, Content = Words, Feedback = Words, NextStep = Words, Files = [] };
        var (record, result) = await new LogFollowUp(shop.Verb).Log(seller, lead, input, Ct);
        Assert.IsType<LeadResult.Done>(result);
        var (_, errors) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(
            seller, new AccountInput("北京若水科技有限公司", null, seller.UserId, [new AccountContactInput(Name, null, phone, null)]), Ct);
        Assert.Empty(errors);
        await shop.Store.Write(
            async scope =>
            {
                scope.Db.Add(new Attachment { Id = Guid.NewGuid(), LeadId = lead, FollowUpId = record!.Id, Name = $"{Name}.txt", Type = "text/plain", Size = 3, Content = shop.Vault.SealBytes("abc"u8) });
                scope.Db.Add(new KeptSubmission { Id = Guid.NewGuid(), LeadId = lead, At = shop.Time.Now, Body = shop.Vault.Seal(Json.Write(submission)) });
                scope.Db.Add(new ImportFailure { ImportId = Guid.NewGuid(), Number = 2, Errors = "[]", Cells = shop.Vault.Seal(Json.Write(new[] { Name, $" {phone[..3]} {phone[3..7]} {phone[7..]}" })) });
                scope.Db.Add(new Touch { Id = Guid.NewGuid(), LeadId = lead, Kind = TouchKind.PageVisited, At = shop.Time.Now, Detail = $"/hello/{Mail}" });
                await scope.Db.SaveChangesAsync(Ct);
            },
            Ct);
        return lead;
    }

    private static async Task Backup(TestDatabase database)
    {
        if (database.Options.Postgres is { } connection)
        {
            await Admin(connection, name => $"CREATE DATABASE \"{name}_backup\" TEMPLATE \"{name}\"");
            return;
        }

        SqliteConnection.ClearAllPools();
        File.Copy(database.Options.SqliteFile, database.Options.SqliteFile + ".backup");
    }

    private static async Task Restore(TestDatabase database)
    {
        if (database.Options.Postgres is { } connection)
        {
            await Admin(connection, name => $"DROP DATABASE \"{name}\" WITH (FORCE)");
            await Admin(connection, name => $"CREATE DATABASE \"{name}\" TEMPLATE \"{name}_backup\"");
            await Admin(connection, name => $"DROP DATABASE \"{name}_backup\"");
            return;
        }

        SqliteConnection.ClearAllPools();
        File.Delete(database.Options.SqliteFile + "-wal");
        File.Delete(database.Options.SqliteFile + "-shm");
        File.Move(database.Options.SqliteFile + ".backup", database.Options.SqliteFile, overwrite: true);
    }

    private static async Task Admin(string connection, Func<string, string> sql)
    {
        var target = new NpgsqlConnectionStringBuilder(connection);
        var name = target.Database!;
        await using var admin = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ConnectionString);
        await admin.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql(name), admin);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static string Refused(LeadResult result) => Assert.IsType<LeadResult.Refused>(result).Code;
}
