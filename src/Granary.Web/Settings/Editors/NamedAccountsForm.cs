using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Qualification;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of named accounts as its editor posts it.</summary>
public sealed class NamedAccountsForm : PolicyForm
{
    public List<CheckRow> Named { get; set => field = value ?? []; } = [];

    public List<CheckRow> Aware { get; set => field = value ?? []; } = [];

    public List<CheckRow> Incubating { get; set => field = value ?? []; } = [];

    public List<CheckRow> Opportunity { get; set => field = value ?? []; } = [];

    public string? TargetIndustries { get; set; }

    public List<SourceRow> Sources { get; set => field = value ?? []; } = [];

    public string? RegularPerPremium { get; set; }

    public string? RemindDays { get; set; }

    private IEnumerable<CheckRow> All => [.. Named, .. Aware, .. Incubating, .. Opportunity];

    /// <summary>The form of a policy.</summary>
    public static NamedAccountsForm Of(NamedAccountPolicy policy, NamedWords say) => new()
    {
        Named = [.. policy.Named.Select(c => CheckRow.Of(c, say))],
        Aware = [.. policy.Aware.Select(c => CheckRow.Of(c, say))],
        Incubating = [.. policy.Incubating.Select(c => CheckRow.Of(c, say))],
        Opportunity = [.. policy.Opportunity.Select(c => CheckRow.Of(c, say))],
        TargetIndustries = string.Join('\n', policy.TargetIndustries),
        Sources = [.. policy.Sources.Select(s => new SourceRow { Id = s.Id, Name = say.Source(s) })],
        RegularPerPremium = Text(policy.RegularPerPremium),
        RemindDays = Text(policy.RemindDays),
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (NamedAccountPolicy Policy, IReadOnlyList<FieldError> Errors) Read(NamedWords say)
    {
        List<FieldError> errors = [];
        return (new NamedAccountPolicy
        {
            Named = Checks(Named, say),
            Aware = Checks(Aware, say),
            Incubating = Checks(Incubating, say),
            Opportunity = Checks(Opportunity, say),
            TargetIndustries = [.. (TargetIndustries ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()],
            Sources = [.. Sources.Select(s => new NamedSource(s.Id ?? Free("source", Sources.Select(x => x.Id), id => s.Id = id), say.Stored("source", s.Name, NamedAccountPolicy.BuiltIn.Sources.Select(x => x.Name))))],
            RegularPerPremium = Whole(RegularPerPremium, "regularPerPremium", errors),
            RemindDays = Whole(RemindDays, "remindDays", errors),
        }, errors);
    }

    private IReadOnlyList<EntryCheck> Checks(List<CheckRow> rows, NamedWords say) =>
    [
        .. rows.Select(r => new EntryCheck(
            r.Id ?? Free("own", All.Select(x => x.Id), id => r.Id = id), say.Stored("check", r.Name, BuiltInNames),
            Enum.GetValues<EntryFact>().Where(f => WireName.Of(f) == r.Fact).Select(f => (EntryFact?)f).FirstOrDefault(), r.Evidence)),
    ];

    private static IEnumerable<string> BuiltInNames => NamedAccounts.Stages.SelectMany(NamedAccountPolicy.BuiltIn.Entry).Select(c => c.Name);

    // A row that was just added gets the first id that no other row has, and keeps it.
    private static string Free(string prefix, IEnumerable<string?> taken, Action<string> keep)
    {
        var id = Enumerable.Range(1, 1_000).Select(n => $"{prefix}-{n}").Except(taken.OfType<string>()).First();
        keep(id);
        return id;
    }

    /// <summary>A line of a checklist.</summary>
    public sealed class CheckRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Name { get; set; }

        public string? Fact { get; set; }

        public bool Evidence { get; set; }

        internal static CheckRow Of(EntryCheck check, NamedWords say) => new() { Id = check.Id, Name = say.Check(check), Fact = check.Fact is { } fact ? WireName.Of(fact) : null, Evidence = check.Evidence };
    }

    /// <summary>A source.</summary>
    public sealed class SourceRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Name { get; set; }
    }
}
