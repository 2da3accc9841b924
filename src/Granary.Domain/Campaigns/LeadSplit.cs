using Granary.Domain.Policies;

namespace Granary.Domain.Campaigns;

/// <summary>The one place in which a lead of an event lands (§14 split). Numbers are stored and never reused.</summary>
public enum SplitWay
{
    /// <summary>Into the holdings of the representative who linked it on site ①.</summary>
    Holdings = 1,

    /// <summary>Into the regional market's pool: on the list of named accounts, or of a target industry ②.</summary>
    Market = 2,

    /// <summary>Into the general pool: a key person, and nothing else ②.</summary>
    General = 3,

    /// <summary>To be cleaned by SDR, in the regional pool of leads ③.</summary>
    Cleaning = 4,

    /// <summary>It stays where it is: closed, held for a check, or somebody else works on it already.</summary>
    Stays = 5,
}

/// <summary>What the split looks at.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="LinkedById">The representative who linked it on site; null where nobody did.</param>
/// <param name="Score">Its score: best first.</param>
/// <param name="Intent">Whether they showed intent on site.</param>
/// <param name="KeyPerson">Whether the contact is a key person.</param>
/// <param name="Named">Whether its company is on the list of named accounts.</param>
/// <param name="IndustryFits">Whether its industry is a target industry.</param>
/// <param name="Fixed">Whether it cannot be moved: closed, held, or somebody else's work.</param>
/// <param name="OwnerId">Who owns it already.</param>
public sealed record SplitLead(Guid LeadId, Guid? LinkedById, int Score, bool Intent, bool KeyPerson, bool Named, bool IndustryFits, bool Fixed = false, Guid? OwnerId = null);

/// <summary>Where a lead goes, and why.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Way">Where.</param>
/// <param name="OwnerId">Whose holdings; null but for <see cref="SplitWay.Holdings"/>.</param>
/// <param name="Reasons">Why: rules that fired, and the facts they saw.</param>
public sealed record SplitPlacement(Guid LeadId, SplitWay Way, Guid? OwnerId, IReadOnlyList<Reason> Reasons);

/// <summary>Splits the leads of an event (§14): linked on site → holdings up to the cap, best first; named or fitting → market; the rest → cleaning.</summary>
public static class LeadSplit
{
    /// <summary>Places each lead exactly once, in the order of the leads.</summary>
    /// <param name="leads">The leads, each once.</param>
    /// <param name="free">Places that are free in the holdings of representatives; who is not named has none, null has no limit.</param>
    public static IReadOnlyList<SplitPlacement> Of(IReadOnlyList<SplitLead> leads, IReadOnlyDictionary<Guid, int?> free)
    {
        Dictionary<Guid, SplitPlacement> held = [];
        foreach (var own in leads.Where(l => !l.Fixed && l.LinkedById is not null).GroupBy(l => l.LinkedById!.Value))
        {
            // What they hold already takes no place a second time.
            var places = free.GetValueOrDefault(own.Key, 0) ?? int.MaxValue;
            foreach (var lead in own.OrderByDescending(l => l.OwnerId == own.Key).ThenByDescending(l => l.Score).ThenByDescending(l => l.Intent).ThenByDescending(l => l.KeyPerson).ThenBy(l => l.LeadId))
            {
                if (lead.OwnerId == own.Key || places-- > 0)
                {
                    held[lead.LeadId] = new SplitPlacement(lead.LeadId, SplitWay.Holdings, own.Key, [Reason.Of("split", "linked_on_site", null, ("score", $"{lead.Score}"))]);
                }
            }
        }

        return [.. leads.Select(l => held.GetValueOrDefault(l.LeadId) ?? Other(l))];
    }

    /// <summary>How many leads went each way; all ways are there.</summary>
    public static IReadOnlyDictionary<SplitWay, int> Count(IEnumerable<SplitPlacement> placements)
    {
        var counts = placements.GroupBy(p => p.Way).ToDictionary(g => g.Key, g => g.Count());
        return Enum.GetValues<SplitWay>().ToDictionary(w => w, w => counts.GetValueOrDefault(w));
    }

    private static SplitPlacement Other(SplitLead lead)
    {
        if (lead.Fixed)
        {
            return new SplitPlacement(lead.LeadId, SplitWay.Stays, null, [Reason.Of("split", "not_to_be_moved")]);
        }

        IEnumerable<Reason> full = lead.LinkedById is null ? [] : [Reason.Of("split", "holdings_full")];
        var (way, why) = lead.Named ? (SplitWay.Market, "named_account")
            : lead.IndustryFits ? (SplitWay.Market, "industry_fits")
            : lead.KeyPerson ? (SplitWay.General, "key_person_only")
            : (SplitWay.Cleaning, "to_be_cleaned");
        return new SplitPlacement(lead.LeadId, way, null, [.. full, Reason.Of("split", why)]);
    }
}
