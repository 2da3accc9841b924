using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Domain.Ownership;
using Granary.Domain.Scoring;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

/// <summary>What a pool hides of its leads cannot be found out by filtering, searching, sorting or counting (§9, §18).</summary>
public sealed class HiddenFieldsTests
{
    private const string Company = "北京纷扬科技有限公司", Phone = "13900139000";

    /// <summary>The hidden field, a question that its value answers, and the same one about another value.</summary>
    public static TheoryData<string, string, string> Questions => new()
    {
        { "company", "company=北京纷扬科技有限公司", "company=上海云启信息技术有限公司" },
        { "company", "company=纷扬", "company=云启" },
        { "company", "q=纷扬科技", "q=云启信息" },
        { "contact", "q=张三", "q=李四" },
        { "contacts", "q=13900139000", "q=13900139001" },
        { "contacts", "q=zhang@example.com", "q=li@example.com" },
        { "contacts", "q=zhang_san_2026", "q=li_si_2026" },
        { "region", "province=北京市", "province=上海市" },
        { "channel", "channel=官网/百度搜索", "channel=展会/上海" },
        { "channel", "channel=官网", "channel=展会" },
        { "channel", "campaign=autumn", "campaign=spring" },
        { "tags", "tag=vip", "tag=none" },
        { "score", "priority=high&priority=medium&priority=low", "priority=high&priority=low" },
        { "score", "cell=A4", "cell=D4" },
    };

