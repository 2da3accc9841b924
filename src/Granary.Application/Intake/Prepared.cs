using Granary.Application.Capture;
using Granary.Application.Matching;
using Granary.Application.Settings;
using Granary.Domain.Cleansing;
using Granary.Domain.Matching;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Application.Intake;

/// <summary>A submission with everything done that needs no database: cleansed, keyed, encrypted, scored.</summary>
internal sealed class Prepared
{
    public required IntakeRequest Request { get; init; }

    /// <summary>The setting it was prepared with.</summary>
    public required Setting Setting { get; init; }

    public required CleanLead Clean { get; init; }

    /// <summary>The lead as it will be written, if one is.</summary>
    public required Lead Lead { get; init; }

    /// <summary>Contact points, encrypted; <see cref="ContactPoint.Seq"/> is not known yet.</summary>
    public required IReadOnlyList<ContactPoint> Contacts { get; init; }

    public required CompanyName? Company { get; init; }

    /// <summary>Where leads of the same company can stand; none while held or where no rule asks.</summary>
    public required IReadOnlyList<CompanyRange> CompanyRanges { get; init; }

    /// <summary>Keys by which accounts are looked up, with what each is; none while held.</summary>
    public required IReadOnlyDictionary<Guid, MatchKeyKind> AccountKeys { get; init; }

    public required LeadFacts Facts { get; init; }

    public required IReadOnlyList<TouchTally> Touches { get; init; }

    /// <summary>The score; null while held.</summary>
    public required Score? Score { get; init; }

    /// <summary>Why it was scored so; empty while held.</summary>
    public required IReadOnlyList<Reason> ScoreReasons { get; init; }

    /// <summary>The reasons of cleansing and of scoring as stored JSON, made before the writer's time.</summary>
    public required (string Clean, string Score) Written { get; init; }

    public required DuplicatePolicy Duplicates { get; init; }

    public required DateTimeOffset Now { get; init; }

    public bool Held => Clean.Held;
}
