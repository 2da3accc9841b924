using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Granary.Web.Intake.Collect;

/// <summary>The signed token in the picture of a mail: opening it is a touch of the lead that it was sent to, and of nobody else.</summary>
public sealed class MailOpens(IDataProtectionProvider protection)
{
    private readonly IDataProtector _seal = protection.CreateProtector("Granary.MailOpen");

    /// <summary>The token for a mail to a lead; it goes into <c>/collect.gif?m=…</c>.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="mail">The mail; opening the same one again tells nothing new.</param>
    public string Issue(Guid lead, Guid mail) => _seal.Protect($"{lead:N}{mail:N}");

    /// <summary>What a token says; null where it is none of ours.</summary>
    public (Guid Lead, Guid Mail)? Read(string token)
    {
        try
        {
            var text = _seal.Unprotect(token);
            return (Guid.ParseExact(text[..32], "N"), Guid.ParseExact(text[32..], "N"));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
