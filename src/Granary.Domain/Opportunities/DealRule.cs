using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>
/// When an opportunity counts as won (§13 Deal rule): the first rule whose conditions hold says what must be there. Without one, a
/// contract signed by both is enough.
/// </summary>
public sealed record DealRule
{
    /// <summary>Business lines it is for; empty is for all.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Products it is for; empty is for all.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Amount from which it holds, in the organisation's currency; null from nothing.</summary>
    public decimal? AmountFrom { get; init; }

    /// <summary>What custom fields of the opportunity must hold for it to be the rule; all of them, empty asks for nothing.</summary>
    public IReadOnlyList<DealCondition> Fields { get; init; } = [];

    /// <summary>Whether both must have signed.</summary>
    public bool Signed { get; init; } = true;

    /// <summary>Share of the contract in percent that must have been received, 0 to 100.</summary>
    public decimal PaidPercent { get; init; }

    /// <summary>Whether somebody is to say that it is won once the rule holds; else it is won by itself.</summary>
    public bool OfferOnly { get; init; }
}

/// <summary>A condition on a custom field of the opportunity.</summary>
/// <param name="Field">Key of the field.</param>
/// <param name="Values">Values as they are kept, such as ids of choices; any of them holds, and of a field with several choices any choice.</param>
public sealed record DealCondition(string Field, IReadOnlyList<string> Values)
{
    /// <summary>Whether it holds.</summary>
    /// <param name="custom">Values of the opportunity by key.</param>
    public bool Holds(IReadOnlyDictionary<string, string> custom) => custom.TryGetValue(Field, out var held) && (Values.Contains(held) || held.Split(',').Any(Values.Contains));
}

/// <summary>What follows once a contract, a payment or a success case may have decided an opportunity.</summary>
public enum DealOutcome
{
    /// <summary>The rule does not hold.</summary>
    NotMet,

    /// <summary>It holds, and somebody is asked to say that it is won.</summary>
    Offered,

    /// <summary>It holds, and the success case is asked for, without which nothing is won (S needs one).</summary>
    CaseMissing,

    /// <summary>It is won.</summary>
    Won,
}

/// <summary>What deal rules look at.</summary>
/// <param name="Line">Business line.</param>
/// <param name="Products">Products.</param>
/// <param name="Amount">The opportunity's amount, or its contract's once there is one.</param>
/// <param name="Contract">State of the contract; null without one.</param>
/// <param name="Paid">Received less given back.</param>
public sealed record DealFacts(string Line, IReadOnlyList<string> Products, decimal Amount, ContractState? Contract, decimal Paid)
{
    /// <summary>Values of custom fields by key.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();
}

/// <summary>Deciding whether an opportunity is won.</summary>
public static class DealRules
{
    private static readonly DealRule Signature = new();

    /// <summary>The rule that decides.</summary>
    public static DealRule For(IReadOnlyList<DealRule> rules, DealFacts facts) =>
        rules.FirstOrDefault(r =>
            (r.Lines.Count == 0 || r.Lines.Contains(facts.Line))
            && (r.Products.Count == 0 || r.Products.Any(facts.Products.Contains))
            && !(facts.Amount < r.AmountFrom)
            && r.Fields.All(f => f.Holds(facts.Custom))) ?? Signature;

    /// <summary>Whether it is won.</summary>
    public static bool Won(IReadOnlyList<DealRule> rules, DealFacts facts)
    {
        var rule = For(rules, facts);
        return (!rule.Signed || facts.Contract == ContractState.Signed) && facts.Paid * 100 >= facts.Amount * rule.PaidPercent;
    }

    /// <summary>What follows from the rule that decides.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="facts">What they look at.</param>
    /// <param name="hasSuccessCase">Whether a success case is written.</param>
    public static DealOutcome Outcome(IReadOnlyList<DealRule> rules, DealFacts facts, bool hasSuccessCase) =>
        !Won(rules, facts) ? DealOutcome.NotMet
        : For(rules, facts).OfferOnly ? DealOutcome.Offered
        : hasSuccessCase ? DealOutcome.Won
        : DealOutcome.CaseMissing;

    /// <summary><c>out_of_range</c> for a percentage outside 0 to 100 or a negative amount, <c>required</c> for a condition without field or values, <c>always_holds</c> for a rule that asks for nothing.</summary>
    public static IReadOnlyList<FieldError> Errors(this DealRule rule, string path)
    {
        List<FieldError> errors = [];
        if (rule.PaidPercent is < 0 or > 100)
        {
            errors.Add(new FieldError($"{path}.paidPercent", "out_of_range", "0–100"));
        }

        if (rule.AmountFrom < 0)
        {
            errors.Add(new FieldError($"{path}.amountFrom", "out_of_range", "0"));
        }

        errors.AddRange(rule.Fields.Any(f => string.IsNullOrWhiteSpace(f.Field) || f.Values is not { Count: > 0 }) ? [new FieldError($"{path}.fields", "required")] : []);
        if (!rule.Signed && rule.PaidPercent == 0)
        {
            errors.Add(new FieldError($"{path}.signed", "always_holds"));
        }

        return errors;
    }
}
