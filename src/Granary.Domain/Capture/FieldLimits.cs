namespace Granary.Domain.Capture;

/// <summary>
/// How much each field of a submission holds (§3). Lengths are UTF-16 code units, which is what a browser's <c>maxlength</c>
/// counts: an emoji or a rare character takes two.
/// </summary>
public static class FieldLimits
{
    /// <summary>Channel, both levels.</summary>
    public const int Channel = 100;

    /// <summary>Names of campaigns, content pieces, UTM parameters, keywords.</summary>
    public const int Source = 200;

    /// <summary>Addresses of pages.</summary>
    public const int Url = 2000;

    /// <summary>Who referred the lead.</summary>
    public const int ReferredBy = 200;

    /// <summary>The id in another system.</summary>
    public const int ExternalId = 200;

    /// <summary>Company name.</summary>
    public const int CompanyName = 200;

    /// <summary>Unified social credit code as typed.</summary>
    public const int CreditCode = 40;

    /// <summary>Industry.</summary>
    public const int Industry = 100;

    /// <summary>Province or city.</summary>
    public const int Place = 100;

    /// <summary>Contact name.</summary>
    public const int ContactName = 100;

    /// <summary>Job title.</summary>
    public const int Title = 100;

    /// <summary>A phone number as typed.</summary>
    public const int Phone = 60;

    /// <summary>An e-mail address as typed.</summary>
    public const int Email = 254;

    /// <summary>WeChat id as typed.</summary>
    public const int WeChat = 60;

    /// <summary>Requirement.</summary>
    public const int Requirement = 4000;

    /// <summary>A product's name.</summary>
    public const int Product = 100;

    /// <summary>A tag.</summary>
    public const int Tag = 40;

    /// <summary>Name of a custom field.</summary>
    public const int CustomName = 60;

    /// <summary>Value of a custom field.</summary>
    public const int CustomValue = 2000;

    /// <summary>Purpose or text version of a consent.</summary>
    public const int Consent = 100;

    /// <summary>Phone numbers of a lead.</summary>
    public const int Phones = 5;

    /// <summary>E-mail addresses of a lead.</summary>
    public const int Emails = 5;

    /// <summary>Products of a lead.</summary>
    public const int Products = 20;

    /// <summary>Tags of a lead.</summary>
    public const int Tags = 20;

    /// <summary>Custom fields of a lead.</summary>
    public const int CustomFields = 50;

    /// <summary>Touches that come with a lead.</summary>
    public const int Touches = 200;

    /// <summary>Times one of these touches happened.</summary>
    public const int TouchCount = 10_000;

    /// <summary>Employees of a company.</summary>
    public const int Headcount = 10_000_000;

    /// <summary>Highest budget.</summary>
    public const decimal Budget = 1_000_000_000_000m;

    /// <summary>How far ahead of ours another system's clock may be.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The first year of any date of a lead.</summary>
    public const int FirstYear = 2000;

    /// <summary>The last year of any date of a lead.</summary>
    public const int LastYear = 2099;
}
