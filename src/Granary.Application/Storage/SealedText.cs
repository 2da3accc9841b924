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

/// <summary>Encrypted bytes, such as a piece of a file; like <see cref="SealedText"/>, only a <see cref="Vault"/> makes or opens them.</summary>
public readonly struct SealedBytes
{
    internal SealedBytes(byte[] bytes) => Bytes = bytes;

    /// <summary>As they are stored.</summary>
    public ReadOnlySpan<byte> Stored => Bytes;

    internal byte[] Bytes { get; }
}
