using Granary.Application.Qualification;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Components.Ui;
using Granary.Web.Qualification;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk.Accounts;

/// <summary>Says what an account's fields hold in the reader's language, and which choices there are.</summary>
public sealed class AccountWords(IStringLocalizer<QualificationTexts> texts, QualificationWords qualification, CustomWords custom, LeadWords leads, Setting setting)
{
    public IReadOnlyList<Choice> Tiers => [.. setting.Qualification.Tiers.Select(t => new Choice(t.Id, t.Name))];

    public IReadOnlyList<Choice> Sizes => [.. Enum.GetValues<CompanySize>().Select(s => new Choice(WireName.Of(s), leads.Size(s)!))];

    public IReadOnlyList<BuyingRole> Roles => [.. Enum.GetValues<BuyingRole>().OrderDescending()];

    public AccountTier? TierOf(string? id) => setting.Qualification.Tiers.FirstOrDefault(t => t.Id == id);

    /// <summary>The tier's name; its id where the policy does not know it any more.</summary>
    public string? Tier(string? id) => TierOf(id)?.Name ?? id;

    /// <summary>Which accounts are of a tier and how they are looked after.</summary>
    public (string? Rule, string? Coverage) Advice(AccountTier tier) => (qualification.Rule(tier), qualification.Coverage(tier));

    /// <summary>A part in buying by its name.</summary>
    public string Role(string name) => leads.Role(AccountContact.RoleOf(name)) ?? name;

    public string? Person(Guid? id) => leads.Person(id);

    public string? Size(CompanySize? size) => leads.Size(size);

    /// <summary>From when to when somebody had a job; null where neither is known.</summary>
    public string? Period(DateOnly? since, DateOnly? until) => (since, until) switch
    {
        (null, null) => null,
        ({ } from, null) => texts["contact.since", Day(from)],
        (null, { } to) => texts["contact.until", Day(to)],
        ({ } from, { } to) => $"{Day(from)} – {Day(to)}",
    };

    /// <summary>A chip for each value in force; its cross leads to the list without it.</summary>
    public IReadOnlyList<Chip> Chips(AccountFilter f)
    {
        List<Chip> chips = [];
        void Add(string name, string value, AccountFilter without) => chips.Add(new Chip(texts[$"account.filter.{name}"], value, AccountUrls.List(without)));
        if (f.Mine)
        {
            Add("owner", texts["account.filter.me"], f with { Mine = false });
        }

        if (f.Unowned)
        {
            Add("owner", texts["account.filter.nobody"], f with { Unowned = false });
        }

        f.Owners.ToList().ForEach(o => Add("owner", Person(o) ?? "–", f with { Owners = [.. f.Owners.Except([o])] }));
        f.Tiers.ToList().ForEach(t => Add("tier", Tier(t)!, f with { Tiers = [.. f.Tiers.Except([t])] }));
        f.Industries.ToList().ForEach(i => Add("industry", i, f with { Industries = [.. f.Industries.Except([i])] }));
        f.Provinces.ToList().ForEach(p => Add("province", p, f with { Provinces = [.. f.Provinces.Except([p])] }));
        f.Sizes.ToList().ForEach(s => Add("size", Size(s)!, f with { Sizes = [.. f.Sizes.Except([s])] }));
        foreach (var value in f.Custom)
        {
            var field = custom.Of(CustomFieldOwner.Account).FirstOrDefault(c => c.Key == value.Key);
            chips.Add(new Chip(custom.Name(CustomFieldOwner.Account, value.Key), field is null ? value.Value : custom.Value(field, value.Value), AccountUrls.List(f with { Custom = [.. f.Custom.Where(c => c != value)] })));
        }

        if (f.Parent is not null)
        {
            Add("parent", texts["account.filter.oneParent"], f with { Parent = null });
        }

        return chips;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
