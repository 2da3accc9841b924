using System.Globalization;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Granary.Web.Opportunities;

namespace Granary.Web.Settings.Editors;

/// <summary>A business line in the editor of opportunities.</summary>
public sealed class OpportunityLineRow
{
    private static readonly string[] Ends = ["\r\n", "\n"];
    private static readonly char[] Colons = [':', '：'], Marks = ['?', '？'];

    public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

    public string? Name { get; set; }

    public List<StageRow> Stages { get; set => field = value ?? []; } = [];

    internal static OpportunityLineRow Of(BusinessLine line, OpportunityWords say) => new() { Id = line.Id, Name = say.Line(line), Stages = [.. line.Stages.Select(s => StageRow.Of(s, say))] };

    internal BusinessLine Read(OpportunityWords say, List<OpportunityLineRow> all, string path, List<FieldError> errors, Func<string?, string, List<FieldError>, int?> days) => new()
    {
        Id = Id ??= Free("line", all.Select(l => l.Id)),
        Name = say.Stored("line", Name, Built.Lines.Select(l => l.Name)),
        Stages = [.. Stages.Select((s, i) => s.Read(say, Stages, days(s.Days, $"{path}.stages[{i}].expectedDays", errors)))],
    };

    // What was just added gets the first id that no other has, and keeps it.
    private static string Free(string prefix, IEnumerable<string?> taken) => Enumerable.Range(1, 1_000).Select(n => $"{prefix}-{n}").Except(taken.OfType<string>()).First();

    private static OpportunityPolicy Built => OpportunityPolicy.BuiltIn;

    /// <summary>A stage: its checklist and its actions are texts of a line each.</summary>
    public sealed class StageRow
    {
        public string? Id { get; set => field = string.IsNullOrWhiteSpace(value) ? null : value; }

        public string? Name { get; set; }

        public string? Kind { get; set; } = WireName.Of(StageKind.Open);

        public string? Days { get; set; }

        public bool Plan { get; set; }

        public string? Exit { get; set; }

        public string? Actions { get; set; }

        internal static StageRow Of(OpportunityStage stage, OpportunityWords say) => new()
        {
            Id = stage.Id,
            Name = say.Stage(stage),
            Kind = WireName.Of(stage.Kind),
            Days = stage.ExpectedDays?.ToString(CultureInfo.InvariantCulture),
            Plan = stage.NeedsApprovedPlan,
            Exit = string.Join('\n', stage.Exit.Select(c => $"{(c.Required ? "" : "? ")}{say.Check(c)}")),
            Actions = string.Join('\n', stage.Actions.Select(a => $"{say.Role(a.Role)}：{say.Action(a.Name)}")),
        };

        internal OpportunityStage Read(OpportunityWords say, List<StageRow> all, int? days) => new()
        {
            Id = Id ??= Free("stage", all.Select(s => s.Id)),
            Name = say.Stored("stage", Name, Stages.Select(s => s.Name)),
            Kind = Enum.GetValues<StageKind>().FirstOrDefault(k => WireName.Of(k) == Kind),
            ExpectedDays = days,
            NeedsApprovedPlan = Plan,
            Exit = Checks(say),
            Actions = [.. Lines(Actions).Select(l => l.Split(Colons, 2, StringSplitOptions.TrimEntries)).Select(p => new StandardAction(
                say.Stored("role", p.Length > 1 ? p[0] : "", Stages.SelectMany(s => s.Actions).Select(a => a.Role)), say.Stored("action", p[^1], Stages.SelectMany(s => s.Actions).Select(a => a.Name))))],
        };

        // A line that says what it said keeps its id, so that what was ticked stays ticked.
        private List<ExitCheck> Checks(OpportunityWords say)
        {
            List<ExitCheck> checks = [];
            foreach (var line in Lines(Exit))
            {
                var text = line.TrimStart(Marks).Trim();
                var name = say.Stored("check", text, Stages.SelectMany(s => s.Exit).Select(c => c.Name));
                var id = name != text && checks.TrueForAll(c => c.Id != name) ? name : Own(name);
                checks.Add(new ExitCheck(checks.TrueForAll(c => c.Id != id) ? id : Free(id, checks.Select(c => c.Id)), name, line.IndexOfAny(Marks) != 0));
            }

            return checks;
        }

        private static string Own(string name)
        {
            if (name.Length <= 60 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '-') && name.Length > 0)
            {
                return name;
            }

            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name));
            return $"own-{Convert.ToHexStringLower(hash.AsSpan(0, 6))}";
        }

        private static string[] Lines(string? text) => (text ?? "").Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        private static IEnumerable<OpportunityStage> Stages => Built.Lines.SelectMany(l => l.Stages);
    }
}
