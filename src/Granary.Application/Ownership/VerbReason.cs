using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>The reason that verbs ask for, in words.</summary>
public static class VerbReason
{
    /// <summary>Longest reason.</summary>
    public const int Most = 500;

    /// <summary>Why a reason that must be given will not do; null when it does.</summary>
    internal static LeadResult? Missing(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? new LeadResult.Refused(LeadRefusal.ReasonRequired) : TooLong(reason);

    /// <summary>Why a reason or comment that may be left out will not do; null when it does.</summary>
    internal static LeadResult? TooLong(string? reason, string field = "reason") =>
        reason?.Trim().Length > Most ? new LeadResult.Invalid([new FieldError(field, "too_long", $"{Most}")]) : null;

    /// <summary>A reason as it is kept.</summary>
    internal static string? Kept(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
}
