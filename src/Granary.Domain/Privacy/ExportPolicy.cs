using Granary.Domain.Policies;

namespace Granary.Domain.Privacy;

/// <summary>What becomes of an export by the number of its rows.</summary>
public enum ExportVerdict
{
    /// <summary>It is made at once.</summary>
    Free,

    /// <summary>Somebody else has to approve it first.</summary>
    NeedsApproval,

    /// <summary>It is more than may be taken out.</summary>
    TooMany,
}

/// <summary>How much may be taken out as a file, and how (§18 Exports).</summary>
public sealed record ExportPolicy
{
    /// <summary>The defaults of the specification.</summary>
    public static ExportPolicy BuiltIn { get; } = new();

    /// <summary>Rows above which somebody else approves: 0 to <see cref="MostRows"/>, default 1,000. 0 asks for approval always.</summary>
    public int ApprovalAbove { get; init; } = 1_000;

    /// <summary>Rows above which nothing is exported: 1 to 1,000,000, default 100,000.</summary>
    public int MostRows { get; init; } = 100_000;

    /// <summary>Days for which a file can be downloaded: 1 to 30, default 7.</summary>
    public int DaysKept { get; init; } = 7;

    /// <summary>Whether contact data may be exported in plain, for records whose contact data somebody may reveal; default no.</summary>
    public bool PlainContacts { get; init; }

    /// <summary>What becomes of an export of so many rows.</summary>
    /// <param name="rows">Rows, at least 0.</param>
    public ExportVerdict Judge(int rows) =>
        rows > MostRows ? ExportVerdict.TooMany : rows > ApprovalAbove ? ExportVerdict.NeedsApproval : ExportVerdict.Free;

    /// <summary>What is wrong with the policy; none when it can be published.</summary>
    public IReadOnlyList<FieldError> Validate() =>
    [
        .. MostRows is < 1 or > 1_000_000 ? [new FieldError("mostRows", "out_of_range", "1–1000000")] : Array.Empty<FieldError>(),
        .. ApprovalAbove < 0 || ApprovalAbove > MostRows ? [new FieldError("approvalAbove", "out_of_range", $"0–{MostRows}")] : Array.Empty<FieldError>(),
        .. DaysKept is < 1 or > 30 ? [new FieldError("daysKept", "out_of_range", "1–30")] : Array.Empty<FieldError>(),
    ];
}
