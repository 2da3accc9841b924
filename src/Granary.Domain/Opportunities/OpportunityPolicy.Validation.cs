using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

public sealed partial record OpportunityPolicy
{
    private const int MostLines = 50, MostStages = 30, MostChecks = 30, LongestName = 100;

    /// <summary>
    /// What is wrong with the policy: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>malformed</c>,
    /// <c>out_of_range</c>, <c>not_a_choice</c>, <c>unknown</c> (a deal rule for no line), <c>open_stage_required</c> (a line has no
    /// open stage in front), <c>won_and_lost_required</c> (a line needs one of each, after the open ones) and the codes of
    /// <see cref="ForecastRates.Validate"/>, <see cref="InquiryCodePattern.Errors"/> and <see cref="Opportunities.DealRules.Errors"/>.
    /// </summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. Check(Lines.Count > 0, "lines", "required"),
        .. Check(Lines.Count <= MostLines, "lines", "too_many", $"{MostLines}"),
        .. Lines.SelectMany((line, i) => Errors(line, $"lines[{i}]")),
        .. Lines.SelectMany((line, i) => Check(Lines.Take(i).All(l => l.Id != line.Id), $"lines[{i}].id", "duplicate")),
        .. Rates.Validate(),
        .. InquiryCodePattern.Errors(CodePattern, "codePattern"),
        .. DealRules.SelectMany((rule, i) => rule.Errors($"dealRules[{i}]")),
        .. DealRules.SelectMany((rule, i) => Check(rule.Lines.All(l => Line(l) is not null), $"dealRules[{i}].lines", "unknown")),
        .. Check(EvaluationDays is >= 1 and <= 365, "evaluationDays", "out_of_range", "1–365"),
        .. Check(PartnerProtectionDays is >= 1 and <= 730, "partnerProtectionDays", "out_of_range", "1–730"),
        .. Check(PartnerDecisionDays is >= 1 and <= 365, "partnerDecisionDays", "out_of_range", "1–365"),
        .. Charter.Errors("charter"),
        .. Objection.Errors("objection"),
        .. Handover.Errors("handover"),
    ];

    private static IEnumerable<FieldError> Errors(BusinessLine line, string path) =>
    [
        .. Id(line.Id, $"{path}.id"),
        .. Texts.Errors(line.Name, $"{path}.name", LongestName),
        .. Check(line.Stages.Count <= MostStages, $"{path}.stages", "too_many", $"{MostStages}"),
        .. line.Stages.SelectMany((stage, i) => Errors(stage, $"{path}.stages[{i}]")),
        .. line.Stages.SelectMany((stage, i) => Check(line.Stages.Take(i).All(s => s.Id != stage.Id), $"{path}.stages[{i}].id", "duplicate")),
        .. Check(line.Stages is [{ Kind: StageKind.Open }, ..], $"{path}.stages", "open_stage_required"),
        .. Check(WonAndLostLast(line.Stages), $"{path}.stages", "won_and_lost_required"),
    ];

    private static IEnumerable<FieldError> Errors(OpportunityStage stage, string path) =>
    [
        .. Id(stage.Id, $"{path}.id"),
        .. Texts.Errors(stage.Name, $"{path}.name", LongestName),
        .. Check(Enum.IsDefined(stage.Kind), $"{path}.kind", "not_a_choice"),
        .. Check(stage.ExpectedDays is null or (>= 1 and <= 3_650), $"{path}.expectedDays", "out_of_range", "1–3650"),
        .. Check(stage.Exit.Count <= MostChecks, $"{path}.exit", "too_many", $"{MostChecks}"),
        .. stage.Exit.SelectMany((check, i) => Id(check.Id, $"{path}.exit[{i}].id")),
        .. stage.Exit.SelectMany((check, i) => Texts.Errors(check.Name, $"{path}.exit[{i}].name", 200)),
        .. stage.Exit.SelectMany((check, i) => Check(stage.Exit.Take(i).All(c => c.Id != check.Id), $"{path}.exit[{i}].id", "duplicate")),
        .. Check(stage.Actions.Count <= MostChecks, $"{path}.actions", "too_many", $"{MostChecks}"),
        .. stage.Actions.SelectMany((action, i) => Texts.Errors(action.Role, $"{path}.actions[{i}].role", 60)),
        .. stage.Actions.SelectMany((action, i) => Texts.Errors(action.Name, $"{path}.actions[{i}].name", 200)),
    ];

    private static bool WonAndLostLast(IReadOnlyList<OpportunityStage> stages) =>
        stages.SkipWhile(s => s.Kind == StageKind.Open).Select(s => s.Kind).Order().SequenceEqual([StageKind.Won, StageKind.Lost]);

    private static IEnumerable<FieldError> Id(string? id, string path) =>
        Check(id is { Length: > 0 and <= 60 } && id.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-'), path, "malformed");

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}
