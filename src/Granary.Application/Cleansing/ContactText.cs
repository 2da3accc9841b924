using Granary.Application.Capture;
using Granary.Application.Storage;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;

namespace Granary.Application.Cleansing;

/// <summary>Contact points as people read them: masked, or whole for those who may see them (§18).</summary>
public static class ContactText
{
    private const char BeforeExtension = ';';

    extension(Vault vault)
    {
        /// <summary>The value as far as the masks of a place show it.</summary>
        public string Masked(ContactPoint contact, ContactMasks masks)
        {
            var value = vault.Open(contact.Value);
            return contact.Kind switch
            {
                ContactKind.Phone => new PhoneNumber(value.Split(BeforeExtension)[0], null).Masked(masks.Phone),
                ContactKind.WeChat => new WeChatId(value).Masked(masks.WeChat),
                ContactKind.Email => new EmailAddress(value).Masked(masks.Email),
                _ => MaskRule.Nothing,
            };
        }

        /// <summary>The value as it can be typed again: a phone with its extension.</summary>
        public string Plain(ContactPoint contact)
        {
            var value = vault.Open(contact.Value);
            return contact.Kind == ContactKind.Phone && value.IndexOf(BeforeExtension, StringComparison.Ordinal) is > 0 and var at
                ? new PhoneNumber(value[..at], value[(at + 1)..]).Full
                : value;
        }
    }
}
