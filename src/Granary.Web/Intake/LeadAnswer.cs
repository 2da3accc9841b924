using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Web.People;
using Granary.Web.Policies;
using Granary.Web.Scoring;

namespace Granary.Web.Intake;

/// <summary>What became of a submission.</summary>
/// <param name="Id">The lead: the new one, or the refreshed one.</param>
/// <param name="Outcome">created, linked, refreshed, convertedToExisting or held.</param>
/// <param name="Label">newLead, knownAccountContact, reentered or linked.</param>
/// <param name="Status">unassigned, pending, working, converted, invalid or voided.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="Pool">Key of the pool it lies in.</param>
/// <param name="SourceLeadId">The lead it is linked to.</param>
/// <param name="AccountId">The account it belongs to.</param>
/// <param name="Score">Its score; null while it is held.</param>
/// <param name="Findings">What cleansing and matching found.</param>
/// <param name="Explanation">Why, line by line.</param>
public sealed record LeadAnswer(
    Guid Id,
    LandingOutcome Outcome,
    EntryLabel Label,
    LeadStatus Status,
    OwnerAnswer? Owner,
    string? Pool,
    Guid? SourceLeadId,
    Guid? AccountId,
    ScoreAnswer? Score,
    IReadOnlyList<string> Findings,
    IReadOnlyList<ExplanationLine> Explanation);

/// <summary>What became of a batch.</summary>
/// <param name="Results">One result for each item, in their order.</param>
public sealed record LeadBatchAnswer(IReadOnlyList<LeadBatchResult> Results);

/// <summary>What became of one item of a batch.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Status">The status it would have had by itself.</param>
/// <param name="Lead">The answer.</param>
/// <param name="Problem">The problem, as by itself.</param>
public sealed record LeadBatchResult(
    int Index,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] LeadAnswer? Lead = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonObject? Problem = null);

/// <summary>A batch of leads.</summary>
/// <param name="Items">The leads, 1 to 1,000; one that is wrong does not stop the others.</param>
public sealed record LeadBatchBody(IReadOnlyList<LeadBody> Items);
