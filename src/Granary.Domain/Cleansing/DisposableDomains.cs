using System.Collections.Frozen;

namespace Granary.Domain.Cleansing;

/// <summary>Domains that give out throw-away addresses (§4.2); their sub-domains do too. Immutable.</summary>
public sealed class DisposableDomains
{
    private readonly FrozenSet<string> _domains;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private DisposableDomains(IEnumerable<string> domains)
    {
        _domains = domains.ToFrozenSet(StringComparer.Ordinal);
        _lookup = _domains.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The best-known ones.</summary>
    public static DisposableDomains BuiltIn { get; } = new("""
        10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net armyspy.com bccto.me burnermail.io chacuo.net
        cuvox.de dayrep.com deadaddress.com discard.email discardmail.com dispostable.com dropmail.me einrot.com emailondeck.com
        fakeinbox.com fakemail.net fleckens.hu getairmail.com getnada.com grr.la guerrillamail.com guerrillamail.de
        guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com gustr.com inboxkitten.com incognitomail.org
        jetable.org jourrapide.com linshiyouxiang.net mailcatch.com maildrop.cc mailexpire.com mailinator.com mailinator.net
        mailnesia.com mailnull.com mailtemp.net minuteinbox.com mintemail.com moakt.com mohmal.com mytemp.email nada.email
        rhyta.com sharklasers.com spam4.me spambox.us spamex.com spamgourmet.com superrito.com teleworm.us temp-mail.io
        temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.net tempr.email throwawaymail.com tmpmail.net tmpmail.org
        trash-mail.com trashmail.com trashmail.de trashmail.net yopmail.com yopmail.fr yopmail.net
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How many domains are listed.</summary>
    public int Count => _domains.Count;

    /// <summary>These domains and more, one a line as published lists have them; blank lines, <c>#</c> comments and what is no domain are passed over.</summary>
    public DisposableDomains With(IEnumerable<string> lines) => new(_domains.Concat(Read(lines)));

    /// <summary>Whether a domain (lower-case ASCII) or one above it is listed.</summary>
    public bool Contains(ReadOnlySpan<char> domain)
    {
        while (true)
        {
            if (_lookup.Contains(domain))
                return true;
            var dot = domain.IndexOf('.');
            if (dot < 0)
                return false;
            domain = domain[(dot + 1)..];
        }
    }

    private static IEnumerable<string> Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line.Trim().ToLowerInvariant();
            if (text.Length > 0 && text[0] != '#' && EmailAddress.TryReadDomain(text, out var domain))
                yield return domain;
        }
    }
}
