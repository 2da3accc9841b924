using Granary.Application.Opportunities;
using Granary.Application.Opportunities.Partners;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Demo;

/// <summary>Partners in the demo, with registrations in each state, one of them against an opportunity of ours.</summary>
internal sealed class DemoPartners(Store store, Vault vault, SettingCache settings, DemoClock clock)
{
    private static readonly string[] Companies = ["南通海润纺织有限公司", "绍兴越江印染有限公司", "常州天弘机械有限公司", "宁波甬成电器有限公司", "无锡太湖泵阀有限公司"];

    private RegisterDeal Register => new(store, vault, settings, clock);

    /// <summary>Makes partners, and what they register; the latest waits.</summary>
    public async Task Make(CancellationToken ct)
    {
        var setting = await settings.Get(ct);
        var (supervisor, director) = (Of(setting, "sales_supervisor"), Of(setting, BuiltInRoles.SalesDirector));
        if (supervisor is null || director is null)
        {
            return;
        }

        List<Partner> partners = [];
        foreach (var (name, kind, region) in new[] { ("华东智造渠道", PartnerKind.Dealer, "上海、江苏"), ("云端生态联盟", PartnerKind.Ecosystem, "全国"), ("工业协会推荐办", PartnerKind.Referrer, "浙江") })
        {
            partners.AddRange(await new SavePartner(store, settings, clock).Create(supervisor, new PartnerInput(name, kind, supervisor.UserId, null, region, null), ct) is AccountResult<Partner>.Done(var made) ? [made] : []);
        }

        foreach (var (i, company) in Companies.Index())
        {
            var asked = await Ask(supervisor, partners[i % partners.Count], company, i, ct);
            await (i switch
            {
                0 or 1 => Register.Accept(director, asked, null, ct),
                2 => Register.Refuse(director, asked, "客户已由我方直接跟进，方案不同", ct),
                3 => Register.Withdraw(supervisor, asked, ct),
                _ => Task.CompletedTask,
            });
        }

        await Linked(supervisor, director, partners[0], ct);
        await Ask(supervisor, partners[1], Companies[0], Companies.Length, ct);
    }

    // A deal that was registered although it is ours already: accepted with a reason, and linked.
    private async Task Linked(Viewer supervisor, Viewer director, Partner partner, CancellationToken ct)
    {
        await using var db = store.Open();
        var deal = await (from o in supervisor.Opportunities(db) join a in db.Set<Account>() on o.AccountId equals a.Id where o.ClosedAt == null orderby o.Id select new { o.Id, a.Name }).FirstOrDefaultAsync(ct);
        if (deal is null)
        {
            return;
        }

        var asked = await Ask(supervisor, partner, deal.Name, 9, ct);
        await Register.Accept(director, asked, "客户要求由伙伴实施，我方出产品", ct);
        await Register.Link(supervisor, asked, deal.Id, ct);
    }

    private async Task<Guid> Ask(Viewer viewer, Partner partner, string company, int i, CancellationToken ct) =>
        await Register.Ask(viewer, new RegistrationInput(partner.Id, i % 3 == 2 ? RegistrationKind.Referral : RegistrationKind.Deal, company, "MES 一期，信息部牵头选型", 200_000m + (i * 60_000m)), ct) is AccountResult<PartnerRegistration>.Done(var made) ? made.Id : Guid.Empty;

    private static Viewer? Of(Setting setting, string role) => setting.People.Values.Where(p => p.Roles.Contains(role)).OrderBy(p => p.Id, IdOrder.Instance).Select(p => setting.ViewerOf(p.Id)).FirstOrDefault();
}
