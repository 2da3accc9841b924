namespace Granary.Domain.Qualification;

/// <summary>Stages of a named account (§12 FABM). Numbers are stored and never reused.</summary>
public enum NamedAccountStage
{
    /// <summary>Unknown 陌生.</summary>
    Stranger = 1,

    /// <summary>Named.</summary>
    Named = 2,

    /// <summary>Aware 认知.</summary>
    Aware = 3,

    /// <summary>Incubating 孵化.</summary>
    Incubating = 4,

    /// <summary>Opportunity 商机.</summary>
    Opportunity = 5,
}

/// <summary>What the product knows of a named account by itself.</summary>
public sealed record NamedAccountFacts
{
    /// <summary>Whether it is of one of the target industries.</summary>
    public bool TargetIndustry { get; init; }

    /// <summary>Contacts who are there.</summary>
    public int Contacts { get; init; }

    /// <summary>Key persons with contact data.</summary>
    public int ReachableKeyPersons { get; init; }

    /// <summary>Present suppliers that are known.</summary>
    public int KnownSuppliers { get; init; }

    /// <summary>Whether there is a record of a visit, and the decision chain is known.</summary>
    public bool DecisionChainVisited { get; init; }

    /// <summary>Whether they were met offline.</summary>
    public bool MetOffline { get; init; }

    /// <summary>Opportunities that are recorded.</summary>
    public int Opportunities { get; init; }

    /// <summary>Whether a fact holds.</summary>
    public bool Holds(EntryFact fact) => fact switch
    {
        EntryFact.TargetIndustry => TargetIndustry,
        EntryFact.Contact => Contacts >= 1,
        EntryFact.KeyPerson => ReachableKeyPersons >= 1,
        EntryFact.Supplier => KnownSuppliers >= 1,
        EntryFact.VisitOrMeeting => DecisionChainVisited || MetOffline,
        EntryFact.Opportunity => Opportunities >= 1,
        _ => false,
    };
}

/// <summary>A line of an entry checklist and whether it holds.</summary>
/// <param name="Stage">The stage whose entry it guards.</param>
/// <param name="Check">The line.</param>
/// <param name="Known">Whether the product sees it by itself.</param>
/// <param name="Ticked">Whether somebody ticked it with evidence.</param>
public sealed record EntryState(NamedAccountStage Stage, EntryCheck Check, bool Known, bool Ticked)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Known || Ticked;
}

/// <summary>The entry checklists of named accounts (§12).</summary>
public static class NamedAccounts
{
    /// <summary>The stages from the first to the last.</summary>
    public static IReadOnlyList<NamedAccountStage> Stages { get; } = [.. Enum.GetValues<NamedAccountStage>().Order()];

    /// <summary>Every line of a stage and of all before it, and whether it holds. Where either of two things is enough, it is one line.</summary>
    /// <param name="policy">The checklists.</param>
    /// <param name="stage">The stage that is to be entered.</param>
    /// <param name="facts">What the product knows.</param>
    /// <param name="ticked">Ids of lines that people ticked; what a line does not let them tick counts for nothing.</param>
    public static IReadOnlyList<EntryState> Entry(NamedAccountPolicy policy, NamedAccountStage stage, NamedAccountFacts facts, IReadOnlyCollection<string> ticked) =>
    [
        .. Stages.Where(s => s <= stage).SelectMany(s => policy.Entry(s).Select(c =>
            new EntryState(s, c, c.Fact is { } fact && facts.Holds(fact), c.Tickable && ticked.Contains(c.Id)))),
    ];

    /// <summary>What is missing to be in a stage: of its own checklist and of all before it. Empty when it may be entered.</summary>
    public static IReadOnlyList<EntryState> Missing(NamedAccountPolicy policy, NamedAccountStage stage, NamedAccountFacts facts, IReadOnlyCollection<string> ticked) =>
        [.. Entry(policy, stage, facts, ticked).Where(e => !e.Holds)];

    /// <summary>The furthest stage whose checklists hold, with all before it.</summary>
    public static NamedAccountStage Reached(NamedAccountPolicy policy, NamedAccountFacts facts, IReadOnlyCollection<string> ticked) =>
        Stages.Where(s => Missing(policy, s, facts, ticked).Count == 0).Max();

    /// <summary>Most premium accounts for a number of regular ones: one for each <paramref name="regularPerPremium"/> (§12: 1 : 2).</summary>
    public static int MostPremium(int regular, int regularPerPremium) => regularPerPremium <= 0 ? int.MaxValue : regular / regularPerPremium;
}

/// <summary>The seven instruments of a touch plan (§12). Numbers are stored and never reused.</summary>
public enum TouchInstrument
{
    /// <summary>Ecosystem meeting.</summary>
    EcosystemMeeting = 1,

    /// <summary>Expo.</summary>
    Expo = 2,

    /// <summary>Sponsored forum.</summary>
    SponsoredForum = 3,

    /// <summary>Regional CIO event.</summary>
    RegionalCioEvent = 4,

    /// <summary>Mailing.</summary>
    Mailing = 5,

    /// <summary>Salon.</summary>
    Salon = 6,

    /// <summary>Study tour.</summary>
    StudyTour = 7,
}
