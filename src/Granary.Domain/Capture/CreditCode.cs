namespace Granary.Domain.Capture;

/// <summary>Unified social credit codes 统一社会信用代码 (GB 32100): 18 characters, the last a check digit modulo 31 (§3).</summary>
public static class CreditCode
{
    /// <summary>Characters of a code.</summary>
    public const int Length = 18;

    // The letters I, O, S, V and Z are left out of the standard's alphabet.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>The code as it is compared: half-width, upper-case, without white space.</summary>
    public static string Normalise(string code) =>
        string.Create(code.Count(static c => !char.IsWhiteSpace(c)), code, static (to, from) =>
        {
            var at = 0;
            foreach (var c in from)
            {
                if (!char.IsWhiteSpace(c))
                    to[at++] = char.ToUpperInvariant(c is > '\uFF00' and < '\uFF5F' ? (char)(c - 0xFEE0) : c);
            }
        });

    /// <summary>Whether a normalised code is well formed and its check digit right.</summary>
    public static bool IsValid(string code)
    {
        if (code.Length != Length)
            return false;
        var (sum, weight) = (0, 1);
        for (var i = 0; i < Length - 1; i++)
        {
            var value = Alphabet.IndexOf(code[i], StringComparison.Ordinal);
            if (value < 0)
                return false;
            sum += value * weight;
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - sum % 31) % 31] == code[^1];
    }
}
