using Granary.Application.Capture;
using Granary.Application.Desk;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Granary.Domain.Scoring;
using Granary.Web.Components.Ui;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>The filters in force as chips, and the choices that the filters offer.</summary>
public sealed class LeadFilterWords(IStringLocalizer<DeskTexts> desk, CustomWords custom, LeadWords words)
{
    public IReadOnlyList<Choice> Statuses => [.. Enum.GetValues<LeadStatus>().Select(s => new Choice(WireName.Of(s), words.Status(s)))];

    public IReadOnlyList<Choice> Priorities => [.. Enum.GetValues<Priority>().OrderDescending().Select(p => new Choice(WireName.Of(p), words.Priority((int)p)!))];

    public IReadOnlyList<Choice> Qualifications => [.. Enum.GetValues<QualificationStage>().Select(s => new Choice(WireName.Of(s), words.Qualification(s)))];

    public IReadOnlyList<Choice> Findings => [.. Enum.GetValues<Finding>().Where(f => f != Finding.None).SelectMany(f => FindingNames.Of(f)).Select(f => new Choice(f, words.Finding(f)))];

    public IReadOnlyList<Choice> Pools => [.. words.Setting.Pools.All.Select(p => new Choice(p.Key, words.Pool(p.Id)!))];

    /// <summary>First levels with all below them, then the channels themselves.</summary>
    public IReadOnlyList<Choice> Channels =>
        [.. words.Setting.Channels.All.GroupBy(c => c.Path.Split('/')[0]).SelectMany(g =>
            g.Any(c => c.Path != g.Key) ? g.Where(c => c.Path != g.Key).Select(c => new Choice(c.Path, c.Path)).Prepend(new Choice(g.Key, desk["filter.allOf", g.Key])) : [new Choice(g.Key, g.Key)])];

    public static IReadOnlyList<Choice> Grades { get; } = [.. Enum.GetValues<ProjectGrade>().Select(g => new Choice(WireName.Of(g), $"{g}"))];

    public static IReadOnlyList<Choice> Cells { get; } = [.. "ABCD".SelectMany(fit => "1234".Select(level => new Choice($"{fit}{level}", $"{fit}{level}")))];

    /// <summary>A chip for each value in force; its cross leads to the list without it: that of all leads, where no other is named.</summary>
    public IReadOnlyList<Chip> Chips(LeadFilter f, Func<LeadFilter, string>? href = null)
    {
        List<Chip> chips = [];
        string Href(LeadFilter without) => href?.Invoke(without) ?? Urls.Leads(without);
        void Add(string name, string value, LeadFilter without) => chips.Add(new Chip(desk[$"filter.{name}"], value, Href(without)));
        void AddEach<T>(string name, IReadOnlyList<T> values, Func<T, string> say, Func<IReadOnlyList<T>, LeadFilter> with)
        {
            foreach (var value in values)
            {
                Add(name, say(value), with([.. values.Where(v => !Equals(v, value))]));
            }
        }

        if (f.Mine)
        {
            Add("owner", desk["filter.me"], f with { Mine = false });
        }

        if (f.Unowned)
        {
            Add("owner", desk["filter.nobody"], f with { Unowned = false });
        }

        AddEach("owner", f.Owners, id => words.Person(id) ?? desk["filter.unknown"], v => f with { Owners = v });
        if (f.InMyTray)
        {
            Add("tray", desk["filter.me"], f with { InMyTray = false });
        }

        AddEach("status", f.Statuses, words.Status, v => f with { Statuses = v });
        AddEach("priority", f.Priorities, p => words.Priority((int)p)!, v => f with { Priorities = v });
        AddEach("qualification", f.Qualifications, words.Qualification, v => f with { Qualifications = v });
        AddEach("grade", f.Grades, g => g.ToString(), v => f with { Grades = v });
        AddEach("cell", f.Cells, c => c, v => f with { Cells = v });
        AddEach("pool", f.Pools, p => Guid.TryParse(p, out var id) ? words.Pool(id) ?? p : words.PoolOfKey(p), v => f with { Pools = v });
        AddEach("channel", f.Channels, c => c, v => f with { Channels = v });
        AddEach("campaign", f.Campaigns, c => c, v => f with { Campaigns = v });
        AddEach("tag", f.Tags, t => t, v => f with { Tags = v });
        AddEach("finding", FindingNames.Of(f.Findings), words.Finding, v => f with { Findings = v.Select(n => FindingNames.Parse(n)!.Value).Aggregate(Finding.None, (all, one) => all | one) });
        AddEach("province", f.Provinces, p => p, v => f with { Provinces = v });
        if (f.Company is { Length: > 0 } company)
        {
            Add("company", company, f with { Company = null });
        }

        if (f.Import is not null)
        {
            Add("import", desk["filter.oneImport"], f with { Import = null });
        }

        foreach (var value in f.Custom)
        {
            var field = custom.Of(CustomFieldOwner.Lead).FirstOrDefault(c => c.Key == value.Key);
            chips.Add(new Chip(custom.Name(CustomFieldOwner.Lead, value.Key), field is null ? value.Value : custom.Value(field, value.Value), Href(f with { Custom = [.. f.Custom.Where(c => c != value)] })));
        }

        if (f.Account is not null)
        {
            Add("account", desk["filter.oneAccount"], f with { Account = null });
        }

        if (f.ReceivedFrom is not null || f.ReceivedTo is not null)
        {
            Add("received", $"{f.ReceivedFrom?.ToString() ?? "…"} – {f.ReceivedTo?.ToString() ?? "…"}", f with { ReceivedFrom = null, ReceivedTo = null });
        }

        return chips;
    }
}
