namespace Granary.Domain.Policies;

/// <summary>
/// One line of an explanation: which rule fired in which step, and the facts it saw (§0 Explanation).
/// It is stored as data; the words are made when it is shown, in the reader's language.
/// </summary>
/// <param name="Step">The step of the lead's way: <c>cleanse</c>, <c>match</c>, <c>score</c>, <c>assign</c> …</param>
/// <param name="Code">Stable snake_case name of the text, unique within the step.</param>
/// <param name="Rule">Name of the policy's rule that fired; null where a step has no named rules.</param>
/// <param name="Facts">What the rule saw, by name; numbers in invariant form. Never contact data.</param>
public sealed record Reason(string Step, string Code, string? Rule, IReadOnlyDictionary<string, string> Facts)
{
    private static readonly FactMap NoFacts = new([]);

    /// <summary>A reason with its facts listed as name and value.</summary>
    public static Reason Of(string step, string code, string? rule = null, params ReadOnlySpan<(string Name, string Value)> facts) =>
        new(step, code, rule, facts.Length == 0 ? NoFacts : new FactMap(facts));
}
