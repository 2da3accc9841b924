using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>A pain of somebody at the customer's (§13 Pain chain).</summary>
/// <param name="Id">Id within the chain.</param>
/// <param name="Role">Whose pain it is.</param>
/// <param name="Text">What hurts, 1 to 500 characters.</param>
/// <param name="Agreed">Whether they said so themselves.</param>
public sealed record Pain(string Id, string Role, string Text, bool Agreed = false);

/// <summary>One pain causes another.</summary>
/// <param name="Cause">Id of the cause.</param>
/// <param name="Effect">Id of the effect.</param>
public sealed record PainLink(string Cause, string Effect);

/// <summary>A pain chain 痛苦链: pains by role and how one causes another, without going round.</summary>
/// <param name="Pains">The pains.</param>
/// <param name="Links">What causes what.</param>
public sealed record PainChain(IReadOnlyList<Pain> Pains, IReadOnlyList<PainLink> Links)
{
    private const int Most = 100, LongestText = 500, LongestRole = 60;

    /// <summary>
    /// What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>unknown</c> (a link to no pain),
    /// <c>goes_in_circles</c>. Empty when it can be kept.
    /// </summary>
    public IReadOnlyList<FieldError> Validate(string path = "painChain")
    {
        if (Pains.Count > Most || Links.Count > Most * 4)
        {
            return [new FieldError(path, "too_many", $"{Most}")];
        }

        var ids = Pains.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        List<FieldError> errors =
        [
            .. Pains.SelectMany((p, i) => Texts.Errors(p.Id, $"{path}.pains[{i}].id", 40)),
            .. Pains.SelectMany((p, i) => Texts.Errors(p.Role, $"{path}.pains[{i}].role", LongestRole)),
            .. Pains.SelectMany((p, i) => Texts.Errors(p.Text, $"{path}.pains[{i}].text", LongestText)),
            .. Pains.Select((p, i) => (p, i)).Where(x => Pains.Take(x.i).Any(e => e.Id == x.p.Id)).Select(x => new FieldError($"{path}.pains[{x.i}].id", "duplicate")),
            .. Links.Select((l, i) => (l, i)).Where(x => !ids.Contains(x.l.Cause) || !ids.Contains(x.l.Effect)).Select(x => new FieldError($"{path}.links[{x.i}]", "unknown")),
            .. Links.Select((l, i) => (l, i)).Where(x => Links.Take(x.i).Contains(x.l)).Select(x => new FieldError($"{path}.links[{x.i}]", "duplicate")),
        ];
        return errors is [] && Levels() is null ? [new FieldError($"{path}.links", "goes_in_circles")] : errors;
    }

    /// <summary>
    /// The column of each pain when it is drawn: causes left of their effects, as few columns as there can be. Null when links go in
    /// circles.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Levels()
    {
        var level = Pains.ToDictionary(p => p.Id, _ => 0, StringComparer.Ordinal);
        for (var round = 0; round <= Pains.Count; round++)
        {
            var moved = false;
            foreach (var link in Links)
            {
                if (level[link.Effect] <= level[link.Cause])
                {
                    level[link.Effect] = level[link.Cause] + 1;
                    moved = true;
                }
            }

            if (!moved)
            {
                return level;
            }
        }

        return null;
    }
}

/// <summary>What part somebody plays in a decision.</summary>
public enum DecisionRole
{
    /// <summary>Decides.</summary>
    Decider = 1,

    /// <summary>Has to agree.</summary>
    Approver = 2,

    /// <summary>Judges, technically or commercially.</summary>
    Evaluator = 3,

    /// <summary>Will use it.</summary>
    User = 4,

    /// <summary>Speaks for us over there.</summary>
    Coach = 5,
}

/// <summary>Somebody in the decision chain 决策链.</summary>
public sealed record DecisionPerson
{
    /// <summary>Id within the chain.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Part in the decision.</summary>
    public DecisionRole Role { get; init; } = DecisionRole.Evaluator;

    /// <summary>Attitude to us, −2 (against) to +2 (for).</summary>
    public int Attitude { get; init; }

    /// <summary>Influence on the decision, 1 to 5.</summary>
    public int Influence { get; init; } = 3;

    /// <summary>Our relation, 0 (none) to 5.</summary>
    public int Relation { get; init; }

    /// <summary>How we want to improve it.</summary>
    public string? Plan { get; init; }

    /// <summary>Id of the person they report to; null at the top.</summary>
    public string? ReportsTo { get; init; }
}

/// <summary>The people of a decision, and who reports to whom.</summary>
/// <param name="People">The people.</param>
public sealed record DecisionChain(IReadOnlyList<DecisionPerson> People)
{
    private const int Most = 100;

    /// <summary>Attitude weighed by influence, −2 to +2; 0 without people.</summary>
    public decimal Support => People.Count == 0 ? 0 : decimal.Round((decimal)People.Sum(p => p.Attitude * p.Influence) / People.Sum(p => p.Influence), 2);

