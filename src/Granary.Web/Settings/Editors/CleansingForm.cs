using Granary.Domain.Cleansing;
using Granary.Domain.Policies;

namespace Granary.Web.Settings.Editors;

/// <summary>The cleansing policy as its editor posts it.</summary>
public sealed class CleansingForm : PolicyForm
{
    public bool ChecksContact { get; set; }

    public bool RefusesDisposableMail { get; set; }

    public bool ChecksBlacklist { get; set; }

    public bool ChecksSensitiveWords { get; set; }

    public string? Channels { get; set; }

    public List<PatternRow> Patterns { get; set => field = value ?? []; } = [];

    /// <summary>The form of a policy.</summary>
    public static CleansingForm Of(CleansingPolicy policy) => new()
    {
        ChecksContact = policy.ChecksContact,
        RefusesDisposableMail = policy.RefusesDisposableMail,
        ChecksBlacklist = policy.ChecksBlacklist,
        ChecksSensitiveWords = policy.ChecksSensitiveWords,
        Channels = string.Join('\n', policy.ChannelsWithoutContact),
        Patterns = [.. policy.TestPatterns.Select(p => new PatternRow { Text = p.Text, Field = WireName.Of(p.Field), Match = WireName.Of(p.Match) })],
    };

    /// <summary>The policy, and which words cannot be understood.</summary>
    public (CleansingPolicy Policy, IReadOnlyList<FieldError> Errors) Read(CleansingPolicy stored)
    {
        List<FieldError> errors = [];
        var policy = stored with
        {
            ChecksContact = ChecksContact,
            RefusesDisposableMail = RefusesDisposableMail,
            ChecksBlacklist = ChecksBlacklist,
            ChecksSensitiveWords = ChecksSensitiveWords,
            ChannelsWithoutContact = [.. (Channels ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            TestPatterns =
            [
                .. Patterns.Select((p, i) => new TestPattern(
                    p.Text?.Trim() ?? "",
                    Member<TestedField>(p.Field, $"testPatterns[{i}].field", errors),
                    Member<TextMatch>(p.Match, $"testPatterns[{i}].match", errors))),
            ],
        };
        return (policy, errors);
    }

    /// <summary>A pattern of test data.</summary>
    public sealed class PatternRow
    {
        public string? Text { get; set; }

        public string? Field { get; set; } = WireName.Of(TestedField.ContactName);

        public string? Match { get; set; } = WireName.Of(TextMatch.Anywhere);
    }
}
