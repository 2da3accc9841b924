using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>What raises interest (§7 Incubation).</summary>
public enum InterestKind
{
    /// <summary>A success case of somebody like them.</summary>
    SuccessCase = 1,

    /// <summary>A new product.</summary>
    Product = 2,

    /// <summary>A new technology.</summary>
    Technology = 3,
}

/// <summary>Something that was shown, or is to be shown, to raise interest.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Text">What, 1 to 500 characters.</param>
/// <param name="PainId">The pain it speaks to; null when none is named.</param>
/// <param name="Reaction">What the customer said to it, up to 500 characters; null while it was not shown.</param>
public sealed record InterestItem(InterestKind Kind, string Text, string? PainId = null, string? Reaction = null);

/// <summary>What raises the customer's interest: matched success cases, new products, technology.</summary>
/// <param name="Items">Each of it.</param>
public sealed record Interest(IReadOnlyList<InterestItem> Items)
{
    /// <summary>What is wrong: <c>required</c>, <c>too_long</c>, <c>too_many</c>, <c>not_a_choice</c>, <c>unknown</c> (a pain that is not in the chain).</summary>
    public IReadOnlyList<FieldError> Validate(PainChain? pains, string path = "interest") =>
        Items.Count > 100 ? [new FieldError($"{path}.items", "too_many", "100")] :
        [
            .. Items.Index().Where(x => !Enum.IsDefined(x.Item.Kind)).Select(x => new FieldError($"{path}.items[{x.Index}].kind", "not_a_choice")),
            .. Items.SelectMany((x, i) => Texts.Errors(x.Text, $"{path}.items[{i}].text", 500)),
            .. Items.SelectMany((x, i) => Texts.Longest(x.Reaction, $"{path}.items[{i}].reaction", 500)),
            .. Items.Index().Where(x => x.Item.PainId is { } id && pains?.Pains.Any(p => p.Id == id) != true).Select(x => new FieldError($"{path}.items[{x.Index}].painId", "unknown")),
        ];
}
