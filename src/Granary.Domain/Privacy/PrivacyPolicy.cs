using Granary.Domain.Policies;

namespace Granary.Domain.Privacy;

/// <summary>What personal data is used for, within which time a person is answered, and how long data is kept (§18).</summary>
public sealed partial record PrivacyPolicy
{
    /// <summary>Most purposes.</summary>
    public const int MostPurposes = 30;

    /// <summary>What somebody can consent to.</summary>
    public IReadOnlyList<ConsentPurpose> Purposes { get; init; } = [];

    /// <summary>Days within which a request of a person is answered, 1 to 90.</summary>
    public int AnswerDays { get; init; } = 15;

    /// <summary>How many days before that those who answer are reminded, each 0 to 89.</summary>
    public IReadOnlyList<int> RemindDays { get; init; } = [7, 3, 1];

    /// <summary>How long data is kept; each subject once.</summary>
    public IReadOnlyList<RetentionRule> Retention { get; init; } = [];

    /// <summary>
    /// What a new organisation begins with: 15 days to answer, as is usual under PIPL; only what was found invalid or voided, and
    /// submissions that were kept beside a lead, are cleared without anybody having asked for it.
    /// </summary>
    public static PrivacyPolicy BuiltIn { get; } = new()
    {
        Purposes =
        [
            new()
            {
                Key = ConsentPurpose.SalesContact,
                Name = Words("销售联系", "Contact by sales"),
                Text = Words("同意我们就您的需求与您联系，并为此保存您的联系方式。", "You agree that we contact you about your requirement, and keep your contact data for it."),
            },
            new()
            {
                Key = ConsentPurpose.PhoneCall,
                Name = Words("电话联系", "Calls"),
                Text = Words("同意我们致电您。", "You agree that we call you."),
            },
            new()
            {
                Key = "marketing_mail",
                Name = Words("营销邮件", "Marketing mail"),
                Text = Words("同意接收产品资讯与活动邀请邮件，可随时退订。", "You agree to receive mail about products and events; you can end it at any time."),
                AsksFirst = true,
            },
            new()
            {
                Key = "marketing_message",
                Name = Words("营销短信与微信", "Marketing messages"),
                Text = Words("同意通过短信或微信接收产品资讯与活动邀请，可随时退订。", "You agree to receive messages about products and events; you can end it at any time."),
                AsksFirst = true,
            },
        ],
        Retention =
        [
            new() { Subject = RetentionSubject.Invalid, Days = 180, Enabled = true },
            new() { Subject = RetentionSubject.Voided, Days = 180, Enabled = true },
            new() { Subject = RetentionSubject.Pooled, Days = 730 },
            new() { Subject = RetentionSubject.Converted, Days = 1826 },
            new() { Subject = RetentionSubject.KeptSubmissions, Days = 30, Enabled = true },
            new() { Subject = RetentionSubject.Notices, Days = 365 },
            new() { Subject = RetentionSubject.VisitorTouches, Days = 90, Enabled = true },
        ],
    };

    /// <summary>The rules in force: those of the policy, and for what it does not speak of yet the one that a new organisation begins with.</summary>
    public IEnumerable<RetentionRule> RetentionRules() =>
        Retention.Concat(BuiltIn.Retention.Where(r => r.Subject == RetentionSubject.VisitorTouches && Retention.All(own => own.Subject != r.Subject)));

    /// <summary>A purpose by its key; null when there is none.</summary>
    public ConsentPurpose? Purpose(string key) => Purposes.FirstOrDefault(p => p.Key == key);

    /// <summary>By when a request that came at an instant is answered.</summary>
    public DateTimeOffset DueAt(DateTimeOffset receivedAt) => receivedAt.AddDays(AnswerDays);

    /// <summary>When those who answer are told of it next, after an instant; at the deadline itself at the latest, null behind it.</summary>
    /// <param name="dueAt">By when it is answered.</param>
    /// <param name="after">The instant.</param>
    public DateTimeOffset? RemindAt(DateTimeOffset dueAt, DateTimeOffset after) => RemindDays.Append(0).Distinct()
        .Select(days => (DateTimeOffset?)dueAt.AddDays(-days)).Where(at => at > after).Min();

    private static Dictionary<string, string> Words(string chinese, string english) => new() { ["zh-CN"] = chinese, ["en"] = english };
}

/// <summary>Something that personal data is used for, and what a person is told of it.</summary>
public sealed record ConsentPurpose
{
    /// <summary>Contact by sales: its withdrawal stops all work on a lead.</summary>
    public const string SalesContact = "sales_contact";

    /// <summary>Calls.</summary>
    public const string PhoneCall = "phone_call";

    /// <summary>Languages that words are kept in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["zh-CN", "en"];

    /// <summary>Stable key, unique; 1 to 40 of a–z, 0–9, <c>_</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Name by language, each 1 to 60 characters.</summary>
    public IReadOnlyDictionary<string, string> Name { get; init; } = new Dictionary<string, string>();

    /// <summary>Version of the text, 1 to 20 characters; to be changed with it.</summary>
    public string TextVersion { get; init; } = "1";

    /// <summary>What a person is told, by language, each 1 to 1,000 characters.</summary>
    public IReadOnlyDictionary<string, string> Text { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether nothing is done for it before somebody has consented; else it is done until they object.</summary>
    public bool AsksFirst { get; init; }

    /// <summary>Words in a language, or in the other one where it has none.</summary>
    public static string Say(IReadOnlyDictionary<string, string> words, string language) =>
        words.TryGetValue(language, out var said) && said.Length > 0 ? said : words.Values.FirstOrDefault(w => w.Length > 0) ?? "";
}

/// <summary>What is kept for a time. Numbers are stored and never reused.</summary>
public enum RetentionSubject
{
    /// <summary>Leads found invalid, since they last changed.</summary>
    Invalid = 1,

    /// <summary>Voided leads, since they last changed.</summary>
    Voided = 2,

    /// <summary>Leads in pools, since anybody last had to do with them.</summary>
    Pooled = 3,

    /// <summary>Converted leads, since they last changed.</summary>
    Converted = 4,

    /// <summary>Submissions kept beside the lead they refreshed, since they came.</summary>
    KeptSubmissions = 5,

    /// <summary>Notices to users, since they were written.</summary>
    Notices = 6,

    /// <summary>Touches of visitors who have not said who they are, since they happened.</summary>
    VisitorTouches = 7,
}

/// <summary>How long something is kept.</summary>
public sealed record RetentionRule
{
    /// <summary>What.</summary>
    public required RetentionSubject Subject { get; init; }

    /// <summary>Days, 1 to 36,500.</summary>
    public required int Days { get; init; }

    /// <summary>Whether it is cleared after that; else it is only counted.</summary>
    public bool Enabled { get; init; }
}