    [Theory, OnBothDatabases]
    public async Task The_answer_for_a_pooled_lead_does_not_depend_on_what_the_pool_hides(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (member, lead) = await Pooled(shop);
        // Another lead of theirs shows that the question itself is answered.
        var own = await Told(shop, "13900139777");
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == own)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, member.UserId).SetProperty(x => x.PoolId, (Guid?)null), Shop.Ct), Shop.Ct);

        foreach (var (hidden, asked, other) in Questions.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)))
        {
            await Show(shop, [.. PoolFields.All.Except([hidden])]);
            var (yes, no) = (await Asked(shop, member, asked), await Asked(shop, member, other));
            Assert.True(!yes.Contains(lead) && !no.Contains(lead), $"{hidden} is found out by {asked}");
            Assert.Equal(hidden != "contacts", yes.Contains(own));
            Assert.Equal(yes.Count, await shop.Listing.Count(member, LeadFilter.Parse(asked), Shop.Ct));
            var inPool = await shop.InPools.Read(member, await shop.Pool("sdr"), LeadFilter.Parse(asked), ct: Shop.Ct);
            Assert.Empty(inPool.Items);
            Assert.Equal(0, await shop.InPools.Count(member, await shop.Pool("sdr"), LeadFilter.Parse(asked), Shop.Ct));
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_the_pool_shows_is_found_by_it_but_for_contact_data_which_is_only_shown_masked(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (member, lead) = await Pooled(shop);
        var manager = await shop.As(await shop.Hire("Manager", "lead_creator"));
        await shop.Staff("sdr", [member.UserId], manager.UserId);
        manager = await shop.As(manager.UserId);

        foreach (var (hidden, asked, other) in Questions.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)))
        {
            Assert.Equal(hidden != "contacts", (await Asked(shop, member, asked)).Contains(lead));
            Assert.Contains(lead, await Asked(shop, manager, asked));
            if (hidden != "score")
            {
                Assert.DoesNotContain(lead, await Asked(shop, manager, other));
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_hidden_score_sorts_like_none_and_stands_in_no_cursor(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (member, first) = await Pooled(shop);
        var (second, third) = (await Told(shop, "13900139002"), await Told(shop, "13900139003"));
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == second).ExecuteUpdateAsync(l => l.SetProperty(x => x.Score, 5), Shop.Ct), Shop.Ct);
        await Show(shop, [.. PoolFields.All.Except(["score"])]);

        Guid[] rising = [.. new[] { first, second, third }.Order()];
        foreach (var (sort, expected) in new[] { ("-score", rising.Reverse().ToArray()), ("score", rising) })
        {
            var filter = LeadFilter.Parse($"sort={sort}");
            Assert.Equal(expected, (await shop.Listing.Read(member, filter, ct: Shop.Ct)).Items.Select(l => l.Id));
            List<Guid> paged = [];
            LeadCursor? after = null;
            do
            {
                var page = await shop.Listing.Read(member, filter, after, 1, Shop.Ct);
                paged.AddRange(page.Items.Select(l => l.Id));
                Assert.Equal(0, page.Next?.Key ?? 0);
                after = page.Next;
            }
            while (after is not null);

            Assert.Equal(expected, paged);
        }

        await Show(shop, PoolFields.All);
        Assert.Equal([.. new[] { first, third }.OrderDescending(), second], (await shop.Listing.Read(member, LeadFilter.Parse("sort=-score"), ct: Shop.Ct)).Items.Select(l => l.Id));
    }

    [Theory, OnBothDatabases]
    public async Task Kin_and_the_search_for_duplicates_do_not_tell_which_pooled_lead_it_is(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var (member, lead) = await Pooled(shop);
        var own = await Told(shop, "13900139777");
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == own)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, member.UserId).SetProperty(x => x.PoolId, (Guid?)null), Shop.Ct), Shop.Ct);
        var read = new ReadLead(shop.Store, shop.Vault, shop.Settings);
        var duplicates = new DuplicateSearch(shop.Store, shop.Vault, shop.Settings);
        Assert.Contains((await read.Find(member, own, Shop.Ct))!.Relatives, r => r.Lead.Id == lead);
        Assert.Contains(await duplicates.Search(member, new DuplicateQuery(Company), Shop.Ct), m => m.Id == lead && m.Visible);

        await Show(shop, [.. PoolFields.All.Except(["company"])]);
        Assert.DoesNotContain((await read.Find(member, own, Shop.Ct))!.Relatives, r => r.Lead.Id == lead);
        var veiled = Assert.Single(await duplicates.Search(member, new DuplicateQuery(Company), Shop.Ct), m => m.OwnerId is null);
        Assert.Equal((Guid.Empty, null, null, null, null, false), (veiled.Id, veiled.Company, veiled.Contact, veiled.Phone, veiled.ReceivedAt, veiled.Visible));
        // The number somebody has in hand still says whose the lead is, without the company.
        var known = Assert.Single(await duplicates.Search(member, new DuplicateQuery(Phone: Phone), Shop.Ct));
        Assert.Equal((lead, null, true), (known.Id, known.Company, known.Visible));

        await Show(shop, [.. PoolFields.All.Except(["contacts"])]);
        Assert.Equal(Guid.Empty, Assert.Single(await duplicates.Search(member, new DuplicateQuery(Phone: Phone), Shop.Ct)).Id);
        Assert.Null(Assert.Single(await duplicates.Search(member, new DuplicateQuery(Company), Shop.Ct), m => m.Id == lead).Phone);
    }

    [Theory, OnBothDatabases]
    public async Task A_foreign_contact_that_equals_what_is_typed_does_not_change_the_answer(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var member = await shop.As(await shop.Hire("Zhang"));
        var mine = await Told(shop, "13900139777");
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == mine)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, member.UserId).SetProperty(x => x.PoolId, (Guid?)null).SetProperty(x => x.ContactName, "fenyang_2026"), Shop.Ct), Shop.Ct);
        Assert.Equal([mine], await Asked(shop, member, "q=fenyang_2026"));

        var foreign = shop.Lead("13900139555");
        var theirs = (await shop.Submit(foreign with { Contact = foreign.Contact with { WeChat = "fenyang_2026" } })).LeadId;
        var general = (await shop.Pool("general")).Id;
        await shop.Store.Write(scope => scope.Db.Set<Lead>().Where(l => l.Id == theirs)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.PoolId, general), Shop.Ct), Shop.Ct);
        Assert.Equal([mine], await Asked(shop, member, "q=fenyang_2026"));
    }

    private static async Task<(Viewer Member, Guid Lead)> Pooled(Shop shop)
    {
        var lead = await Told(shop, Phone);
        var member = await shop.Hire("Zhang");
        await shop.Staff("sdr", [member]);
        return (await shop.As(member), lead);
    }

    // A lead of which everything is known that can be asked for, in the SDR pool.
    private static async Task<Guid> Told(Shop shop, string phone)
    {
        var lead = shop.Lead(phone, Company);
        var id = (await shop.Submit(lead with
        {
            Campaign = "autumn",
            Tags = ["vip"],
            Company = lead.Company with { Province = "北京市" },
            Contact = lead.Contact with { Emails = phone == Phone ? ["zhang@example.com"] : [], WeChat = phone == Phone ? "zhang_san_2026" : null },
        })).LeadId;
        var pool = (await shop.Pool("sdr")).Id;
        await shop.Store.Write(
            scope => scope.Db.Set<Lead>().Where(l => l.Id == id).ExecuteUpdateAsync(
                l => l.SetProperty(x => x.OwnerId, (Guid?)null).SetProperty(x => x.PoolId, pool).SetProperty(x => x.Score, 60).SetProperty(x => x.Priority, (int)Priority.Medium).SetProperty(x => x.Cell, "A4"), Shop.Ct),
            Shop.Ct);
        return id;
    }

    private static Task Show(Shop shop, IReadOnlyList<string> fields) => shop.Publish(PolicyKind.Pools, PoolPolicy.BuiltIn with { Default = new PoolRules { VisibleFields = fields } });

    private static async Task<IReadOnlyList<Guid>> Asked(Shop shop, Viewer viewer, string query) =>
        [.. (await shop.Listing.Read(viewer, LeadFilter.Parse(query), ct: Shop.Ct)).Items.Select(l => l.Id)];
}
