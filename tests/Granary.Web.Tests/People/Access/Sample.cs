namespace Granary.Web.Tests.People.Access;

/// <summary>A kind of record that routes are about: who sees which, and how the walk gets one.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Relations">Whose records are tried.</param>
/// <param name="Sees">Whether somebody sees one.</param>
/// <param name="Make">Makes one; what stands in the route for it.</param>
internal sealed record Sample(
    string Name, IReadOnlyList<Relation> Relations, Func<Subject, Relation, bool> Sees, Func<Hands, Subject, Relation, Task<IReadOnlyDictionary<string, string>>> Make)
{
    /// <summary>A record of the organisation's: whoever may use the route sees it.</summary>
    public static Sample Common(string name, Func<Hands, Task<Guid>> make) =>
        new(name, [Relation.Foreign], static (_, _) => true, async (hands, _, _) => One(await make(hands)));

    /// <summary>Something that is only its owner's.</summary>
    public static Sample Private(string name, Func<Hands, Guid, Task<Guid>> make) =>
        new(name, [Relation.Own, Relation.Foreign], static (_, relation) => relation == Relation.Own, async (hands, who, relation) => One(await make(hands, hands.Owner(who, relation))));

    public static IReadOnlyDictionary<string, string> One(Guid id) => new Dictionary<string, string> { ["id"] = id.ToString(), ["Id"] = id.ToString() };
}
