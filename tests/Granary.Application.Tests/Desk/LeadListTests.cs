using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Desk;

public sealed class LeadListTests
{
    [Theory, OnBothDatabases]
    public async Task Pages_follow_each_other_without_gap_or_repetition_in_every_order(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await Admin(shop);
        for (var i = 0; i < 23; i++)
        {
            // Several share an instant, so that the id must decide.
            await shop.Submit(shop.Lead() with { ReceivedAt = shop.Time.GetUtcNow().AddMinutes(-i / 4) });
        }

        foreach (var sort in (string[])["-receivedAt", "receivedAt", "-score", "score", "-changedAt", "changedAt"])
        {
            var filter = LeadFilter.Parse($"sort={sort}");
            List<ListedLead> seen = [];
            LeadCursor? after = null;
            do
            {
                var page = await List(shop).Read(admin, filter, after, 5, Shop.Ct);
                seen.AddRange(page.Items);
                after = page.Next is { } next ? LeadCursor.Parse(next.ToString(), filter.Sort) : null;
            }
            while (after is not null);

            Assert.Equal(23, seen.Select(l => l.Id).Distinct().Count());
            Assert.Equal(23, seen.Count);
            IComparable Key(ListedLead l) => filter.Sort switch { LeadSort.Score => l.Score, LeadSort.ChangedAt => l.ChangedAt, _ => l.ReceivedAt };
            var ordered = filter.Ascending ? seen.OrderBy(Key) : seen.OrderByDescending(Key);
            Assert.Equal(ordered.Select(Key), seen.Select(Key));
        }
    }

    [Theory, OnBothDatabases]
    public async Task Each_filter_finds_its_leads_and_no_others(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await Admin(shop);
        var wanted = (await shop.Submit(shop.Lead(company: "北京纷扬科技有限公司") with
        {
            Channel = "展会/行业展会",
            Campaign = "秋季展",
            Tags = ["重点", "A%B"],
            ReceivedAt = shop.Time.GetUtcNow().AddDays(-3),
        })).LeadId;
        await shop.Submit(shop.Lead(company: "上海远景能源有限公司") with
        {
            Tags = ["重"],
            Company = new CompanyDetails { Name = "上海远景能源有限公司", Province = "上海市", Size = CompanySize.Small },
            Contact = new ContactDetails { Name = "李四", Phones = [shop.NewPhone()] },
        });

        var lead = await shop.Read(db => db.Set<Lead>().SingleAsync(l => l.Id == wanted, Shop.Ct));
        var day = DateOnly.FromDateTime(shop.Time.GetUtcNow().AddDays(-3).ToOffset(TimeSpan.FromHours(8)).DateTime);
        string[] queries =
        [
            "channel=展会/行业展会", "channel=展会", "campaign=秋季展", "tag=重点", "tag=A%25B", $"cell={lead.Cell}", $"receivedTo={day:yyyy-MM-dd}",
            $"receivedFrom={day:yyyy-MM-dd}&receivedTo={day:yyyy-MM-dd}", "company=纷扬", "q=纷扬", "q=北京纷扬科技", "q=张", "priority=medium",
        ];
        foreach (var query in queries)
        {
            Assert.Equal([wanted], await Ids(shop, admin, query));
        }

        foreach (var query in (string[])["tag=重点&tag=重", "q=", "owner=none", "pool=sdr&pool=nurture", "status=unassigned", "status=unassigned&status=pending"])
        {
            Assert.True((await Ids(shop, admin, query)).Count == 2, query);
        }

        Assert.Empty(await Ids(shop, admin, "tag=点"));
        Assert.Empty(await Ids(shop, admin, "pool=nowhere"));
    }

    [Theory, OnBothDatabases]
    public async Task A_phone_mail_or_WeChat_id_finds_its_lead_however_it_is_typed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await Admin(shop);
        var wanted = (await shop.Submit(shop.Lead() with
        {
            Contact = new ContactDetails { Name = "王五", Phones = ["13800138000"], Emails = ["Wang@Example.com"], WeChat = "wang_wu88" },
        })).LeadId;
        await shop.Submit(shop.Lead());
        foreach (var q in (string[])["13800138000", "+86 138-0013-8000", "wang@example.com", "WANG_WU88"])
        {
            Assert.Equal([wanted], await Ids(shop, admin, $"q={Uri.EscapeDataString(q)}"));
        }

        Assert.Empty(await Ids(shop, admin, "q=13900139001"));
    }

    [Theory, OnBothDatabases]
    public async Task Rows_show_the_first_phone_masked(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var admin = await Admin(shop);
        await shop.Submit(shop.Lead() with { Contact = new ContactDetails { Name = "王五", Phones = ["13800138000", "021-62345678"] } });
        var row = Assert.Single((await List(shop).Read(admin, LeadFilter.All, ct: Shop.Ct)).Items);
        Assert.Equal("138****8000", row.Phone);
    }

    [Theory, OnBothDatabases]
    public async Task A_representative_lists_only_what_is_theirs(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        await shop.Submit(shop.Lead());
        var id = await shop.Hire("张伟");
        var zhang = (await shop.Settings.Get(Shop.Ct)).ViewerOf(id)!;
        Assert.Equal(0, await List(shop).Count(zhang, LeadFilter.All, Shop.Ct));
        Assert.Empty(await Ids(shop, zhang, "owner=none"));
    }

    private static LeadList List(Shop shop) => new(shop.Store, shop.Vault, shop.Settings);

    private static async Task<Viewer> Admin(Shop shop)
    {
        var id = await shop.Hire("管理员", BuiltInRoles.LeadAdministrator);
        return (await shop.Settings.Get(Shop.Ct)).ViewerOf(id)!;
    }

    private static async Task<IReadOnlyList<Guid>> Ids(Shop shop, Viewer viewer, string query)
    {
        var filter = LeadFilter.Parse(query, out var errors);
        Assert.Empty(errors);
        var page = await List(shop).Read(viewer, filter, ct: Shop.Ct);
        Assert.Equal(page.Items.Count, await List(shop).Count(viewer, filter, Shop.Ct));
        return [.. page.Items.Select(l => l.Id)];
    }
}
