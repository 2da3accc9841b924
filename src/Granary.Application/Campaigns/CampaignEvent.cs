namespace Granary.Application.Campaigns;

/// <summary>Kinds of events of a campaign, as the log keeps them.</summary>
public static class CampaignEvent
{
    /// <summary>It was made.</summary>
    public const string Created = "campaign.created";

    /// <summary>Fields were changed.</summary>
    public const string Edited = "campaign.edited";

    /// <summary>It moved from one stage to another.</summary>
    public const string Moved = "campaign.moved";

    /// <summary>Its charter was approved.</summary>
    public const string Approved = "campaign.approved";

    /// <summary>Its charter was refused.</summary>
    public const string Refused = "campaign.refused";

    /// <summary>A line of the checklist was added, changed or closed.</summary>
    public const string Item = "campaign.item";

    /// <summary>A line of costs was added, changed or taken out.</summary>
    public const string Cost = "campaign.cost";

    /// <summary>People were put onto the list of invitations.</summary>
    public const string Invited = "campaign.invited";

    /// <summary>An invitation changed its state.</summary>
    public const string Answered = "campaign.answered";

    /// <summary>Somebody checked in.</summary>
    public const string CheckedIn = "campaign.checked_in";

    /// <summary>A promotion task was made or changed.</summary>
    public const string Task = "campaign.task";

    /// <summary>Somebody forwarded the material of a task.</summary>
    public const string Forwarded = "campaign.forwarded";

    /// <summary>A team was made, changed or dissolved.</summary>
    public const string Team = "campaign.team";

    /// <summary>A company was linked on site.</summary>
    public const string Linked = "campaign.linked";

    /// <summary>An entry of a linked company was corrected.</summary>
    public const string Corrected = "campaign.corrected";

    /// <summary>Its leads were split.</summary>
    public const string Split = "campaign.split";

    /// <summary>A tracking report was made.</summary>
    public const string Reported = "campaign.reported";

    /// <summary>Somebody else answers for it.</summary>
    public const string Transferred = "campaign.transferred";

    /// <summary>A list of campaigns, or reports, was taken out as a file.</summary>
    public const string Exported = "campaign.exported";
}

/// <summary>Why something about campaigns is refused.</summary>
public static class CampaignRefusal
{
    /// <summary>The verb does not reach that campaign.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>It is summarised or cancelled.</summary>
    public const string Closed = "campaign_closed";

    /// <summary>It cannot go there from where it stands.</summary>
    public const string NoWay = "stage_not_reachable";

    /// <summary>Something is missing for that stage.</summary>
    public const string NotReady = "stage_not_ready";

    /// <summary>Nobody decides about what they applied for.</summary>
    public const string OwnRequest = "own_request";

    /// <summary>Its charter does not wait for a decision.</summary>
    public const string NotAsked = "charter_not_asked";

    /// <summary>A reason must be given.</summary>
    public const string ReasonRequired = "reason_required";

    /// <summary>It is not on.</summary>
    public const string NotRunning = "campaign_not_running";

    /// <summary>They are in no team of the campaign.</summary>
    public const string NotInTeam = "not_in_team";

    /// <summary>There is nothing to split.</summary>
    public const string NothingToSplit = "nothing_to_split";

    /// <summary>More leads than can be split at once.</summary>
    public const string TooMany = "too_many_leads";

    /// <summary>A team with members, or what came with the checklist, is not taken out.</summary>
    public const string InUse = "in_use";
}
