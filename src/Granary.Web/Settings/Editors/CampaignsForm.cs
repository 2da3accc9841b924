using Granary.Domain.Campaigns;
using Granary.Domain.Policies;
using Granary.Web.Campaigns;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of campaigns as its editor posts it.</summary>
public sealed class CampaignsForm : PolicyForm
{
    public List<NameRow> Types { get; set => field = value ?? []; } = [];

    public List<LineRow> Checklist { get; set => field = value ?? []; } = [];

    public List<NameRow> Categories { get; set => field = value ?? []; } = [];

    public string? RemindDays { get; set; }

    public string? Channel { get; set; }

    public string? MarketPool { get; set; }

    public string? KeyPersonPool { get; set; }

    public string? CleaningPool { get; set; }

    /// <summary>The form of a policy.</summary>
    public static CampaignsForm Of(CampaignPolicy policy, CampaignWords say) => new()
    {
        Types = [.. policy.Types.Select(t => new NameRow { Id = t.Id, Name = say.Shown("type", t.Name) })],
        Checklist = [.. policy.Checklist.Select(l => new LineRow { Id = l.Id, Step = WireName.Of(l.Step), Name = say.Shown("item", l.Name), Days = Text(l.Days), Types = string.Join(", ", l.Types) })],
        Categories = [.. policy.Categories.Select(c => new NameRow { Id = c.Id, Name = say.Shown("category", c.Name) })],
        RemindDays = Text(policy.RemindDays),
        Channel = policy.Channel,
        MarketPool = policy.MarketPool,
        KeyPersonPool = policy.KeyPersonPool,
        CleaningPool = policy.CleaningPool,
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (CampaignPolicy Policy, IReadOnlyList<FieldError> Errors) Read(CampaignWords say)
    {
        List<FieldError> errors = [];
        return (new CampaignPolicy
        {
            Types = [.. Types.Select(t => new CampaignType(t.Id ?? Free("type", Types.Select(x => x.Id), id => t.Id = id), say.Stored("type", t.Name, CampaignPolicy.BuiltIn.Types.Select(x => x.Name))))],
            Checklist =
            [
                .. Checklist.Select((l, i) => new ChecklistLine(
                    l.Id ?? Free("own", Checklist.Select(x => x.Id), id => l.Id = id), CampaignWords.Member<ChecklistStep>(l.Step) ?? 0, say.Stored("item", l.Name, CampaignPolicy.BuiltIn.Checklist.Select(x => x.Name)),
                    Whole(l.Days, $"checklist[{i}].days", errors), [.. (l.Types ?? "").Split([',', '，', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()])),
            ],
            Categories = [.. Categories.Select(c => new CostCategory(c.Id ?? Free("category", Categories.Select(x => x.Id), id => c.Id = id), say.Stored("category", c.Name, CampaignPolicy.BuiltIn.Categories.Select(x => x.Name))))],
            RemindDays = Whole(RemindDays, "remindDays", errors),
            Channel = Channel?.Trim() ?? "",
            MarketPool = MarketPool?.Trim() ?? "",
            KeyPersonPool = KeyPersonPool?.Trim() ?? "",
            CleaningPool = CleaningPool?.Trim() ?? "",
        }, errors);
    }

    // A row that was just added gets the first id that no other row has, and keeps it.
    private static string Free(string prefix, IEnumerable<string?> taken, Action<string> keep)
    {
        var id = Enumerable.Range(1, 1_000).Select(n => $"{prefix}-{n}").Except(taken.OfType<string>()).First();
        keep(id);
        return id;
    }

    /// <summary>A type, or a category of costs.</summary>
    public sealed class NameRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Name { get; set; }
    }

    /// <summary>A line of the checklist.</summary>
    public sealed class LineRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Step { get; set; }

        public string? Name { get; set; }

        public string? Days { get; set; }

        public string? Types { get; set; }
    }
}
