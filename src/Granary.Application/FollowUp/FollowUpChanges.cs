using Granary.Application.Ownership;
using Granary.Application.Storage;

namespace Granary.Application.FollowUp;

/// <summary>What changed with a follow-up and in it, as its row keeps it.</summary>
public sealed record FollowUpChanges
{
    /// <summary>Nothing.</summary>
    public static FollowUpChanges None { get; } = new();

    /// <summary>Key fields of the lead that changed with it.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>What it said before its author corrected it, the latest first.</summary>
    public IReadOnlyList<EarlierText> Earlier { get; init; } = [];

    /// <summary>The changes of a record.</summary>
    public static FollowUpChanges Of(FollowUpRecord record) => record.Changes is null ? None : Json.Read<FollowUpChanges>(record.Changes);

    /// <summary>As a row keeps them; null when there are none.</summary>
    internal string? Written() => Fields.Count + Earlier.Count == 0 ? null : Json.Write(this);
}

/// <summary>What a follow-up said before a correction.</summary>
/// <param name="Until">When it was corrected.</param>
/// <param name="Method">How, as it said.</param>
/// <param name="Content">What was said and done.</param>
/// <param name="Feedback">What the customer said.</param>
public sealed record EarlierText(DateTimeOffset Until, FollowUpMethod Method, string Content, string? Feedback);
