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

/// <summary>What is known about a named account.</summary>
public sealed record NamedAccountFacts
{
    /// <summary>Whether it is of one of the target industries.</summary>
    public bool TargetIndustry { get; init; }

    /// <summary>Contacts.</summary>
    public int Contacts { get; init; }

    /// <summary>Key persons with contact data.</summary>
    public int ReachableKeyPersons { get; init; }

    /// <summary>Whether the state of their IT is known.</summary>
    public bool ItStatusKnown { get; init; }

    /// <summary>Present suppliers that are known.</summary>
    public int KnownSuppliers { get; init; }

    /// <summary>Whether there is a record of a visit with the decision chain.</summary>
    public bool DecisionChainVisited { get; init; }

    /// <summary>Whether they were met offline.</summary>
    public bool MetOffline { get; init; }

    /// <summary>Whether research or a project was started.</summary>
    public bool ProjectStarted { get; init; }

    /// <summary>Whether there is an explicit need with a budget.</summary>
    public bool NeedWithBudget { get; init; }
}

/// <summary>A line of an entry checklist and whether it holds.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Holds">Whether it holds.</param>
public sealed record EntryCheck(string Id, bool Holds);

/// <summary>The entry checklists of named accounts (§12).</summary>
public static class NamedAccounts
{
    /// <summary>The entry checklist of a stage; all of it must hold. Where either of two things is enough, it is one line.</summary>
    public static IReadOnlyList<EntryCheck> Entry(NamedAccountStage stage, NamedAccountFacts facts) => stage switch
    {
        NamedAccountStage.Named => [new("target_industry", facts.TargetIndustry), new("contact", facts.Contacts >= 1)],
        NamedAccountStage.Aware =>
        [
            new("key_person", facts.ReachableKeyPersons >= 1),
            new("it_status", facts.ItStatusKnown),
            new("supplier", facts.KnownSuppliers >= 1),
        ],
        NamedAccountStage.Incubating => [new("visit_or_meeting", facts.DecisionChainVisited || facts.MetOffline)],
        NamedAccountStage.Opportunity => [new("project_or_need", facts.ProjectStarted || facts.NeedWithBudget)],
        _ => [],
    };

    /// <summary>What is missing to be in a stage: of its own checklist and of all before it. Empty when it may be entered.</summary>
    public static IReadOnlyList<(NamedAccountStage Stage, string Check)> Missing(NamedAccountStage stage, NamedAccountFacts facts) =>
    [
        .. Enum.GetValues<NamedAccountStage>().Where(s => s <= stage)
            .SelectMany(s => Entry(s, facts).Where(c => !c.Holds).Select(c => (s, c.Id))),
    ];

    /// <summary>The furthest stage whose checklists hold, with all before it.</summary>
    public static NamedAccountStage Reached(NamedAccountFacts facts) =>
        Enum.GetValues<NamedAccountStage>().Where(s => Missing(s, facts).Count == 0).Max();

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
