using Granary.Domain.Capture;

namespace Granary.Domain.Cleansing;

/// <summary>Brings every text of a submission into normal form (§4.1). Addresses of pages and foreign ids are only trimmed: their letters matter.</summary>
internal static class SubmissionNormaliser
{
    public static LeadSubmission Normalise(LeadSubmission raw) => raw with
    {
        Channel = Channel(raw.Channel),
        Campaign = CleanText.Line(raw.Campaign),
        Keyword = CleanText.Line(raw.Keyword),
        Content = CleanText.Line(raw.Content),
        Utm = Utm(raw.Utm),
        LandingPage = Trimmed(raw.LandingPage),
        Referrer = Trimmed(raw.Referrer),
        ReferredBy = CleanText.Line(raw.ReferredBy),
        ExternalId = Trimmed(raw.ExternalId),
        Company = Company(raw.Company),
        Contact = Contact(raw.Contact),
        Requirement = CleanText.Lines(raw.Requirement),
        Products = Distinct(raw.Products),
        Tags = Distinct(raw.Tags),
        Custom = Custom(raw.Custom),
        RemoteAddress = Trimmed(raw.RemoteAddress),
    };

    private static CompanyDetails Company(CompanyDetails raw) => raw with
    {
        Name = CleanText.Line(raw.Name),
        CreditCode = string.IsNullOrWhiteSpace(raw.CreditCode) ? null : CreditCode.Normalise(raw.CreditCode),
        Industry = CleanText.Line(raw.Industry),
        Province = CleanText.Line(raw.Province),
        City = CleanText.Line(raw.City),
    };

    private static ContactDetails Contact(ContactDetails raw) => raw with
    {
        Name = CleanText.Line(raw.Name),
        Title = CleanText.Line(raw.Title),
        Phones = Texts(raw.Phones),
        Emails = Texts(raw.Emails),
        WeChat = CleanText.Line(raw.WeChat),
    };

    private static string? Channel(string? raw)
    {
        var channel = CleanText.Line(raw);
        return channel is null || !channel.Contains('/', StringComparison.Ordinal)
            ? channel
            : channel.Replace(" /", "/", StringComparison.Ordinal).Replace("/ ", "/", StringComparison.Ordinal);
    }

    private static UtmTags Utm(UtmTags raw) => raw == UtmTags.None
        ? raw
        : new UtmTags(
            CleanText.Line(raw.Source), CleanText.Line(raw.Medium), CleanText.Line(raw.Campaign), CleanText.Line(raw.Term), CleanText.Line(raw.Content));

    private static string? Trimmed(string? raw) => string.IsNullOrWhiteSpace(raw) ? null : raw.Trim();

    private static IReadOnlyList<string> Texts(IReadOnlyList<string> raw) =>
        raw.Count == 0 ? raw : [.. raw.Select(CleanText.Line).OfType<string>()];

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string> raw) =>
        raw.Count == 0 ? raw : [.. raw.Select(CleanText.Line).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];

    private static IReadOnlyDictionary<string, string> Custom(IReadOnlyDictionary<string, string> raw)
    {
        if (raw.Count == 0)
            return raw;
        var clean = new Dictionary<string, string>(raw.Count, StringComparer.Ordinal);
        foreach (var (name, value) in raw)
        {
            if (CleanText.Line(name) is { } key && CleanText.Lines(value) is { } text)
                clean[key] = text;
        }

        return clean;
    }
}
