using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Web.Opportunities;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of opportunities as its editor posts it.</summary>
public sealed class OpportunitiesForm : PolicyForm
{
    private static readonly char[] Commas = [',', '，', '、'];

    public List<OpportunityLineRow> Lines { get; set => field = value ?? []; } = [];

    public string? RateA { get; set; }

    public string? RateB { get; set; }

    public string? RateC { get; set; }

    public string? RateD { get; set; }

    public string? CodePattern { get; set; }

    public List<DealRow> Deals { get; set => field = value ?? []; } = [];

    public string? EvaluationDays { get; set; }

    public string? PartnerProtectionDays { get; set; }

    public string? PartnerDecisionDays { get; set; }

    public LimitRow Charter { get; set => field = value ?? new(); } = new();

    public LimitRow Objection { get; set => field = value ?? new(); } = new();

    public LimitRow Handover { get; set => field = value ?? new(); } = new();

    /// <summary>The form of a policy.</summary>
    public static OpportunitiesForm Of(OpportunityPolicy policy, OpportunityWords say) => new()
    {
        Lines = [.. policy.Lines.Select(l => OpportunityLineRow.Of(l, say))],
        RateA = Text(policy.Rates.A),
        RateB = Text(policy.Rates.B),
        RateC = Text(policy.Rates.C),
        RateD = Text(policy.Rates.D),
        CodePattern = policy.CodePattern,
        Deals = [.. policy.DealRules.Select(r => DealRow.Of(r, policy, say))],
        EvaluationDays = Text(policy.EvaluationDays),
        PartnerProtectionDays = Text(policy.PartnerProtectionDays),
        PartnerDecisionDays = Text(policy.PartnerDecisionDays),
        Charter = LimitRow.Of(policy.Charter),
        Objection = LimitRow.Of(policy.Objection),
        Handover = LimitRow.Of(policy.Handover),
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (OpportunityPolicy Policy, IReadOnlyList<FieldError> Errors) Read(OpportunityWords say)
    {
        List<FieldError> errors = [];
        var lines = Lines.Select((l, i) => l.Read(say, Lines, $"lines[{i}]", errors, Days)).ToList();
        return (new OpportunityPolicy
        {
            Lines = lines,
            Rates = new() { A = Number(RateA, "rates.a", errors), B = Number(RateB, "rates.b", errors), C = Number(RateC, "rates.c", errors), D = Number(RateD, "rates.d", errors) },
            CodePattern = CodePattern?.Trim() ?? "",
            DealRules = [.. Deals.Select((r, i) => new DealRule
            {
                Lines = [.. Split(r.Lines).Select(name => lines.Find(l => say.Line(l) == name)?.Id ?? name)],
                Products = Split(r.Products),
                AmountFrom = Maybe(r.From, $"dealRules[{i}].amountFrom", errors),
                Fields = Conditions(r.Fields, $"dealRules[{i}].fields", errors),
                Signed = r.Signed,
                PaidPercent = Maybe(r.Paid, $"dealRules[{i}].paidPercent", errors) ?? 0,
                OfferOnly = r.OfferOnly,
            })],
            EvaluationDays = Whole(EvaluationDays, "evaluationDays", errors),
            PartnerProtectionDays = Whole(PartnerProtectionDays, "partnerProtectionDays", errors),
            PartnerDecisionDays = Whole(PartnerDecisionDays, "partnerDecisionDays", errors),
            Charter = Limit(Charter, "charter", errors),
            Objection = Limit(Objection, "objection", errors),
            Handover = Limit(Handover, "handover", errors),
        }, errors);
    }

    /// <summary>The parts of a text with several.</summary>
    internal static IReadOnlyList<string> Split(string? text) => (text ?? "").Split(Commas, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<DealCondition> Conditions(string? text, string path, List<FieldError> errors)
    {
        List<DealCondition> conditions = [];
        foreach (var part in (text ?? "").Split([';', '；', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } field, { Length: > 0 } values])
            {
                conditions.Add(new DealCondition(field, values.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
            }
            else
            {
                errors.Add(new FieldError(path, "malformed"));
            }
        }

        return conditions;
    }

    private static int? Days(string? text, string path, List<FieldError> errors) => MaybeWhole(text, path, errors);

    private static TimeLimit Limit(LimitRow row, string path, List<FieldError> errors) =>
        new(Whole(row.Minutes, $"{path}.minutes", errors), Enum.GetValues<DeadlineClock>().FirstOrDefault(c => WireName.Of(c) == row.Clock));

    /// <summary>A deal rule.</summary>
    public sealed class DealRow
    {
        public string? Lines { get; set; }

        public string? Products { get; set; }

        public string? From { get; set; }

        /// <summary>Such as <c>region=east|west; priority=high</c>.</summary>
        public string? Fields { get; set; }

        public bool Signed { get; set; } = true;

        public string? Paid { get; set; }

        public bool OfferOnly { get; set; }

        internal static DealRow Of(DealRule rule, OpportunityPolicy policy, OpportunityWords say) => new()
        {
            Lines = string.Join("，", rule.Lines.Select(id => policy.Line(id) is { } line ? say.Line(line) : id)),
            Products = string.Join("，", rule.Products),
            From = Text(rule.AmountFrom),
            Fields = string.Join("; ", rule.Fields.Select(f => $"{f.Field}={string.Join('|', f.Values)}")),
            Signed = rule.Signed,
            Paid = Text(rule.PaidPercent),
            OfferOnly = rule.OfferOnly,
        };
    }

    /// <summary>A time within which something is done.</summary>
    public sealed class LimitRow
    {
        public string? Minutes { get; set; }

        public string? Clock { get; set; }

        internal static LimitRow Of(TimeLimit limit) => new() { Minutes = Text(limit.Minutes), Clock = WireName.Of(limit.Clock) };
    }
}
