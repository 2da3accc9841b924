using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Testing;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Tests.Settings;

public sealed class ListsTests
{
    [Theory]
    [OnBothDatabases]
    public async Task A_listed_number_holds_the_next_lead_and_shows_masked(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var chief = await shop.Hire("主管", "lead_administrator");
        var lists = new SaveBlacklistEntry(shop.Settings, shop.Vault, shop.Time);

        Assert.IsType<SettingResult.Done>(await lists.Add(chief, new(BlacklistKind.Phone, "138 0013 8000", "骚扰", null), Shop.Ct));
        Assert.Equal("duplicate", await Refusal(lists.Add(chief, new(BlacklistKind.Phone, "+8613800138000", "骚扰", null), Shop.Ct)));
        Assert.Equal("in_the_past", await Refusal(lists.Add(chief, new(BlacklistKind.Domain, "spam.example", "骚扰", shop.Time.Now), Shop.Ct)));

        Assert.Equal("held", (await shop.Submit(shop.Lead("13800138000"))).Outcome.ToString().ToLowerInvariant());
        var entry = Assert.Single((await new ListBlacklist(shop.Store, shop.Vault, shop.Settings).Page(null, null, Shop.Ct)).Rows);
        Assert.DoesNotContain("0013", entry.Text, StringComparison.Ordinal);
        var told = await shop.Read(db => db.Set<EventRecord>().Where(e => e.Kind == "blacklist.added").Select(e => e.Data).ToListAsync(Shop.Ct));
        Assert.DoesNotContain("13800138000", Assert.Single(told), StringComparison.Ordinal);

        await lists.Remove(chief, entry.Id, Shop.Ct);
        Assert.Empty((await new ListBlacklist(shop.Store, shop.Vault, shop.Settings).Page(null, null, Shop.Ct)).Rows);
    }

    [Theory]
    [OnBothDatabases]
    public async Task Words_are_added_once_however_they_are_written_and_can_change_sides(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var lists = new SaveSensitiveWord(shop.Settings, shop.Time);

        Assert.Equal(new SettingResult.Done("2"), await lists.Add(Guid.Empty, ["发票", "VPN", " vpn ", ""], allowed: false, Shop.Ct));
        Assert.Equal(new SettingResult.Done("1"), await lists.Add(Guid.Empty, ["vpn"], allowed: true, Shop.Ct));

        var words = new ListSensitiveWords(shop.Store);
        Assert.Equal("发票", Assert.Single((await words.Page(null, false, null, Shop.Ct)).Words).Word);
        Assert.Equal("VPN", Assert.Single((await words.Page(null, true, null, Shop.Ct)).Words).Word);
        Assert.Empty((await words.Page(null, true, "VPN", Shop.Ct)).Words);
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_channel_is_known_by_one_path_and_keeps_its_leads_when_it_is_retired(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var channels = new SaveChannel(shop.Settings, shop.Time);

        Assert.Equal("duplicate", await Refusal(channels.Create(Guid.Empty, " 官网 / 百度搜索", Shop.Ct)));
        Assert.Equal("invalid_channel", await Refusal(channels.Create(Guid.Empty, "a/b/c", Shop.Ct)));
        await shop.Submit(shop.Lead(channel: "官网/百度搜索"));
        var id = (await shop.Settings.Latest(Shop.Ct)).Channels.Find("官网/百度搜索")!.Id;
        await channels.Retire(Guid.Empty, id, retired: true, Shop.Ct);

        var use = (await new ListChannels(shop.Store).All(Shop.Ct)).Single(c => c.Channel.Id == id);
        Assert.Equal((true, 1), (use.Channel.Retired, use.Leads));
    }

    [Theory]
    [OnBothDatabases]
    public async Task An_alias_must_be_another_name(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var aliases = new SaveCompanyAlias(shop.Settings, shop.Time);

        Assert.Equal("duplicate", await Refusal(aliases.Add(Guid.Empty, "北京纷扬科技有限公司", "北京纷扬科技有限公司", Shop.Ct)));
        await aliases.Add(Guid.Empty, "纷享销客", "北京纷扬科技有限公司", Shop.Ct);

        Assert.False((await shop.Settings.Latest(Shop.Ct)).Aliases.IsEmpty);
    }

    [Theory]
    [OnBothDatabases]
    public async Task A_form_has_an_address_of_its_own_and_sends_nobody_to_a_host_that_is_not_listed(DatabaseKind kind)
    {
        await using var shop = await Shop.Open(kind);
        var forms = new SaveForm(shop.Store, shop.Settings, new RedirectHosts(["example.com"]), shop.Time);
        var channel = (await shop.Settings.Latest(Shop.Ct)).Channels.All[0].Id;
        var design = new FormDesign { Title = Words("联系我们"), Fields = [new("contact.phones", true, Words("手机"))], RedirectTo = "https://www.example.com/thanks" };
        var form = new FormInput("官网表单", "contact", channel, true, design);

        Assert.IsType<SettingResult.Done>(await forms.Create(Guid.Empty, form, Shop.Ct));
        Assert.Equal("duplicate", await Refusal(forms.Create(Guid.Empty, form, Shop.Ct)));
        Assert.Equal("not_allowed", await Refusal(forms.Create(Guid.Empty, form with { Slug = "two", Design = design with { RedirectTo = "https://notexample.com" } }, Shop.Ct)));
        Assert.Equal("contact_required", await Refusal(forms.Create(Guid.Empty, form with { Slug = "two", Design = design with { Fields = [new("contact.name", true, Words(""))] } }, Shop.Ct)));
    }

    private static Dictionary<string, string> Words(string chinese) => new() { ["zh-CN"] = chinese };

    private static async Task<string> Refusal(Task<SettingResult> result) => Assert.Single(Assert.IsType<SettingResult.Refused>(await result).Errors).Code;
}
