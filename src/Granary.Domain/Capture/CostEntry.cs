using Granary.Domain.Policies;

namespace Granary.Domain.Capture;

/// <summary>What a channel cost on a day (§15.2), as somebody enters it.</summary>
public sealed record CostEntry
{
    /// <summary>Highest amount of a row.</summary>
    public const decimal MostAmount = 1_000_000_000m;

    /// <summary>Most impressions or clicks of a row.</summary>
    public const long MostCount = 100_000_000_000;

    /// <summary>Longest note.</summary>
    public const int LongestNote = 500;

    /// <summary>How many days ahead a cost may be entered that is agreed on already.</summary>
    public const int DaysAhead = 366;

    /// <summary>Day in organisation time.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Campaign as leads name it, up to 200 characters; null where it is not known.</summary>
    public string? Campaign { get; init; }

    /// <summary>Search keyword, up to 200 characters.</summary>
    public string? Keyword { get; init; }

    /// <summary>Content piece, up to 200 characters.</summary>
    public string? Content { get; init; }

    /// <summary>Amount in the organisation's currency, 0 to 1,000,000,000, two decimals at most.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How often it was shown; null when it is not known.</summary>
    public long? Impressions { get; init; }

    /// <summary>How often it was clicked; null when it is not known.</summary>
    public long? Clicks { get; init; }

    /// <summary>Note, up to 500 characters.</summary>
    public string? Note { get; init; }

    /// <summary>The same with texts trimmed, and empty ones as missing.</summary>
    public CostEntry Trimmed() => this with { Campaign = Trim(Campaign), Keyword = Trim(Keyword), Content = Trim(Content), Note = Trim(Note) };

    /// <summary>What is wrong with it; none when it can be kept.</summary>
    /// <param name="today">Today in organisation time.</param>
    public IReadOnlyList<FieldError> Validate(DateOnly today) =>
    [
        .. Day is not { } day ? [new FieldError("day", "required")]
            : day.Year < FieldLimits.FirstYear ? [new FieldError("day", "out_of_range", $"{FieldLimits.FirstYear}–{FieldLimits.LastYear}")]
            : day > today.AddDays(DaysAhead) ? [new FieldError("day", "in_the_future")] : Array.Empty<FieldError>(),
        .. Amount is not { } amount ? [new FieldError("amount", "required")]
            : amount is < 0 or > MostAmount ? [new FieldError("amount", "out_of_range", $"0–{MostAmount:0}")]
            : decimal.Round(amount, 2) != amount ? [new FieldError("amount", "too_precise", "2")] : Array.Empty<FieldError>(),
        .. Count("impressions", Impressions),
        .. Count("clicks", Clicks),
        .. Text("campaign", Campaign, FieldLimits.Source),
        .. Text("keyword", Keyword, FieldLimits.Source),
        .. Text("content", Content, FieldLimits.Source),
        .. Text("note", Note, LongestNote),
    ];

    private static string? Trim(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static IEnumerable<FieldError> Count(string field, long? count) => count is < 0 or > MostCount ? [new FieldError(field, "out_of_range", $"0–{MostCount}")] : [];

    private static IEnumerable<FieldError> Text(string field, string? text, int longest) =>
        text?.Length > longest ? [new FieldError(field, "too_long", $"{longest}")] : text?.Any(char.IsControl) == true ? [new FieldError(field, "control_character")] : [];
}
