using Granary.Domain.Capture;

namespace Granary.Domain.Scoring;

/// <summary>Where a lead is (§8 Nearness): its region fields, else its company's name, else its phone's area.</summary>
public static class LeadRegion
{
    private const string Mainland = "+86";

    /// <summary>The region, as exact as the first source that knows one; null when none does.</summary>
    /// <param name="company">The company's part.</param>
    /// <param name="phones">Phone numbers in E.164; an extension may follow.</param>
    /// <param name="areas">Where mobile numbers are at home.</param>
    public static Region? Of(CompanyDetails company, IReadOnlyList<string> phones, MobileAreas areas)
    {
        if ((Regions.FromFields(company.Province, company.City) ?? Regions.FromName(company.Name)) is { } region)
        {
            return region;
        }

        for (var i = 0; i < phones.Count; i++)
        {
            if (OfPhone(phones[i], areas) is { } area)
            {
                return area;
            }
        }

        return null;
    }

    private static Region? OfPhone(string phone, MobileAreas areas)
    {
        if (!phone.StartsWith(Mainland, StringComparison.Ordinal))
        {
            return null;
        }

        var national = phone.AsSpan(Mainland.Length);
        if (national.Length >= 11 && national[0] == '1' && national[1] >= '3')
        {
            return areas.Find(national);
        }

        if (national.Length < 9)
        {
            return null;
        }

        // Area codes are 10 and 2x, or three digits that begin with 3 to 9.
        return Regions.FromAreaCode(national[..(national[0] is '1' or '2' ? 2 : 3)]);
    }
}
