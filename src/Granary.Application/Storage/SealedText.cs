namespace Granary.Application.Storage;

/// <summary>
/// Encrypted text (§18). Contact data is stored in this type only, and only a <see cref="Vault"/> makes or opens one,
/// so that no feature can forget to encrypt.
/// </summary>
public readonly struct SealedText
{
    internal SealedText(byte[] bytes) => Bytes = bytes;

    internal byte[] Bytes { get; }
}
