using System.Text;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.FollowUp;

public sealed class AttachmentTests
{
    private static readonly FollowUpInput Visit = new() { Method = FollowUpMethod.Visit, Content = "上门拜访，客户确认了方案范围" };

    private static readonly UploadedFile Pdf = new("../方案.PDF", [.. "%PDF-1.7 秘密"u8]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_file_is_sealed_in_the_database_and_comes_back_as_it_was(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var (kept, errors) = new AttachedFiles(shop.Vault).Seal([Pdf]);
        Assert.Empty(errors);
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Visit with { Files = kept }, Ct)).Record!;

        var file = Assert.Single(Assert.Single((await new ReadFollowUps(shop.Store, shop.Settings).Of(zhang, lead, null, 10, Ct))!).Files);
        Assert.Equal(("方案.pdf", "application/pdf", Pdf.Content.Length), (file.Name, file.Type, file.Size));
        var stored = await shop.Read(db => db.Set<Attachment>().SingleAsync(Ct));
        Assert.DoesNotContain("秘密", Encoding.UTF8.GetString(stored.Content.Stored), StringComparison.Ordinal);
        var (opened, refusal) = await new ReadAttachment(shop.Verb, shop.Store, shop.Vault).Open(zhang, lead, record.Id, file.Id, Ct);
        Assert.Null(refusal);
        Assert.Equal(Pdf.Content, opened!.Content);
    }

    [Theory, OnBothDatabases]
    public async Task Each_opening_of_a_file_is_in_the_log_with_who_it_was_and_what_was_refused_is_not(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var li = await shop.As(await shop.Hire("Li"));
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Visit, Ct)).Record!;
        var file = Assert.Single((await new AttachFiles(shop.Verb, new AttachedFiles(shop.Vault)).Attach(zhang, lead, record.Id, [Pdf], Ct)).Added);
        var read = new ReadAttachment(shop.Verb, shop.Store, shop.Vault);
        var version = await shop.Read(db => db.Set<Lead>().Where(l => l.Id == lead).Select(l => l.Version).SingleAsync(Ct));

        await read.Open(li, lead, record.Id, file.Id, Ct);
        await read.Open(boss, lead, record.Id, Guid.NewGuid(), Ct);
        await read.Open(boss, lead, record.Id, file.Id, Ct);
        await read.Open(zhang, lead, record.Id, file.Id, Ct);

        var opened = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == lead && e.Kind == LeadEvent.FileOpened).OrderBy(e => e.Position).ToListAsync(Ct));
        Assert.Equal([boss.UserId, zhang.UserId], opened.Select(e => e.ActorId!.Value));
        Assert.All(opened, e => Assert.Contains(file.Id.ToString(), e.Data, StringComparison.Ordinal));
        Assert.All(opened, e => Assert.DoesNotContain("方案", e.Data, StringComparison.Ordinal));
        Assert.Equal(version, await shop.Read(db => db.Set<Lead>().Where(l => l.Id == lead).Select(l => l.Version).SingleAsync(Ct)));
    }

    [Theory, OnBothDatabases]
    public async Task Only_who_sees_the_lead_opens_its_files_and_only_the_author_adds_to_them(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var li = await shop.As(await shop.Hire("Li"));
        var boss = await shop.As(await shop.Hire("Boss", BuiltInRoles.LeadAdministrator));
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Visit, Ct)).Record!;
        var attach = new AttachFiles(shop.Verb, new AttachedFiles(shop.Vault));
        var file = Assert.Single((await attach.Attach(zhang, lead, record.Id, [Pdf], Ct)).Added);
        var read = new ReadAttachment(shop.Verb, shop.Store, shop.Vault);

        Assert.IsType<LeadResult.NotFound>((await read.Open(li, lead, record.Id, file.Id, Ct)).Refusal);
        Assert.NotNull((await read.Open(boss, lead, record.Id, file.Id, Ct)).File);
        Assert.IsType<LeadResult.NotFound>((await read.Open(boss, lead, Guid.Empty, file.Id, Ct)).Refusal);
        Assert.IsType<LeadResult.NotFound>((await attach.Attach(li, lead, record.Id, [Pdf], Ct)).Result);
        Assert.Equal(new LeadResult.Refused(LeadRefusal.NotAuthor), (await attach.Attach(boss, lead, record.Id, [Pdf], Ct)).Result);
    }

    [Theory, OnBothDatabases]
    public async Task Files_of_unknown_kinds_too_many_and_empty_ones_are_refused_and_nothing_is_kept(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Visit, Ct)).Record!;
        var attach = new AttachFiles(shop.Verb, new AttachedFiles(shop.Vault));

        Assert.Equal("file_kind", await Code(Pdf, new UploadedFile("报价.pdf", [.. "MZ"u8])));
        Assert.Equal("empty_file", await Code(new UploadedFile("a.txt", [])));
        Assert.Equal("file_too_large", await Code(new UploadedFile("a.pdf", new byte[AttachedFiles.MostBytes + 1])));
        Assert.Equal("required", await Code());
        Assert.Single((await attach.Attach(zhang, lead, record.Id, [Pdf], Ct)).Added);
        Assert.Equal("too_many", await Code(Pdf, Pdf, Pdf, Pdf, Pdf));
        Assert.Equal(1, await shop.Read(db => db.Set<Attachment>().CountAsync(Ct)));

        async Task<string> Code(params UploadedFile[] files) =>
            Assert.Single(Assert.IsType<LeadResult.Invalid>((await attach.Attach(zhang, lead, record.Id, files, Ct)).Result).Errors).Code;
    }

    [Theory, OnBothDatabases]
    public async Task Uploads_at_the_same_time_keep_the_limit(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var zhang = await shop.As(await shop.Hire("Zhang"));
        var lead = (await shop.Submit(shop.Lead())).LeadId;
        var record = (await new LogFollowUp(shop.Verb).Log(zhang, lead, Visit, Ct)).Record!;
        var attach = new AttachFiles(shop.Verb, new AttachedFiles(shop.Vault));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => attach.Attach(zhang, lead, record.Id, [Pdf, Pdf], Ct)));

        Assert.Equal(4, await shop.Read(db => db.Set<Attachment>().CountAsync(Ct)));
    }
}
