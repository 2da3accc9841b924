using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>Which checks cleansing makes (§4). Normalisation is always done.</summary>
public sealed record CleansingPolicy
{
    private const int MaxPatterns = 200;
    private const int MaxPatternLength = 40;

    /// <summary>The defaults of the specification: every check is on.</summary>
    public static CleansingPolicy BuiltIn { get; } = new();

    /// <summary>Whether a lead without a valid way to reach it is held.</summary>
    public bool ChecksContact { get; init; } = true;

    /// <summary>Whether an address of a throw-away domain is no way to reach somebody.</summary>
    public bool RefusesDisposableMail { get; init; } = true;

    /// <summary>Whether the blacklist is looked at.</summary>
    public bool ChecksBlacklist { get; init; } = true;

    /// <summary>Whether sensitive words are looked for.</summary>
    public bool ChecksSensitiveWords { get; init; } = true;

    /// <summary>Channels, of either level, that may deliver leads without any contact data, such as a list of visitors.</summary>
    public IReadOnlyList<string> ChannelsWithoutContact { get; init; } = [];

    /// <summary>Patterns of test data; none switches the check off. At most 200.</summary>
    public IReadOnlyList<TestPattern> TestPatterns { get; init; } =
    [
        new("测试", TestedField.ContactName, TextMatch.Anywhere),
        new("测试", TestedField.CompanyName, TextMatch.Start),
        new("测试", TestedField.Requirement, TextMatch.Whole),
        new("test", TestedField.ContactName, TextMatch.Anywhere),
        new("test", TestedField.CompanyName, TextMatch.Start),
        new("test", TestedField.Requirement, TextMatch.Whole),
        new("test", TestedField.Email, TextMatch.Start),
        new("@test.com", TestedField.Email, TextMatch.Anywhere),
        new("asdf", TestedField.ContactName, TextMatch.Whole),
        new("qwer", TestedField.ContactName, TextMatch.Whole),
    ];

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var errors = new List<FieldError>();
        if (TestPatterns.Count > MaxPatterns)
            errors.Add(new FieldError("testPatterns", "too_many", "200"));
        for (var i = 0; i < TestPatterns.Count; i++)
        {
            var pattern = TestPatterns[i];
            if (string.IsNullOrWhiteSpace(pattern.Text))
                errors.Add(new FieldError($"testPatterns[{i}].text", "required"));
            else if (pattern.Text.Length > MaxPatternLength)
                errors.Add(new FieldError($"testPatterns[{i}].text", "too_long", "40"));
            if (!Enum.IsDefined(pattern.Field))
                errors.Add(new FieldError($"testPatterns[{i}].field", "unknown_value"));
            if (!Enum.IsDefined(pattern.Match))
                errors.Add(new FieldError($"testPatterns[{i}].match", "unknown_value"));
        }

        for (var i = 0; i < ChannelsWithoutContact.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(ChannelsWithoutContact[i]))
                errors.Add(new FieldError($"channelsWithoutContact[{i}]", "required"));
        }

        return errors;
    }
}
