namespace Granary.Domain.Matching;

/// <summary>Whose value of a field is kept when two records become one (§5.3).</summary>
public enum MergeSide
{
    /// <summary>That of the record that stays.</summary>
    Survivor = 1,

    /// <summary>That of the record that goes.</summary>
    Merged = 2,

    /// <summary>Both, where a field holds several.</summary>
    Both = 3,
}

/// <summary>A field of two records beside each other.</summary>
/// <param name="Name">Its name in the API.</param>
/// <param name="Survivor">Value in the record that stays; null when it is empty.</param>
/// <param name="Merged">Value in the record that goes; null when it is empty.</param>
/// <param name="Several">Whether it holds several values, so that both can be kept.</param>
public sealed record MergeField(string Name, string? Survivor, string? Merged, bool Several = false)
{
    /// <summary>Whether somebody has to choose.</summary>
    public bool Differs => Survivor is not null && Merged is not null && Survivor != Merged;

    /// <summary>What is proposed: both where that can be, else what is there, else the survivor's.</summary>
    public MergeSide Proposed => Several && Differs ? MergeSide.Both : Survivor is null && Merged is not null ? MergeSide.Merged : MergeSide.Survivor;
}

/// <summary>Choosing field by field.</summary>
public static class Merging
{
    /// <summary>The side of every field: as it was chosen, else as proposed.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="choices">Chosen sides by name.</param>
    /// <param name="wrong">Names that are no field, and fields of one value of which both were chosen.</param>
    public static IReadOnlyDictionary<string, MergeSide> Sides(
        IReadOnlyList<MergeField> fields, IReadOnlyDictionary<string, MergeSide> choices, out IReadOnlyList<string> wrong)
    {
        var byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
        wrong = [.. choices.Where(c => !byName.TryGetValue(c.Key, out var field) || !Enum.IsDefined(c.Value) || (c.Value == MergeSide.Both && !field.Several)).Select(c => c.Key)];
        return fields.ToDictionary(f => f.Name, f => choices.TryGetValue(f.Name, out var side) ? side : f.Proposed, StringComparer.Ordinal);
    }
}
