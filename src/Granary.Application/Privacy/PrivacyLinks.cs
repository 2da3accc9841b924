using System.Buffers.Text;
using System.Security.Cryptography;
using Granary.Application.Storage;

namespace Granary.Application.Privacy;

/// <summary>
/// Links to a person's own page: the id of a lead with a keyed digest of it. Nobody can make one without the key of blind indexes,
/// which outlives every change of data keys; every node reads them, and nothing about them is stored.
/// </summary>
public sealed class PrivacyLinks(Vault vault)
{
    private const char Kind = 'L';
    private const int Id = 16, Length = 32;

    /// <summary>The token of a lead.</summary>
    public string Token(Guid leadId) => Base64Url.EncodeToString([.. leadId.ToByteArray(true), .. Digest(leadId)]);

    /// <summary>The lead of a token; null when it is none of ours.</summary>
    public Guid? Read(string token)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(token).AsSpan();
            return bytes.Length == Length && new Guid(bytes[..Id], true) is var lead && CryptographicOperations.FixedTimeEquals(bytes[Id..], Digest(lead)) ? lead : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private byte[] Digest(Guid leadId) => vault.Index(Kind, leadId.ToString()).ToByteArray(true);
}
