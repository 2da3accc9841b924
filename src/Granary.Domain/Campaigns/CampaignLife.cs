namespace Granary.Domain.Campaigns;

/// <summary>Where a campaign stands (§14 Life). Numbers are stored and never reused.</summary>
public enum CampaignStage
{
    /// <summary>Whether it is worth it is being found out 评估.</summary>
    Evaluate = 1,

    /// <summary>The charter waits for its approval 立项.</summary>
    Charter = 2,

    /// <summary>Approved, and being prepared 准备.</summary>
    Prepare = 3,

    /// <summary>It is on 执行.</summary>
    Run = 4,

    /// <summary>Its leads are being converted and tracked 转化与追踪.</summary>
    Convert = 5,

    /// <summary>Summarised 总结.</summary>
    Summarised = 6,

    /// <summary>Cancelled 取消.</summary>
    Cancelled = 7,
}

/// <summary>What it takes for a campaign to enter a stage.</summary>
public enum CampaignNeed
{
    /// <summary>A planned budget above 0.</summary>
    Budget,

    /// <summary>At least one target.</summary>
    Targets,

    /// <summary>Somebody active who answers for it.</summary>
    Owner,

    /// <summary>First and last day.</summary>
    Dates,

    /// <summary>The first day must have come.</summary>
    Begun,

    /// <summary>A summary in words.</summary>
    Summary,

    /// <summary>A reason must be given.</summary>
    Reason,
}

/// <summary>What is known of a campaign that is to move.</summary>
/// <param name="Budget">Planned costs together, in the organisation's currency.</param>
/// <param name="Targets">Whether at least one target is set.</param>
/// <param name="Owner">Whether whoever answers for it is active.</param>
/// <param name="StartsOn">First day.</param>
/// <param name="EndsOn">Last day.</param>
/// <param name="Today">Today in organisation time.</param>
/// <param name="Summary">The summary.</param>
/// <param name="Reason">Why it moves.</param>
public sealed record CampaignFacts(decimal Budget, bool Targets, bool Owner, DateOnly? StartsOn, DateOnly? EndsOn, DateOnly Today, string? Summary, string? Reason);

/// <summary>The life of a campaign (§14): evaluate → charter → prepare → run → convert and track → summarised, or cancelled.</summary>
public static class CampaignLife
{
    /// <summary>Fewest characters of a summary.</summary>
    public const int ShortestSummary = 10;

    /// <summary>Where it can go by hand. A charter leaves its stage by the decision about it, or when it is taken back.</summary>
    public static IReadOnlyList<CampaignStage> Next(CampaignStage stage) => stage switch
    {
        CampaignStage.Evaluate => [CampaignStage.Charter, CampaignStage.Cancelled],
        CampaignStage.Charter => [CampaignStage.Evaluate, CampaignStage.Cancelled],
        CampaignStage.Prepare => [CampaignStage.Run, CampaignStage.Cancelled],
        CampaignStage.Run => [CampaignStage.Convert, CampaignStage.Prepare, CampaignStage.Cancelled],
        CampaignStage.Convert => [CampaignStage.Summarised, CampaignStage.Run],
        CampaignStage.Summarised => [CampaignStage.Convert],
        _ => [],
    };

    /// <summary>Whether it is one of the ways in which nothing can be changed any more.</summary>
    public static bool Closed(CampaignStage stage) => stage is CampaignStage.Summarised or CampaignStage.Cancelled;

    /// <summary>What is missing for a stage, in a fixed order; empty when it may be entered.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it is to go.</param>
    /// <param name="facts">What is known.</param>
    public static IReadOnlyList<CampaignNeed> Missing(CampaignStage from, CampaignStage to, CampaignFacts facts)
    {
        List<CampaignNeed> missing = [];
        void Need(bool holds, CampaignNeed need) => missing.AddRange(holds ? [] : [need]);
        if (to is CampaignStage.Charter or CampaignStage.Prepare && from < CampaignStage.Prepare)
        {
            Need(facts.Budget > 0, CampaignNeed.Budget);
            Need(facts.Targets, CampaignNeed.Targets);
            Need(facts.Owner, CampaignNeed.Owner);
        }

        if (to == CampaignStage.Run)
        {
            Need(facts.StartsOn is { } start && facts.EndsOn >= start, CampaignNeed.Dates);
        }

        if (to == CampaignStage.Convert)
        {
            Need(facts.StartsOn <= facts.Today, CampaignNeed.Begun);
        }

        if (to == CampaignStage.Summarised)
        {
            Need(facts.Summary?.Trim().Length >= ShortestSummary, CampaignNeed.Summary);
        }

        // Forward needs no words; whoever goes back or gives it up says why.
        Need(to > from && to != CampaignStage.Cancelled || !string.IsNullOrWhiteSpace(facts.Reason), CampaignNeed.Reason);
        return missing;
    }
}
