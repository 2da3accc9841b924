using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Granary.Web.Localisation;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Says a plan as sentences.</summary>
public sealed class ReactivationWords(PolicyWords say, LeadWords leads, IStringLocalizer<ReactivationTexts> texts, IStringLocalizer<RuleTexts> rules)
{
    /// <summary>Which leads.</summary>
    public string Select(ReactivationPlan plan)
    {
        var select = plan.Select;
        List<string> parts = [texts["say.pools", Joined(select.Pools.Select(say.Pool))]];
        void Add(bool asked, Func<string> text)
        {
            if (asked)
            {
                parts.Add(text());
            }
        }

        Add(select.IdleDays > 0, () => texts["say.idle", select.IdleDays]);
        Add(select.Industries.Count > 0, () => texts["say.industries", Joined(select.Industries)]);
        Add(select.Regions.Count > 0, () => texts["say.regions", Joined(select.Regions)]);
        Add(select.Products.Count > 0, () => texts["say.products", Joined(select.Products)]);
        Add(select.Tags.Count > 0, () => texts["say.tags", Joined(select.Tags)]);
        Add(select.PastOrders is not null, () => texts[select.PastOrders == true ? "orders.yes" : "orders.no"]);
        Add(select.ScoreAtLeast is not null, () => texts["say.score", select.ScoreAtLeast!]);
        Add(select.ScoreChangedWithinDays is not null, () => texts["say.scoreChanged", select.ScoreChangedWithinDays!]);
        Add(select.TouchedWithinDays is not null, () => texts["say.touched", select.TouchedWithinDays!, select.Touches.Count == 0 ? texts["touches.any"].Value : Joined(select.Touches.Select(k => leads.Touch(WireName.Of(k))))]);
        Add(select.OwnershipsAtLeast is not null, () => texts["say.ownedAtLeast", select.OwnershipsAtLeast!]);
        Add(select.OwnershipsAtMost is not null, () => texts["say.ownedAtMost", select.OwnershipsAtMost!]);
        return Joined(parts);
    }

    /// <summary>Where they go and how many.</summary>
    public string Push(ReactivationPlan plan)
    {
        var push = plan.Push;
        var to = push.ByRules ? texts["to.rules"].Value : say.Target(push.Target);
        var many = push.PerRecipient is { } each ? texts["say.perRunEach", push.PerRun, each] : texts["say.perRun", push.PerRun];
        return $"{to} · {many.Value}";
    }

    /// <summary>When it runs.</summary>
    public string Schedule(ReactivationPlan plan)
    {
        var schedule = plan.Schedule;
        var at = schedule.At.ToString("HH\\:mm", System.Globalization.CultureInfo.InvariantCulture);
        var when = schedule.Every switch
        {
            ReactivationRhythm.Daily => texts["say.daily", at],
            ReactivationRhythm.Weekly => texts["say.weekly", Joined(schedule.Weekdays.Select(day => rules[$"weekday.{WireName.Of(day)}"].Value)), at],
            ReactivationRhythm.Monthly => texts["say.monthly", schedule.Day, at],
            _ => texts["every.none"],
        };
        return schedule is { Every: not ReactivationRhythm.None, WorkingDaysOnly: true } ? $"{when.Value} · {texts["workingDays"].Value}" : when.Value;
    }

    /// <summary>A count that stops at 10,000.</summary>
    public string Selected(int count) => count > Granary.Application.Ownership.RunReactivation.CountedUpTo
        ? $"{Figures.Count(Granary.Application.Ownership.RunReactivation.CountedUpTo)}+" : Figures.Count(count);

    private string Joined(IEnumerable<string> parts)
    {
        var comma = rules["list.comma"].Value.TrimEnd();
        return string.Join(comma == "," ? ", " : comma, parts);
    }
}
