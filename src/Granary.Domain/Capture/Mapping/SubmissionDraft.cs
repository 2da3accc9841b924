using System.Collections.Frozen;

namespace Granary.Domain.Capture.Mapping;

/// <summary>A submission while its cells are being read.</summary>
internal sealed class SubmissionDraft
{
    private const string DefaultPurpose = "sales_contact";

    // Most rows have none of what may stand several times.
    private static readonly IReadOnlyList<string> None = [];

    private Dictionary<string, string>? _custom;
    private List<SubmittedTouch>? _touches;
    private List<string>? _phones, _emails, _products, _tags;

    public LeadHistory? History { get; set; }

    public string? Channel { get; set; }

    public string? ChannelLevel1 { get; set; }

    public string? ChannelLevel2 { get; set; }

    public string? Campaign { get; set; }

    public string? Keyword { get; set; }

    public string? Content { get; set; }

    public string? UtmSource { get; set; }

    public string? UtmMedium { get; set; }

    public string? UtmCampaign { get; set; }

    public string? UtmTerm { get; set; }

    public string? UtmContent { get; set; }

    public string? LandingPage { get; set; }

    public string? Referrer { get; set; }

    public string? ReferredBy { get; set; }

    public DateTimeOffset? ReceivedAt { get; set; }

    public string? ExternalId { get; set; }

    public string? RemoteAddress { get; set; }

    public string? CompanyName { get; set; }

    public string? CreditCode { get; set; }

    public string? Industry { get; set; }

    public CompanySize? Size { get; set; }

    public int? Headcount { get; set; }

    public string? Province { get; set; }

    public string? City { get; set; }

    public string? ContactName { get; set; }

    public string? Title { get; set; }

    public BuyingRole? Role { get; set; }

    public List<string> Phones => _phones ??= [];

    public List<string> Emails => _emails ??= [];

    public string? WeChat { get; set; }

    public string? Requirement { get; set; }

    public List<string> Products => _products ??= [];

    public decimal? BudgetMin { get; set; }

    public decimal? BudgetMax { get; set; }

    public BudgetMatch? BudgetMatch { get; set; }

    public DateOnly? PurchaseBy { get; set; }

    public List<string> Tags => _tags ??= [];

    public bool? ConsentGiven { get; set; }

    public string? ConsentPurpose { get; set; }

    public string? ConsentTextVersion { get; set; }

    public DateTimeOffset? ConsentGivenAt { get; set; }

    public string? SetCustom(string name, string value)
    {
        (_custom ??= new Dictionary<string, string>(StringComparer.Ordinal)).TryAdd(name, value);
        return null;
    }

    public string? AddTouches(TouchKind kind, string value)
    {
        if (!TargetWriters.TryCount(value, out var count))
        {
            return RowCodes.NotANumber;
        }

        if (count > 0)
        {
            (_touches ??= []).Add(new SubmittedTouch(kind, null, count));
        }

        return null;
    }

    public LeadSubmission Build() => new()
    {
        Channel = BuildChannel(),
        Campaign = Campaign,
        Keyword = Keyword,
        Content = Content,
        Utm = (UtmSource ?? UtmMedium ?? UtmCampaign ?? UtmTerm ?? UtmContent) is null
            ? UtmTags.None
            : new UtmTags(UtmSource, UtmMedium, UtmCampaign, UtmTerm, UtmContent),
        LandingPage = LandingPage,
        Referrer = Referrer,
        ReferredBy = ReferredBy,
        ReceivedAt = ReceivedAt,
        ExternalId = ExternalId,
        RemoteAddress = RemoteAddress,
        Company = new CompanyDetails
        {
            Name = CompanyName,
            CreditCode = CreditCode,
            Industry = Industry,
            Size = Size,
            Headcount = Headcount,
            Province = Province,
            City = City,
        },
        Contact = new ContactDetails
        {
            Name = ContactName,
            Title = Title,
            Role = Role,
            Phones = Distinct(_phones) ?? None,
            Emails = Distinct(_emails) ?? None,
            WeChat = WeChat,
        },
        Requirement = Requirement,
        Products = Distinct(_products) ?? None,
        Budget = BudgetMin is null && BudgetMax is null && BudgetMatch is null ? Budget.Unknown : new Budget(BudgetMin, BudgetMax, BudgetMatch),
        PurchaseBy = PurchaseBy,
        Tags = Distinct(_tags) ?? None,
        Consent = BuildConsent(),
        Custom = _custom ?? (IReadOnlyDictionary<string, string>)FrozenDictionary<string, string>.Empty,
        Touches = _touches ?? (IReadOnlyList<SubmittedTouch>)[],
        History = History,
    };

    // The levels are joined where they come apart; a channel that already has both stays as it is.
    private string? BuildChannel()
    {
        var first = Channel ?? ChannelLevel1;
        if (first is null)
        {
            return null;
        }

        var levels = first.Split(['/', '／'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return levels.Length == 1 && ChannelLevel2 is not null ? $"{levels[0]}/{ChannelLevel2}" : string.Join('/', levels);
    }

    // A recorded No is no consent; a purpose alone is one, as in the API.
    private Consent? BuildConsent() =>
        ConsentGiven == false || (ConsentGiven is null && ConsentPurpose is null)
            ? null
            : new Consent(ConsentPurpose ?? DefaultPurpose, ConsentTextVersion, ConsentGivenAt);

    private static List<string>? Distinct(List<string>? values) =>
        values is null or { Count: < 2 } ? values : [.. values.Distinct(StringComparer.Ordinal)];
}
