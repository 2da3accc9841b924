using System.Globalization;
using Granary.Application.Campaigns;

namespace Granary.Web.Campaigns;

/// <summary>A campaign as a form posts it.</summary>
public sealed class CampaignForm
{
    public string? Code { get; set; }

    public string? Name { get; set; }

    public string? Type { get; set; }

    public string? Owner { get; set; }

    public string? OwnerText { get; set; }

    public string? Region { get; set; }

    public string? Place { get; set; }

    public string? StartsOn { get; set; }

    public string? EndsOn { get; set; }

    public string? Purpose { get; set; }

    public string? Form { get; set; }

    public string? Companies { get; set; }

    public string? KeyPeople { get; set; }

    public string? Intents { get; set; }

    public string? Leads { get; set; }

    public string? Opportunities { get; set; }

    public string? ExpectedAmount { get; set; }

    public string? Summary { get; set; }

    /// <summary>The version that an edit began with.</summary>
    public int Seen { get; set; }

    /// <summary>What was typed. A box that was emptied chooses nobody.</summary>
    public CampaignInput Input => new(
        Code, Name, Type, !string.IsNullOrWhiteSpace(OwnerText) && Guid.TryParse(Owner, out var owner) ? owner : null, Region, Place, Day(StartsOn), Day(EndsOn), Purpose, Guid.TryParse(Form, out var form) ? form : null,
        new CampaignTargets(Number(Companies), Number(KeyPeople), Number(Intents), Number(Leads), Number(Opportunities)), Money(ExpectedAmount), Summary);

    /// <summary>A stored campaign.</summary>
    public static CampaignForm Of(Campaign c, string? owner) => new()
    {
        Code = c.Code,
        Name = c.Name,
        Type = c.Type,
        Owner = c.OwnerId.ToString(),
        OwnerText = owner,
        Region = c.Region,
        Place = c.Place,
        StartsOn = Text(c.StartsOn),
        EndsOn = Text(c.EndsOn),
        Purpose = c.Purpose,
        Form = c.FormId?.ToString(),
        Companies = Text(c.TargetCompanies),
        KeyPeople = Text(c.TargetKeyPeople),
        Intents = Text(c.TargetIntents),
        Leads = Text(c.TargetLeads),
        Opportunities = Text(c.TargetOpportunities),
        ExpectedAmount = c.ExpectedAmount?.ToString("0.##", CultureInfo.InvariantCulture),
        Summary = c.Summary,
        Seen = c.Version,
    };

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    // What cannot be understood is out of range, which the use case refuses.
    private static DateOnly? Day(string? text) => string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MinValue;

    private static int? Number(string? text) => string.IsNullOrWhiteSpace(text) ? null : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static decimal? Money(string? text) => string.IsNullOrWhiteSpace(text) ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : -1;
}
