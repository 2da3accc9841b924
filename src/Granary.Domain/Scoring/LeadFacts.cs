using System.Collections.Frozen;
using System.Globalization;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Scoring;

/// <summary>
/// Everything about a lead that rules can see, by the API's names: what its submission says once cleansed, what matching
/// found, its score, and the time. Steps add what they learn with <c>with</c>. Never contact data.
/// </summary>
public sealed partial record LeadFacts : IFacts
{
    /// <summary>Prefix of custom fields: the field <c>plant</c> is <c>custom.plant</c>.</summary>
    public const string CustomPrefix = "custom.";

    /// <summary>Channel as <c>level 1/level 2</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Campaign.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece.</summary>
    public string? Content { get; init; }

    /// <summary>UTM parameters.</summary>
    public UtmTags Utm { get; init; } = UtmTags.None;

    /// <summary>Who referred the lead.</summary>
    public string? ReferredBy { get; init; }

    /// <summary>The company's part.</summary>
    public CompanyDetails Company { get; init; } = CompanyDetails.Empty;

    /// <summary>Where the lead is, see <see cref="LeadRegion"/>.</summary>
    public Region? Region { get; init; }

    /// <summary>The contact's title.</summary>
    public string? ContactTitle { get; init; }

    /// <summary>The contact's part in buying.</summary>
    public BuyingRole? ContactRole { get; init; }

    /// <summary>The requirement in words.</summary>
    public string? Requirement { get; init; }

    /// <summary>Products of interest.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>The budget's part.</summary>
    public Budget Budget { get; init; } = Budget.Unknown;

    /// <summary><see cref="ScoreModel.OfferAmount"/> of the model in force, which decides <c>budget.match</c> where it was not stated.</summary>
    public required decimal OfferAmount { get; init; }

    /// <summary>When the customer wants to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>Free tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Custom fields by name, without the prefix.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What custom fields are, by name without the prefix; what is not here is a text of no type.</summary>
    public IReadOnlyDictionary<string, FactField> CustomFields { get; init; } = FrozenDictionary<string, FactField>.Empty;

    /// <summary>Findings of cleansing and matching in snake_case, such as <c>late_entry</c>.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Label of the duplicate check in camelCase, such as <c>newLead</c>.</summary>
    public string? Label { get; init; }

    /// <summary>The score; null before scoring.</summary>
    public Score? Score { get; init; }

    /// <summary>Whether somebody promoted the lead by hand (§6.3): it is mature whatever its score.</summary>
    public bool Promoted { get; init; }

    /// <summary>How far people have judged it (§12).</summary>
    public QualificationStage Qualification { get; init; }

    /// <summary>Grade of the project review (§6.4), <c>A</c> to <c>C</c>; null before it.</summary>
    public string? Grade { get; init; }

    /// <summary>The time of the decision in organisation time; null where rules must not see it.</summary>
    public DateTime? LocalTime { get; init; }

    /// <summary>The facts of a submission.</summary>
    /// <param name="cleansed">The submission after normalisation.</param>
    /// <param name="phones">Its phones in E.164.</param>
    /// <param name="model">The score model in force.</param>
    /// <param name="areas">Where mobile numbers are at home; null knows none.</param>
    /// <param name="fields">What custom fields are, see <see cref="CustomFields"/>.</param>
    public static LeadFacts Of(LeadSubmission cleansed, IReadOnlyList<string> phones, ScoreModel model, MobileAreas? areas = null, IReadOnlyDictionary<string, FactField>? fields = null) => new()
    {
        Channel = cleansed.Channel,
        Campaign = cleansed.Campaign,
        Keyword = cleansed.Keyword,
        Content = cleansed.Content,
        Utm = cleansed.Utm,
        ReferredBy = cleansed.ReferredBy,
        Company = cleansed.Company,
        Region = LeadRegion.Of(cleansed.Company, phones, areas ?? MobileAreas.None),
        ContactTitle = cleansed.Contact.Title,
        ContactRole = cleansed.Contact.Role,
        Requirement = cleansed.Requirement,
        Products = cleansed.Products,
        Budget = cleansed.Budget,
        OfferAmount = model.OfferAmount,
        PurchaseBy = cleansed.PurchaseBy,
        Tags = cleansed.Tags,
        Custom = cleansed.Custom,
        CustomFields = fields ?? FrozenDictionary<string, FactField>.Empty,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Values(string field) => field switch
    {
        "channel" => One(Channel),
        "campaign" => One(Campaign),
        "keyword" => One(Keyword),
        "content" => One(Content),
        "utm.source" => One(Utm.Source),
        "utm.medium" => One(Utm.Medium),
        "utm.campaign" => One(Utm.Campaign),
        "utm.term" => One(Utm.Term),
        "utm.content" => One(Utm.Content),
        "referredBy" => One(ReferredBy),
        "company.name" => One(Company.Name),
        "company.industry" => One(Company.Industry),
        "company.size" => Member(Company.Size),
        "company.headcount" => Number(Company.Headcount),
        "province" => One(Region?.Province ?? Company.Province),
        "city" => One(Region is { } region ? region.City : Company.City),
        "region" => One(Region?.ToString()),
        "contact.title" => One(ContactTitle),
        "contact.role" => Member(ContactRole),
        "requirement" => One(Requirement),
        "products" => Products,
        "budget.min" => Number(Budget.Min),
        "budget.max" => Number(Budget.Max ?? Budget.Min),
        "budget.match" => WireName.FactOf(BudgetFit.Of(Budget, OfferAmount)),
        "purchase.days" => Number(PurchaseBy?.DayNumber - Today?.DayNumber),
        "tags" => Tags,
        "findings" => Findings,
        "label" => One(Label),
        "score" => Number(Score?.Total),
        "score.behaviour" => Number(Score?.Behaviour),
        "score.attributes" => Number(Score?.Attributes),
        "priority" => Member(Score?.Priority),
        "stage" => Member(Score?.Stage),
        "fit" => One(Score?.Cell[..1]),
        "engagement" => Number(Score?.Engagement),
        "cell" => One(Score?.Cell),
        "mature" => One(Promoted ? "yes" : Score is null ? null : Score.Mature ? "yes" : "no"),
        "qualification" => WireName.FactOf(Qualification),
        "grade" => One(Grade),
        "hour" => Number(LocalTime?.Hour),
        "weekday" => Member(LocalTime?.DayOfWeek),
        _ => field.StartsWith(CustomPrefix, StringComparison.Ordinal) ? Own(field[CustomPrefix.Length..]) : [],
    };

    /// <inheritdoc/>
    public FactKind Kind(string field) =>
        field.StartsWith(CustomPrefix, StringComparison.Ordinal) ? CustomFields.GetValueOrDefault(field[CustomPrefix.Length..])?.Kind ?? FactKind.Text : Field(field)?.Kind ?? FactKind.Text;

    private IReadOnlyList<string> Own(string key) =>
        CustomFields.GetValueOrDefault(key) is { Several: true } && Custom.GetValueOrDefault(key) is { Length: > 0 } several ? several.Split(',') : One(Custom.GetValueOrDefault(key));

    private DateOnly? Today => LocalTime is { } time ? DateOnly.FromDateTime(time) : null;

    private static IReadOnlyList<string> One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];

    private static IReadOnlyList<string> Member<T>(T? member) where T : struct, Enum => member is { } known ? WireName.FactOf(known) : [];

    private static IReadOnlyList<string> Number(decimal? number) => number is { } n ? [n.ToString(CultureInfo.InvariantCulture)] : [];
}
