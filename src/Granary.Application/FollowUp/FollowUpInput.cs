using Granary.Application.Ownership;
using Granary.Domain.Capture;
using Granary.Domain.FollowUp;
using Granary.Domain.Policies;

namespace Granary.Application.FollowUp;

/// <summary>A follow-up as somebody writes it.</summary>
public sealed record FollowUpInput
{
    /// <summary>Longest content, and longest feedback.</summary>
    public const int LongestText = 4_000;

    /// <summary>Longest next step.</summary>
    public const int LongestStep = 200;

    /// <summary>How far ahead a next step may be.</summary>
    public const int FarthestYears = 5;

    /// <summary>How; must be given.</summary>
    public FollowUpMethod? Method { get; init; }

    /// <summary>What was said and done; at least as long as the policy asks.</summary>
    public string? Content { get; init; }

    /// <summary>What the customer said.</summary>
    public string? Feedback { get; init; }

    /// <summary>When it took place; null is now. No clock looks at it.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What comes next.</summary>
    public string? NextStep { get; init; }

    /// <summary>When it comes next; a reminder then.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Whether a call was answered, which is a touch of the lead.</summary>
    public bool Answered { get; init; }

    /// <summary>Key fields that changed with it; null when none.</summary>
    public KeyFields? Changes { get; init; }

    /// <summary>Files that belong to it; they are kept with it or not at all.</summary>
    public IReadOnlyList<SealedFile> Files { get; init; } = [];

    /// <summary>The same with empty texts taken as none.</summary>
    internal FollowUpInput Trimmed() => this with { Content = Text(Content), Feedback = Text(Feedback), NextStep = Text(NextStep) };

    /// <summary>Why it is not taken for a lead as it stands; null when it is.</summary>
    internal LeadResult? Refusal(DateTimeOffset receivedAt, int shortest, DateTimeOffset now)
    {
        if (Errors(now) is { Count: > 0 } errors)
        {
            return new LeadResult.Invalid(errors);
        }

        return At > now + FieldLimits.ClockSkew ? new LeadResult.Refused(LeadRefusal.InTheFuture)
            // A minute is as exact as people type it.
            : At < receivedAt.AddMinutes(-1) ? new LeadResult.Refused(LeadRefusal.BeforeTheLead)
            : FollowUpText.Length(Content) < Math.Max(1, shortest) ? new LeadResult.Refused(LeadRefusal.TooShort)
            : null;
    }

    private List<FieldError> Errors(DateTimeOffset now)
    {
        List<FieldError> errors = [];
        void Check(bool holds, string field, string code, string? limit = null)
        {
            if (!holds)
            {
                errors.Add(new FieldError(field, code, limit));
            }
        }

        Check(Method is not null, "method", "required");
        Check(Method is null || Enum.IsDefined(Method.Value), "method", "unknown_value");
        foreach (var (field, text, longest) in new[] { ("content", Content, LongestText), ("feedback", Feedback, LongestText), ("nextStep", NextStep, LongestStep) })
        {
            Check(text is null || text.Length <= longest, field, "too_long", $"{longest}");
            Check(text is null || !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')), field, "control_character");
        }

        Check(NextAt is null || NextAt > now, "nextAt", "in_the_past");
        Check(NextAt is null || NextAt < now.AddYears(FarthestYears), "nextAt", "out_of_range", $"{FarthestYears}");
        errors.AddRange(Changes?.Errors(now) ?? []);
        return errors;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
