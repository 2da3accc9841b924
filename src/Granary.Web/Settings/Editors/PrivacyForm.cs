using System.Globalization;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of privacy as its editor posts it.</summary>
public sealed class PrivacyForm : PolicyForm
{
    private const string Chinese = "zh-CN", English = "en";

    public List<PurposeRow> Purposes { get; set => field = value ?? []; } = [];

    public string? AnswerDays { get; set; }

    /// <summary>Days before a deadline, with commas.</summary>
    public string? RemindDays { get; set; }

    public List<RetentionRow> Retention { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static PrivacyForm Of(PrivacyPolicy policy) => new()
    {
        Purposes = [.. policy.Purposes.Select(PurposeRow.Of)],
        AnswerDays = Text(policy.AnswerDays),
        RemindDays = string.Join(", ", policy.RemindDays),
        Retention = [.. policy.Retention.Select(r => new RetentionRow { Subject = WireName.Of(r.Subject), Days = Text(r.Days), Enabled = r.Enabled })],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (PrivacyPolicy Policy, IReadOnlyList<FieldError> Errors) Read()
    {
        List<FieldError> errors = [];
        var policy = new PrivacyPolicy
        {
            Purposes = [.. Purposes.Select(row => row.Read())],
            AnswerDays = Whole(AnswerDays, "answerDays", errors),
            RemindDays = [.. PolicyWords.Split(RemindDays).Select((text, i) => Whole(text, $"remindDays[{i}]", errors))],
            Retention =
            [
                .. Retention.Select((row, i) => new RetentionRule
                {
                    Subject = Member<RetentionSubject>(row.Subject, $"retention[{i}].subject", errors),
                    Days = Whole(row.Days, $"retention[{i}].days", errors),
                    Enabled = row.Enabled,
                }),
            ],
        };
        return (policy, errors);
    }

    /// <summary>A purpose.</summary>
    public sealed class PurposeRow
    {
        public string? Key { get; set; }

        public string? NameChinese { get; set; }

        public string? NameEnglish { get; set; }

        public string? TextVersion { get; set; }

        public string? TextChinese { get; set; }

        public string? TextEnglish { get; set; }

        public bool AsksFirst { get; set; }

        /// <summary>The name in the reader's language.</summary>
        public string? Shown => CultureInfo.CurrentUICulture.Name == English ? NameEnglish : NameChinese;

        internal static PurposeRow Of(ConsentPurpose purpose) => new()
        {
            Key = purpose.Key,
            NameChinese = purpose.Name.GetValueOrDefault(Chinese),
            NameEnglish = purpose.Name.GetValueOrDefault(English),
            TextVersion = purpose.TextVersion,
            TextChinese = purpose.Text.GetValueOrDefault(Chinese),
            TextEnglish = purpose.Text.GetValueOrDefault(English),
            AsksFirst = purpose.AsksFirst,
        };

        internal ConsentPurpose Read() => new()
        {
            Key = Key?.Trim() ?? "",
            Name = new Dictionary<string, string> { [Chinese] = NameChinese?.Trim() ?? "", [English] = NameEnglish?.Trim() ?? "" },
            TextVersion = TextVersion?.Trim() ?? "",
            Text = new Dictionary<string, string> { [Chinese] = TextChinese?.Trim() ?? "", [English] = TextEnglish?.Trim() ?? "" },
            AsksFirst = AsksFirst,
        };
    }

    /// <summary>How long something is kept.</summary>
    public sealed class RetentionRow
    {
        public string? Subject { get; set; }

        public string? Days { get; set; }

        public bool Enabled { get; set; }
    }
}
