using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;

namespace Granary.Application.Desk;

/// <summary>A contact point as a reader without the right to reveal it sees it (§18).</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Text">The masked value.</param>
public sealed record MaskedContact(ContactKind Kind, string Text)
{
    /// <summary>Opens a stored contact point and masks it.</summary>
    public static MaskedContact Of(Vault vault, ContactKind kind, SealedText value) => new(kind, Mask(kind, vault.Open(value)));

    private static string Mask(ContactKind kind, string value) => kind switch
    {
        ContactKind.Phone => new PhoneNumber(value.Split(';')[0], null).Masked,
        ContactKind.WeChat => new WeChatId(value).Masked,
        ContactKind.Email => new EmailAddress(value).Masked,
        // What was typed may hide a number however it is written.
        _ => value.Length < 3 ? "***" : $"{value[0]}***{value[^1]}",
    };
}
