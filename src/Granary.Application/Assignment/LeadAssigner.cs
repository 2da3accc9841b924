using Granary.Application.Capture;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Domain.Assignment;
using Granary.Domain.Cleansing;
using Granary.Domain.Scoring;

namespace Granary.Application.Assignment;

/// <summary>Asks the rules who gets a lead, with everything they may look at.</summary>
internal sealed class LeadAssigner(Setting setting, AssignmentBoard board, DateTimeOffset now)
{
    private readonly DateTime _local = TimeZoneInfo.ConvertTime(now, setting.Calendar.Zone).DateTime;

    /// <summary>Decides; the board is changed by it.</summary>
    /// <param name="lead">The lead.</param>
    /// <param name="facts">Its facts with its score.</param>
    /// <param name="duplicatesOwner">Owner of what it matched.</param>
    /// <param name="earlierOwners">Users who owned it and lost it.</param>
    /// <param name="namedOwner">Owner of the named account it is of.</param>
    public AssignmentDecision Decide(Lead lead, LeadFacts facts, Guid? duplicatesOwner, IReadOnlyList<Guid> earlierOwners, Guid? namedOwner = null) => Assigner.Decide(
        setting.Assignment,
        new AssignmentCase
        {
            Facts = facts with
            {
                Label = StoredScore.WireLabel(lead.Label),
                Findings = FindingNames.Of((Finding)lead.Findings),
                Promoted = lead.Promoted,
                LocalTime = _local,
            },
            DuplicatesOwner = duplicatesOwner,
            NamedAccountOwner = namedOwner,
            EarlierOwners = earlierOwners,
        },
        setting.Roster,
        board,
        now,
        setting.Calendar);
}
