using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Storage;
using Granary.Domain.Privacy;

namespace Granary.Application.Desk;

/// <summary>A contact point as a reader without the right to reveal it sees it (§18).</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Text">The masked value.</param>
public sealed record MaskedContact(ContactKind Kind, string Text)
{
    internal static MaskedContact Of(Vault vault, ContactPoint contact, ContactMasks masks) => new(contact.Kind, vault.Masked(contact, masks));
}
