using Granary.Domain.Matching;

namespace Granary.Application.Intake;

/// <summary>Names of companies as they were parsed: many candidates of a batch bear one name, most the name of the item itself.</summary>
internal sealed class ParsedNames
{
    private readonly Dictionary<string, CompanyName?> _names = new(StringComparer.Ordinal);

    /// <summary>Takes over what is parsed of the items.</summary>
    public ParsedNames(IReadOnlyList<Prepared> items)
    {
        foreach (var item in items)
        {
            if (item.Lead.CompanyName is { } name)
            {
                _names[name] = item.Company;
            }
        }
    }

    /// <summary>What a name means; null for none.</summary>
    public CompanyName? Of(string name)
    {
        if (!_names.TryGetValue(name, out var parsed))
        {
            _names[name] = parsed = CompanyName.Parse(name);
        }

        return parsed;
    }
}
