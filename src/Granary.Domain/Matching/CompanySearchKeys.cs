namespace Granary.Domain.Matching;

/// <summary>
/// What the search box (§5.3) looks up for a company name, each by an index range or an equality, so that the cost grows with
/// the number of results, not of records. Rank the results by <see cref="CompanyMatching.Similarity"/>.
/// </summary>
public sealed record CompanySearchKeys
{
    private CompanySearchKeys(CompanyKeys keys, IReadOnlyList<string> prefixes, IReadOnlyList<string> tails) =>
        (Exact, Core, CorePrefixes, Tails) = (keys.Exact, keys.Core, prefixes, tails);

    /// <summary>Equal to <see cref="CompanyName.ExactKey"/>: exact matches.</summary>
    public IReadOnlyList<string> Exact { get; }

    /// <summary>Equal to <see cref="CompanyName.CoreKey"/>: strong matches, and weak ones of the same core.</summary>
    public IReadOnlyList<string> Core { get; }

    /// <summary><see cref="CompanyName.CoreKey"/> begins with one of these: longer cores that contain the one sought.</summary>
    public IReadOnlyList<string> CorePrefixes { get; }

    /// <summary>Equal to <see cref="CompanyName.TailKey"/>, and to <see cref="CompanyName.CoreKey"/>: cores that end like the one sought, or that it ends with.</summary>
    public IReadOnlyList<string> Tails { get; }

    /// <summary>The keys of a name.</summary>
    public static CompanySearchKeys For(CompanyName name, CompanyAliases aliases)
    {
        var tails = new List<string>(2);
        if (!name.IsLatin && name.Core.Length >= 2 && CompanyText.AllIdeographs(name.Core))
            tails.Add(name.Core[^2..]);
        if (name.Parent is { Length: 2 } parent)
            tails.Add(parent);
        return new CompanySearchKeys(aliases.KeysFor(name), [name.CoreKey], tails);
    }
}
