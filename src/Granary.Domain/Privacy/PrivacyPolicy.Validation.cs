using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Privacy;

public sealed partial record PrivacyPolicy
{
    private const int LongestKey = 40, LongestName = 60, LongestText = 1_000, LongestVersion = 20, MostAnswerDays = 90, MostDays = 36_500;

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. PurposeErrors(),
        .. AnswerDays is < 1 or > MostAnswerDays ? [Range("answerDays", 1, MostAnswerDays)] : Array.Empty<FieldError>(),
        .. RemindDays.Index().Where(d => d.Item < 0 || d.Item >= AnswerDays).Select(d => Range($"remindDays[{d.Index}]", 0, Math.Max(0, AnswerDays - 1))),
        .. RetentionErrors(),
    ];

    private IEnumerable<FieldError> PurposeErrors()
    {
        if (Purposes.Count > MostPurposes)
        {
            yield return new FieldError("purposes", "too_many", Text(MostPurposes));
        }

        // Without it nobody could withdraw what all work rests on.
        if (Purpose(ConsentPurpose.SalesContact) is null)
        {
            yield return new FieldError("purposes", "required");
        }

        foreach (var (i, purpose) in Purposes.Index())
        {
            var path = $"purposes[{i}]";
            if (purpose.Key.Length is 0 or > LongestKey || purpose.Key.Any(c => c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')))
            {
                yield return new FieldError($"{path}.key", "malformed");
            }
            else if (Purposes.Take(i).Any(p => p.Key == purpose.Key))
            {
                yield return new FieldError($"{path}.key", "duplicate");
            }

            foreach (var error in Words($"{path}.name", purpose.Name, LongestName).Concat(Words($"{path}.text", purpose.Text, LongestText)).Concat(Length($"{path}.textVersion", purpose.TextVersion, LongestVersion)))
            {
                yield return error;
            }
        }
    }

    private IEnumerable<FieldError> RetentionErrors()
    {
        foreach (var (i, rule) in Retention.Index())
        {
            if (rule.Days is < 1 or > MostDays)
            {
                yield return Range($"retention[{i}].days", 1, MostDays);
            }

            if (!Enum.IsDefined(rule.Subject) || Retention.Take(i).Any(r => r.Subject == rule.Subject))
            {
                yield return new FieldError($"retention[{i}].subject", "duplicate");
            }
        }
    }

    private static IEnumerable<FieldError> Words(string path, IReadOnlyDictionary<string, string> words, int longest) =>
        ConsentPurpose.Languages.SelectMany(language => Length($"{path}.{language}", words.GetValueOrDefault(language), longest));

    private static IEnumerable<FieldError> Length(string path, string? text, int longest) =>
        string.IsNullOrWhiteSpace(text) ? [new FieldError(path, "required")]
        : text.Length > longest ? [new FieldError(path, "too_long", Text(longest))]
        : [];

    private static FieldError Range(string path, int least, int most) => new(path, "out_of_range", FormattableString.Invariant($"{least}–{most}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
