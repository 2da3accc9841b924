using System.Collections.Frozen;
using System.Net;

namespace Granary.Domain.Cleansing;

/// <summary>
/// The blacklist (§4.3), built once from its entries. Immutable. A look-up costs the same however many entries there are;
/// an address costs one look-up per prefix length in use.
/// </summary>
public sealed class Blacklist
{
    private readonly FrozenDictionary<BlacklistKind, FrozenDictionary<string, BlacklistEntry>> _byValue;
    private readonly FrozenDictionary<NetworkRange, BlacklistEntry> _ranges;
    private readonly int[] _rangeLengths;

    /// <summary>A blacklist of entries; where a value is listed twice, the entry that lasts longer counts.</summary>
    public Blacklist(IEnumerable<BlacklistEntry> entries)
    {
        var lasting = entries
            .GroupBy(static entry => (entry.Kind, entry.Value))
            .Select(static same => same.MaxBy(static entry => entry.ExpiresAt ?? DateTimeOffset.MaxValue)!)
            .ToLookup(static entry => entry.Kind);
        _byValue = Enum.GetValues<BlacklistKind>()
            .ToFrozenDictionary(static kind => kind, kind => lasting[kind].ToFrozenDictionary(static entry => entry.Value, StringComparer.Ordinal));
        _ranges = lasting[BlacklistKind.Ip].ToFrozenDictionary(static entry => NetworkRange.TryParse(entry.Value, out var range) ? range : default);
        _rangeLengths = [.. _ranges.Keys.Select(static range => range.Bits).Distinct().OrderDescending()];
    }

    /// <summary>Nothing is listed.</summary>
    public static Blacklist Empty { get; } = new([]);

    /// <summary>The entry in force for a phone number, whatever its extension.</summary>
    public BlacklistEntry? Find(PhoneNumber phone, DateTimeOffset now) => Find(BlacklistKind.Phone, phone.E164, now);

    /// <summary>The entry in force for an e-mail address, its domain or one above that.</summary>
    public BlacklistEntry? Find(EmailAddress email, DateTimeOffset now)
    {
        if (Find(BlacklistKind.Email, email.Value, now) is { } entry)
            return entry;
        if (_byValue[BlacklistKind.Domain].Count == 0)
            return null;
        for (var domain = email.Domain; ; domain = domain[(domain.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            if (Find(BlacklistKind.Domain, domain, now) is { } listed)
                return listed;
            if (!domain.Contains('.', StringComparison.Ordinal))
                return null;
        }
    }

    /// <summary>The entry in force for a company's whole name, punctuation and case aside.</summary>
    public BlacklistEntry? FindCompany(string name, DateTimeOffset now) =>
        _byValue[BlacklistKind.Company].Count == 0 ? null : Find(BlacklistKind.Company, BlacklistEntry.CompanyKey(name), now);

    /// <summary>The entry in force for the narrowest listed range that holds an address; null when the text is no address.</summary>
    public BlacklistEntry? FindAddress(string address, DateTimeOffset now)
    {
        if (_rangeLengths.Length == 0 || !IPAddress.TryParse(address, out var parsed))
            return null;
        var number = NetworkRange.Number(parsed);
        foreach (var bits in _rangeLengths)
        {
            if (_ranges.TryGetValue(new NetworkRange(NetworkRange.Mask(number, bits), bits), out var entry) && entry.IsInForce(now))
                return entry;
        }

        return null;
    }

    private BlacklistEntry? Find(BlacklistKind kind, string value, DateTimeOffset now) =>
        _byValue[kind].TryGetValue(value, out var entry) && entry.IsInForce(now) ? entry : null;
}
