namespace Granary.Domain.Policies;

/// <summary>Names of enumeration members as facts, policies and the API write them: camelCase.</summary>
public static class WireName
{
    /// <summary>The camelCase name of a member, such as <c>decisionMaker</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member.</exception>
    public static string Of<T>(T member) where T : struct, Enum => Names<T>.Values(member)[0];

    /// <summary>The name as the one value of a fact; no allocation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member.</exception>
    public static IReadOnlyList<string> FactOf<T>(T member) where T : struct, Enum => Names<T>.Values(member);

    /// <summary>The names of all members, in the order of their numbers.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Names<T>.InOrder;

    private static class Names<T> where T : struct, Enum
    {
        private static readonly Dictionary<T, string[]> ByMember =
            Enum.GetValues<T>().ToDictionary(member => member, member => new[] { Camel(member.ToString()) });

        public static readonly string[] InOrder = [.. Enum.GetValues<T>().Select(member => ByMember[member][0])];

        public static string[] Values(T member) =>
            ByMember.TryGetValue(member, out var names) ? names : throw new ArgumentOutOfRangeException(nameof(member), member, null);

        private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
    }
}
