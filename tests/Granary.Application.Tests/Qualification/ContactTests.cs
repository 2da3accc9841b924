using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Qualification;

public sealed class ContactTests
{
    private const string Phone = "13911112222", Mail = "li@fenyang.example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Who_changes_jobs_is_one_person_at_both_companies(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Wang"));
        var (first, second) = (await Account(shop, viewer, "北京纷扬科技有限公司"), await Account(shop, viewer, "上海云杉软件有限公司"));
        var old = await Add(shop, viewer, first, new("李四", "经理", Phone, Mail) { Roles = [BuyingRole.User, BuyingRole.DecisionMaker], Since = new(2020, 1, 1) });
        await Saving(shop).Change(viewer, old.Id, c => c with { Until = new(2026, 6, 30) }, old.Version, Ct);

        var now = await Add(shop, viewer, second, new("李四", "总监", null, Mail) { KeyPerson = true });
        var namesake = await Add(shop, viewer, second, new("王五", null, Phone, null));

        Assert.Equal(old.PersonId, now.PersonId);
        Assert.NotEqual(old.PersonId, namesake.PersonId);
        Assert.Equal(["decisionMaker", "user"], old.Roles);
        var (_, jobs) = (await Reading(shop).FindContact(viewer, now.Id, Ct))!.Value;
        Assert.Equal([(first, "北京纷扬科技有限公司", "经理", (DateOnly?)new DateOnly(2026, 6, 30))], jobs.Select(j => (j.Contact.AccountId, j.Account, j.Contact.Title!, j.Contact.Until)));
        Assert.Equal(second, (await shop.Submit(shop.Lead(Phone, "第三家有限公司"))).AccountId);
        var kinds = await shop.Read(db => db.Set<EventRecord>().Where(e => e.SubjectId == first).OrderBy(e => e.Position).Select(e => e.Kind).ToListAsync(Ct));
        Assert.Equal([AccountEvent.Created, AccountEvent.ContactAdded, AccountEvent.ContactLeft], kinds);
    }

    [Theory, OnBothDatabases]
    public async Task Jobs_at_accounts_that_the_reader_does_not_see_are_not_told(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (wang, li) = (await shop.As(await shop.Hire("Wang")), await shop.As(await shop.Hire("Li")));
        var (mine, theirs) = (await Account(shop, wang, "北京纷扬科技有限公司"), await Account(shop, li, "上海云杉软件有限公司"));
        var seen = await Add(shop, wang, mine, new("李四", null, Phone, null));
        var hidden = await Add(shop, li, theirs, new("李四", null, Phone, null));

        Assert.Equal(seen.PersonId, hidden.PersonId);
        Assert.Empty((await Reading(shop).FindContact(wang, seen.Id, Ct))!.Value.Jobs);
        Assert.Null(await Reading(shop).FindContact(wang, hidden.Id, Ct));
        Assert.IsType<AccountResult<AccountContact>.NotFound>(await Saving(shop).Change(wang, hidden.Id, c => c with { Title = "x" }, null, Ct));
        Assert.IsType<AccountResult<AccountContact>.NotFound>(await Saving(shop).Add(wang, theirs, new("赵六", null, null, null), Ct));
        var stranger = await Add(shop, li, theirs, new("赵六", null, null, null));
        var refused = Assert.IsType<AccountResult<AccountContact>.Invalid>(await Saving(shop).Add(wang, mine, new("赵六", null, null, null) { PersonId = stranger.PersonId }, Ct));
        Assert.Equal("personId", Assert.Single(refused.Errors).Field);
    }

    [Theory, OnBothDatabases]
    public async Task A_contact_is_masked_found_and_shown_whole_only_to_who_may(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Wang"));
        var account = await Account(shop, viewer, "北京纷扬科技有限公司");
        var contact = await Add(shop, viewer, account, new("李四", null, Phone, Mail) { WeChat = "lisi_2026" });

        var masked = Assert.Single(await Reading(shop).Contacts(viewer, null, null, Mail, null, 10, Ct));
        Assert.Equal(contact.Id, masked.Contact.Id);
        Assert.DoesNotContain("1111", masked.Phone, StringComparison.Ordinal);
        Assert.NotEqual("lisi_2026", masked.WeChat);
        var shown = await new RevealAccountContacts(shop.Verb, shop.Vault).Reveal(viewer, account, Ct);
        Assert.Equal([("+8613911112222", Mail, "lisi_2026")], Assert.IsType<AccountResult<IReadOnlyList<RevealedAccountContact>>.Done>(shown).Record.Select(r => (r.Phone!, r.Email!, r.Wechat!)));
        Assert.Equal(1, await shop.Read(db => db.Set<EventRecord>().CountAsync(e => e.Kind == AccountEvent.Revealed && e.SubjectId == account, Ct)));
        var boss = await shop.As(await shop.Hire("Li"));
        Assert.IsType<AccountResult<IReadOnlyList<RevealedAccountContact>>.NotFound>(await new RevealAccountContacts(shop.Verb, shop.Vault).Reveal(boss, account, Ct));
        Assert.DoesNotContain(Phone, string.Concat(await shop.Read(db => db.Set<EventRecord>().Select(e => e.Data).ToListAsync(Ct))), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_wrong_with_a_contact_is_said_field_by_field(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var viewer = await shop.As(await shop.Hire("Wang"));
        var account = await Account(shop, viewer, "北京纷扬科技有限公司");
        foreach (var (input, field) in new[]
        {
            (new AccountContactInput(" ", null, null, null), "name"),
            (new AccountContactInput("李四", new string('长', 101), null, null), "title"),
            (new AccountContactInput("李四", null, "11111111111", null), "phone"),
            (new AccountContactInput("李四", null, null, "nobody"), "email"),
            (new AccountContactInput("李四", null, null, null) { WeChat = "!" }, "wechat"),
            (new AccountContactInput("李四", null, null, null) { Roles = [(BuyingRole)9] }, "roles"),
            (new AccountContactInput("李四", null, null, null) { Since = new(1900, 1, 1) }, "since"),
            (new AccountContactInput("李四", null, null, null) { Since = new(2026, 1, 2), Until = new(2026, 1, 1) }, "until"),
        })
        {
            Assert.Equal(field, Assert.Single(Assert.IsType<AccountResult<AccountContact>.Invalid>(await Saving(shop).Add(viewer, account, input, Ct)).Errors).Field);
        }

        Assert.Empty(await shop.Read(db => db.Set<AccountContact>().ToListAsync(Ct)));
    }

    private static SaveContact Saving(Shop shop) => new(shop.Store, shop.Vault, shop.Settings, shop.Time);

    private static ReadAccount Reading(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);

    private static async Task<Guid> Account(Shop shop, Application.People.Viewer viewer, string name)
    {
        var (id, errors) = await new SaveAccount(shop.Store, shop.Vault, shop.Settings, shop.Time).Create(viewer, new AccountInput(name, null, viewer.UserId, []), Ct);
        Assert.Empty(errors);
        return id!.Value;
    }

    private static async Task<AccountContact> Add(Shop shop, Application.People.Viewer viewer, Guid account, AccountContactInput input) =>
        Assert.IsType<AccountResult<AccountContact>.Done>(await Saving(shop).Add(viewer, account, input, Ct)).Record;
}
