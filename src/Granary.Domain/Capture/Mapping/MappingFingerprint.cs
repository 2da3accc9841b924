using System.Security.Cryptography;
using System.Text;

namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// Recognises a kind of file by its headings, so that a mapping once confirmed is offered again (§3 Import). The order
/// of the columns, case, width and punctuation do not matter.
/// </summary>
public static class MappingFingerprint
{
    /// <summary>64 hexadecimal digits.</summary>
    public static string Of(IReadOnlyList<string> headings)
    {
        var names = headings.Select(HeadingIndex.Loose).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', names))));
    }
}
