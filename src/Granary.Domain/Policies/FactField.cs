namespace Granary.Domain.Policies;

/// <summary>What the values of a fact are.</summary>
public enum FactKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>A number in invariant form.</summary>
    Number,

    /// <summary>One of a closed list.</summary>
    Choice,
}

/// <summary>A fact that conditions may name: what editors offer and validation accepts.</summary>
/// <param name="Name">Name, see <see cref="IFacts"/>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Choices">The closed list, empty unless <paramref name="Kind"/> is <see cref="FactKind.Choice"/>.</param>
public sealed record FactField(string Name, FactKind Kind, IReadOnlyList<string> Choices)
{
    /// <summary>A free text.</summary>
    public static FactField Text(string name) => new(name, FactKind.Text, []);

    /// <summary>A number.</summary>
    public static FactField Number(string name) => new(name, FactKind.Number, []);

    /// <summary>One of a closed list.</summary>
    public static FactField Choice(string name, IReadOnlyList<string> choices) => new(name, FactKind.Choice, choices);

    /// <summary>One of an enumeration's members, in camelCase.</summary>
    public static FactField Choice<T>(string name) where T : struct, Enum => Choice(name, WireName.All<T>());
}
