using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>An entry of the alias table (§5.2): another name, such as a product's, for a company.</summary>
/// <param name="Alias">The other name: <c>纷享销客</c>.</param>
/// <param name="Company">The company's name, best in full: <c>北京纷扬科技有限公司</c>.</param>
public sealed record CompanyAlias(string Alias, string Company);

/// <summary>The alias table (§5.2), read once per version of it. Immutable; cost of a look-up does not depend on its size.</summary>
public sealed class CompanyAliases
{
    private readonly FrozenDictionary<string, CompanyName[]> _companies;
    private readonly FrozenDictionary<string, (CompanyName Company, CompanyName Alias)[]> _byCompany;

    /// <summary>Reads a table. Entries whose alias or company is no name are left out; an alias may lead to several companies.</summary>
    public CompanyAliases(IEnumerable<CompanyAlias> entries)
    {
        var pairs = entries
            .Select(static entry => (Company: CompanyName.Parse(entry.Company), Alias: CompanyName.Parse(entry.Alias)))
            .Where(static pair => pair.Company is not null && pair.Alias is not null)
            .Select(static pair => (Company: pair.Company!, Alias: pair.Alias!))
            .ToList();
        _companies = pairs.GroupBy(static pair => pair.Alias.ExactKey, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.Select(static pair => pair.Company).DistinctBy(static c => c.ExactKey).ToArray(), StringComparer.Ordinal);
        _byCompany = pairs.GroupBy(static pair => pair.Company.CoreKey, StringComparer.Ordinal)
            .ToFrozenDictionary(static group => group.Key, static group => group.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>No aliases.</summary>
    public static CompanyAliases None { get; } = new([]);

    /// <summary>Whether the table is empty.</summary>
    public bool IsEmpty => _companies.Count == 0;

    /// <summary>
    /// The companies that a name is an alias of: itself, or what is left of it without region and legal form
    /// (<c>北京纷享销客有限公司</c>). Empty when it is none.
    /// </summary>
    public IReadOnlyList<CompanyName> Resolve(CompanyName name)
    {
        if (_companies.Count == 0)
            return [];
        if (_companies.TryGetValue(name.ExactKey, out var found))
            return found;
        return _companies.TryGetValue(name.IsLatin ? name.CoreKey : name.Core + name.Trade, out found) ? found : [];
    }

    /// <summary>
    /// All names to look a name up by, itself first: the companies it is an alias of, and the aliases of whatever company it
    /// strongly matches, since a record may be stored under any of them.
    /// </summary>
    public IReadOnlyList<CompanyName> NamesFor(CompanyName name)
    {
        if (_companies.Count == 0)
            return [name];
        var names = new List<CompanyName> { name };
        names.AddRange(Resolve(name));
        for (int i = 0, known = names.Count; i < known; i++)
        {
            if (_byCompany.TryGetValue(names[i].CoreKey, out var entries))
                names.AddRange(entries.Where(entry => CompanyMatching.Compare(names[i], entry.Company) >= MatchLevel.Strong).Select(static entry => entry.Alias));
        }

        return [.. names.DistinctBy(static known => known.ExactKey)];
    }
}
