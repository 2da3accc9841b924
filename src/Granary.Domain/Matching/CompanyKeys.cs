namespace Granary.Domain.Matching;

/// <summary>Keys to look a company name up by: what is stored under any of them is a candidate (§5.2).</summary>
public sealed class CompanyKeys
{
    private readonly List<string> _exact = [];
    private readonly List<string> _core = [];

    internal CompanyKeys()
    {
    }

    /// <summary>Values of <see cref="CompanyName.ExactKey"/>, distinct.</summary>
    public IReadOnlyList<string> Exact => _exact;

    /// <summary>Values of <see cref="CompanyName.CoreKey"/>, distinct; one or two where no alias is in play.</summary>
    public IReadOnlyList<string> Core => _core;

    /// <summary>The core keys that a strong match of the name can have.</summary>
    internal static IEnumerable<string> CoreKeysOf(CompanyName name)
    {
        yield return name.CoreKey;
        if (name.Core.Length >= 3 && name.TailKey is not null)
            yield return name.Core.Length == 3 ? name.Core[..2] : name.Core[..3];
    }

    internal void Add(CompanyName name)
    {
        if (!_exact.Contains(name.ExactKey))
            _exact.Add(name.ExactKey);
        foreach (var key in CoreKeysOf(name))
        {
            if (!_core.Contains(key))
                _core.Add(key);
        }
    }
}
