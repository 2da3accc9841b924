using Granary.Domain.Policies;
using Granary.Domain.Qualification;
using Granary.Web.Qualification;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of qualification as its editor posts it.</summary>
public sealed class QualificationForm : PolicyForm
{
    public List<CheckRow> Mql { get; set => field = value ?? []; } = [];

    public List<CheckRow> Sql { get; set => field = value ?? []; } = [];

    public string? Criteria { get; set; }

    public string? MinimumDeal { get; set; }

    public string? UndoHours { get; set; }

    public string? MergeUndoDays { get; set; }

    public List<TierRow> Tiers { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static QualificationForm Of(QualificationPolicy policy, QualificationWords say) => new()
    {
        Mql = [.. policy.Mql.Select(c => CheckRow.Of(c, say))],
        Sql = [.. policy.Sql.Select(c => CheckRow.Of(c, say))],
        Criteria = Text(policy.Criteria),
        MinimumDeal = Text(policy.MinimumDeal),
        UndoHours = Text(policy.UndoHours),
        MergeUndoDays = Text(policy.MergeUndoDays),
        Tiers = [.. policy.Tiers.Select(t => new TierRow { Id = t.Id, Name = t.Name, Rule = say.Rule(t), Coverage = say.Coverage(t) })],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (QualificationPolicy Policy, IReadOnlyList<FieldError> Errors) Read(QualificationWords say)
    {
        List<FieldError> errors = [];
        return (new QualificationPolicy
        {
            Mql = Checks(Mql, say),
            Sql = Checks(Sql, say),
            Criteria = Whole(Criteria, "criteria", errors),
            MinimumDeal = Number(MinimumDeal, "minimumDeal", errors),
            UndoHours = Whole(UndoHours, "undoHours", errors),
            MergeUndoDays = Whole(MergeUndoDays, "mergeUndoDays", errors),
            Tiers = [.. Tiers.Select(t => new AccountTier(
                t.Id ?? Free("tier", Tiers.Select(x => x.Id), id => t.Id = id), t.Name?.Trim() ?? "", say.Stored("tier.rule", t.Rule, Keys), say.Stored("tier.coverage", t.Coverage, Keys)))],
        }, errors);
    }

    private static IEnumerable<string> Keys => QualificationPolicy.BuiltIn.Tiers.Select(t => t.Id);

    private static IReadOnlyList<QualificationCheck> Checks(List<CheckRow> rows, QualificationWords say) =>
        [.. rows.Select(r => new QualificationCheck(r.Id ?? Free("own", rows.Select(x => x.Id), id => r.Id = id), say.Stored("check", r.Name, BuiltInNames) ?? "", r.Required))];

    private static IEnumerable<string> BuiltInNames => QualificationPolicy.BuiltIn.Mql.Concat(QualificationPolicy.BuiltIn.Sql).Select(c => c.Name);

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

        public bool Required { get; set; }

        internal static CheckRow Of(QualificationCheck check, QualificationWords say) => new() { Id = check.Id, Name = say.Check(check), Required = check.Required };
    }

    /// <summary>A tier.</summary>
    public sealed class TierRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Name { get; set; }

        public string? Rule { get; set; }

        public string? Coverage { get; set; }
    }
}
