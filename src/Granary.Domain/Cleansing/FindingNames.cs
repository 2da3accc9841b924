namespace Granary.Domain.Cleansing;

/// <summary>Names of findings as the API and rules write them.</summary>
public static class FindingNames
{
    private static readonly (Finding Finding, string Name)[] All =
    [
        (Finding.Blacklisted, "blacklisted"), (Finding.Sensitive, "sensitive"), (Finding.InvalidContact, "invalid_contact"),
        (Finding.Test, "test"), (Finding.LateEntry, "late_entry"), (Finding.PossibleDuplicate, "possible_duplicate"),
    ];

    private static readonly IReadOnlyList<string>[] Sets =
        [.. Enumerable.Range(0, 1 << All.Length).Select(set => (IReadOnlyList<string>)[.. All.Where(f => ((Finding)set & f.Finding) != 0).Select(f => f.Name)])];

    /// <summary>The snake_case names of a set of findings.</summary>
    public static IReadOnlyList<string> Of(Finding findings) => Sets[(int)findings];

    /// <summary>The finding of a name; null when there is none.</summary>
    public static Finding? Parse(string name) => All.FirstOrDefault(f => f.Name == name) is { Name: not null } found ? found.Finding : null;
}
