namespace Granary.Domain.Matching;

/// <summary>How equal two company names are (§5.2). Numbers are stored and ordered: a higher one is a closer match.</summary>
public enum MatchLevel
{
    /// <summary>Nothing in common that counts.</summary>
    None = 0,

    /// <summary>One core is contained in the other, or the cores agree and region or industry do not: shown in a search, moves nothing.</summary>
    Weak = 1,

    /// <summary>Same core, compatible region and industry.</summary>
    Strong = 2,

    /// <summary>Same normalised full name, or joined by the alias table.</summary>
    Exact = 3,
}
