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

    /// <summary>A day as <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary>A user, by id.</summary>
    Person,
}

/// <summary>A fact that conditions may name: what editors offer and validation accepts.</summary>
/// <param name="Name">Name, see <see cref="IFacts"/>.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Choices">The closed list, empty unless <paramref name="Kind"/> is <see cref="FactKind.Choice"/>.</param>
public sealed record FactField(string Name, FactKind Kind, IReadOnlyList<string> Choices)
{
    /// <summary>Whether it may have several of its choices, with commas between where it is kept as one text.</summary>
    public bool Several { get; init; }

    /// <summary>Whether it is a text because nobody gave it a type: a bound compares it as the number or the day that it looks like.</summary>
    public bool Untyped { get; init; }

    /// <summary>A day.</summary>
    public static FactField Date(string name) => new(name, FactKind.Date, []);

    /// <summary>A user.</summary>
    public static FactField Person(string name) => new(name, FactKind.Person, []);

    /// <summary>A free text.</summary>
    public static FactField Text(string name) => new(name, FactKind.Text, []);

    /// <summary>A number.</summary>
    public static FactField Number(string name) => new(name, FactKind.Number, []);

    /// <summary>One of a closed list.</summary>
    public static FactField Choice(string name, IReadOnlyList<string> choices) => new(name, FactKind.Choice, choices);

    /// <summary>One of an enumeration's members, in camelCase.</summary>
    public static FactField Choice<T>(string name) where T : struct, Enum => Choice(name, WireName.All<T>());
}
