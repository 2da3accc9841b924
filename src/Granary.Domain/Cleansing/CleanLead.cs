using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Domain.Cleansing;

/// <summary>A submission after cleansing (§4): its normal form, the contact data that can be matched, and what was found.</summary>
public sealed record CleanLead
{
    /// <summary>The findings that hold a lead for a check.</summary>
    public const Finding Holding = Finding.Blacklisted | Finding.Sensitive | Finding.InvalidContact | Finding.Test;

    /// <summary>The submission in normal form: valid phones as <see cref="PhoneNumber.Full"/>. Contact data that was refused stays as text.</summary>
    public required LeadSubmission Submission { get; init; }

    /// <summary>Its valid phone numbers, each once, in the order given.</summary>
    public required IReadOnlyList<PhoneNumber> Phones { get; init; }

    /// <summary>Its valid e-mail addresses, each once, in the order given; never a throw-away one where the policy refuses them.</summary>
    public required IReadOnlyList<EmailAddress> Emails { get; init; }

    /// <summary>Its WeChat id, when it is valid.</summary>
    public WeChatId? WeChat { get; init; }

    /// <summary>What was found.</summary>
    public Finding Findings { get; init; }

    /// <summary>Why, one line for each rule that fired, in the order of the checks. Never contact data.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>Whether it goes to the invalid pool for a human check and is kept out of assignment and follow-up.</summary>
    public bool Held => (Findings & Holding) != Finding.None;
}
