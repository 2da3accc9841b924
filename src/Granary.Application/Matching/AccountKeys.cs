using Granary.Application.Storage;
using Granary.Domain.Matching;

namespace Granary.Application.Matching;

/// <summary>
/// Keys under which accounts are kept, and by which a company finds them (§5.1 rule 1, §5.2): those of the same core, of a
/// core that begins with it, and of a core that it begins with. Each is one entry of an index.
/// </summary>
public static class AccountKeys
{
    /// <summary>Keys that an account of this name is kept under.</summary>
    public static IEnumerable<Guid> Kept(this Vault vault, CompanyName name, CompanyAliases aliases) => aliases.NamesFor(name)
        .SelectMany(n => CompanyRange.Beginnings(n.Core).Select(vault.BeginningKey).Append(vault.CompanyKey(n.Core))).Distinct();

    /// <summary>Keys that a company of this name looks under.</summary>
    public static IEnumerable<Guid> Sought(this Vault vault, CompanyName name, CompanyAliases aliases) => aliases.NamesFor(name)
        .SelectMany(n => CompanyRange.Beginnings(n.Core).Append(n.Core).Select(vault.CompanyKey).Append(vault.BeginningKey(n.Core))).Distinct();
}
