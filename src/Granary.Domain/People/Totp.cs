using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Granary.Domain.People;

/// <summary>Codes of an authenticator app (RFC 6238): six digits, another each 30 seconds, HMAC-SHA-1 as every app has it.</summary>
public static class Totp
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretSize = 20;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    /// <summary>Seconds that a code is shown.</summary>
    public const int Seconds = 30;

    // A phone's clock may be half a minute off, and people type slowly.
    private const int Tolerance = 1;

    /// <summary>The step that an instant lies in.</summary>
    public static long Step(DateTimeOffset at) => at.ToUnixTimeSeconds() / Seconds;

    /// <summary>The code of a step.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard and the apps know no other; collisions of SHA-1 do not help against an HMAC.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a typed code belongs to; null for a wrong one, and for one of a step that was used already.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="typed">What was typed; spaces do not matter.</param>
    /// <param name="at">The present instant; a step before and after it are accepted.</param>
    /// <param name="used">The last step that was used: it and earlier ones are refused, so that a code seen by another is worth nothing.</param>
    public static long? Match(ReadOnlySpan<byte> secret, string typed, DateTimeOffset at, long used)
    {
        var code = typed.Replace(" ", "", StringComparison.Ordinal);
        for (var step = Step(at) - Tolerance; step <= Step(at) + Tolerance; step++)
        {
            if (step > used && Code(secret, step) == code)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>The address that an app reads from the picture.</summary>
    /// <param name="issuer">The organisation.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="secret">The secret.</param>
    public static string Address(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32.Write(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
