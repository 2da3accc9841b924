using Granary.Application.Storage;
using Granary.Domain.Assignment;
using Granary.Domain.Campaigns;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.FollowUp;
using Granary.Domain.Matching;
using Granary.Domain.Opportunities;
using Granary.Domain.Ownership;
using Granary.Domain.Policies;
using Granary.Domain.Privacy;
using Granary.Domain.Qualification;
using Granary.Domain.Review;
using Granary.Domain.Scoring;

namespace Granary.Application.Policies;

/// <summary>A kind of policy: its name, what came with the product, and how a body is checked when it is saved.</summary>
/// <param name="Name">Name in addresses and in the database.</param>
/// <param name="BuiltIn">The built-in policy as JSON.</param>
/// <param name="Validate">Reads a body and says what is wrong with it; nothing when it is sound.</param>
public sealed record PolicyKind(string Name, string BuiltIn, Func<string, IReadOnlyList<FieldError>> Validate)
{
    /// <summary>Required fields and late entry (§3).</summary>
    public static PolicyKind Capture { get; } = Of("capture", CapturePolicy.BuiltIn, p => p.Validate());

    /// <summary>Cleansing (§4).</summary>
    public static PolicyKind Cleansing { get; } = Of("cleansing", CleansingPolicy.BuiltIn, p => p.Validate());

    /// <summary>Duplicates (§5).</summary>
    public static PolicyKind Duplicates { get; } = Of("duplicates", DuplicatePolicies.BuiltIn, p => p.Validate());

    /// <summary>Score model (§6).</summary>
    public static PolicyKind Scoring { get; } = Of("scoring", ScoreModel.BuiltIn, p => p.Validate());

    /// <summary>Assignment (§8).</summary>
    public static PolicyKind Assignment { get; } = Of("assignment", AssignmentPolicy.BuiltIn, p => p.Validate());

    /// <summary>Pools, protection and flow (§9).</summary>
    public static PolicyKind Pools { get; } = Of("pools", PoolPolicy.BuiltIn, p => p.Validate());

    /// <summary>Follow-up and deadlines (§10).</summary>
    public static PolicyKind Sla { get; } = Of("sla", SlaPolicy.BuiltIn, p => p.Validate());

    /// <summary>Masking and revealing (§18).</summary>
    public static PolicyKind Masking { get; } = Of("masking", MaskingPolicy.BuiltIn, p => p.Validate());

    /// <summary>Purposes, requests of persons and retention (§18).</summary>
    public static PolicyKind Privacy { get; } = Of("privacy", PrivacyPolicy.BuiltIn, p => p.Validate());

    /// <summary>Qualification, conversion and accounts (§12).</summary>
    public static PolicyKind Qualification { get; } = Of("qualification", QualificationPolicy.BuiltIn, p => p.Validate());

    /// <summary>Named accounts (§12).</summary>
    public static PolicyKind NamedAccounts { get; } = Of("named-accounts", NamedAccountPolicy.BuiltIn, p => p.Validate());

    /// <summary>Exports (§18).</summary>
    public static PolicyKind Exports { get; } = Of("exports", ExportPolicy.BuiltIn, p => p.Validate());

    /// <summary>Stages, forecast, contracts and times of opportunities (§13).</summary>
    public static PolicyKind Opportunities { get; } = Of("opportunities", OpportunityPolicy.BuiltIn, p => p.Validate());

    /// <summary>Which leads are reviewed, by whom and how (§7).</summary>
    public static PolicyKind Review { get; } = Of("review", ReviewPolicy.BuiltIn, p => p.Validate());

    /// <summary>Types, checklist, costs and split of campaigns (§14).</summary>
    public static PolicyKind Campaigns { get; } = Of("campaigns", CampaignPolicy.BuiltIn, p => p.Validate());

    /// <summary>Custom fields (§3).</summary>
    public static PolicyKind Fields { get; } = Of("fields", CustomFieldsPolicy.BuiltIn, p => p.Validate());

    /// <summary>Tracked links and touches that pages report (§3 Links, §6).</summary>
    public static PolicyKind Tracking { get; } = Of("tracking", TrackingPolicy.BuiltIn, p => p.Validate());

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<PolicyKind> All { get; } = [Capture, Fields, Cleansing, Duplicates, Scoring, Assignment, Pools, Sla, Masking, Privacy, Qualification, Review, NamedAccounts, Exports, Opportunities, Tracking, Campaigns];

    private static PolicyKind Of<T>(string name, T builtIn, Func<T, IReadOnlyList<FieldError>> validate) =>
        new(name, Json.Write(builtIn), body => PolicyDocument.Errors(body, validate));
}