    /// <summary>People with much influence who are not for us, most influential first.</summary>
    public IReadOnlyList<DecisionPerson> Risks => [.. People.Where(p => p is { Influence: >= 4, Attitude: <= 0 }).OrderByDescending(p => p.Influence).ThenBy(p => p.Attitude)];

    /// <summary>
    /// What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>duplicate</c>, <c>out_of_range</c>, <c>not_a_choice</c>,
    /// <c>unknown</c> (reports to nobody in the chain), <c>goes_in_circles</c>. Empty when it can be kept.
    /// </summary>
    public IReadOnlyList<FieldError> Validate(string path = "decisionChain")
    {
        if (People.Count > Most)
        {
            return [new FieldError(path, "too_many", $"{Most}")];
        }

        List<FieldError> errors = [.. People.SelectMany((p, i) => Errors(p, i, $"{path}.people[{i}]"))];
        return errors is not [] ? errors : [.. People.Select((p, i) => (p, i)).Where(x => Circles(x.p)).Take(1).Select(x => new FieldError($"{path}.people[{x.i}].reportsTo", "goes_in_circles"))];
    }

    private IEnumerable<FieldError> Errors(DecisionPerson person, int index, string path) =>
    [
        .. Texts.Errors(person.Id, $"{path}.id", 40),
        .. Texts.Errors(person.Name, $"{path}.name", 100),
        .. Texts.Longest(person.Title, $"{path}.title", 100),
        .. Texts.Longest(person.Plan, $"{path}.plan", 1_000),
        .. Check(People.Take(index).All(e => e.Id != person.Id), $"{path}.id", "duplicate"),
        .. Check(Enum.IsDefined(person.Role), $"{path}.role", "not_a_choice"),
        .. Check(person.Attitude is >= -2 and <= 2, $"{path}.attitude", "out_of_range", "−2–2"),
        .. Check(person.Influence is >= 1 and <= 5, $"{path}.influence", "out_of_range", "1–5"),
        .. Check(person.Relation is >= 0 and <= 5, $"{path}.relation", "out_of_range", "0–5"),
        .. Check(person.ReportsTo is null || People.Any(o => o.Id == person.ReportsTo), $"{path}.reportsTo", "unknown"),
    ];

    private bool Circles(DecisionPerson person)
    {
        var above = person;
        for (var steps = 0; steps <= People.Count; steps++)
        {
            if (above.ReportsTo is not { } id)
            {
                return false;
            }

            above = People.First(p => p.Id == id);
        }

        return true;
    }

    private static IEnumerable<FieldError> Check(bool holds, string field, string code, string? limit = null) =>
        holds ? [] : [new FieldError(field, code, limit)];
}

/// <summary>A capability the customer wants, and which pain it takes away (§13 Vision).</summary>
/// <param name="Who">Who will be able to.</param>
/// <param name="When">In which situation.</param>
/// <param name="What">What they will be able to do.</param>
/// <param name="PainId">The pain it takes away; null when none is named.</param>
/// <param name="Agreed">Whether the customer agreed.</param>
public sealed record Capability(string Who, string When, string What, string? PainId = null, bool Agreed = false);

/// <summary>The picture of the solution that both sides share 构想.</summary>
/// <param name="Summary">In words, up to 2,000 characters.</param>
/// <param name="Capabilities">What the customer will be able to do.</param>
public sealed record Vision(string? Summary, IReadOnlyList<Capability> Capabilities)
{
    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>unknown</c> (a pain that is not in the chain).</summary>
    public IReadOnlyList<FieldError> Validate(PainChain? pains, string path = "vision") =>
        Capabilities.Count > 100 ? [new FieldError($"{path}.capabilities", "too_many", "100")] :
        [
            .. Texts.Longest(Summary, $"{path}.summary", 2_000),
            .. Capabilities.SelectMany((c, i) => Texts.Errors(c.Who, $"{path}.capabilities[{i}].who", 100)),
            .. Capabilities.SelectMany((c, i) => Texts.Longest(c.When, $"{path}.capabilities[{i}].when", 300)),
            .. Capabilities.SelectMany((c, i) => Texts.Errors(c.What, $"{path}.capabilities[{i}].what", 500)),
            .. Capabilities.Select((c, i) => (c, i)).Where(x => x.c.PainId is { } id && pains?.Pains.Any(p => p.Id == id) != true)
                .Select(x => new FieldError($"{path}.capabilities[{x.i}].painId", "unknown")),
        ];
}

internal static class Texts
{
    public static IEnumerable<FieldError> Errors(string? text, string field, int longest) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldError(field, "required")] : Longest(text, field, longest);

    public static IEnumerable<FieldError> Longest(string? text, string field, int longest) =>
        text?.Length > longest ? [new FieldError(field, "too_long", $"{longest}")] : [];
}
