using Granary.Domain.Matching;

namespace Granary.Bench.Quality;

/// <summary>Names behind the look-up keys that the product stores, searched as its search box does (§5.3).</summary>
internal sealed class StoredNames
{
    private readonly ILookup<string, CompanyName> _exact;
    private readonly ILookup<string, CompanyName> _core;
    private readonly ILookup<string, CompanyName> _tail;
    private readonly CompanyName[] _byCore;

    public StoredNames(IEnumerable<CompanyName> names)
    {
        _byCore = [.. names.OrderBy(static name => name.Core, StringComparer.Ordinal)];
        _exact = _byCore.ToLookup(static name => name.ExactKey, StringComparer.Ordinal);
        _core = _byCore.ToLookup(static name => name.Core, StringComparer.Ordinal);
        _tail = _byCore.Where(static name => name.TailKey is not null).ToLookup(static name => name.TailKey!, StringComparer.Ordinal);
    }

    public List<CompanyName> Search(CompanyName sought)
    {
        var keys = CompanySearchKeys.For(sought, CompanyAliases.None);
        return [.. keys.Exact.SelectMany(key => _exact[key])
            .Concat(keys.Cores.SelectMany(BeginningWith))
            .Concat(keys.Cores.SelectMany(BeginningOf))
            .Concat(keys.Tails.SelectMany(key => _tail[key].Concat(_core[key])))
            .Distinct()
            .OrderByDescending(name => CompanyMatching.Similarity(sought, name))
            .ThenBy(static name => name.ExactKey, StringComparer.Ordinal)];
    }

    private IEnumerable<CompanyName> BeginningWith(string core) =>
        _byCore.SkipWhile(name => string.CompareOrdinal(name.Core, core) < 0).TakeWhile(name => name.Core.StartsWith(core, StringComparison.Ordinal));

    private IEnumerable<CompanyName> BeginningOf(string core) =>
        Enumerable.Range(2, Math.Max(0, core.Length - 2)).SelectMany(length => _core[core[..length]]);
}
