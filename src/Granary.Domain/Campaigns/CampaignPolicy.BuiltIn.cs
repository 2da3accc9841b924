namespace Granary.Domain.Campaigns;

public sealed partial record CampaignPolicy
{
    /// <summary>What a new organisation begins with: 5 steps and 33 items (§14).</summary>
    public static CampaignPolicy BuiltIn { get; } = new()
    {
        Types = [.. new[] { "expo", "forum", "salon", "webinar", "study_tour", "customer_day", "online" }.Select(t => new CampaignType(t, t))],
        Categories = [.. new[] { "venue", "stand", "speakers", "catering", "travel", "material", "promotion", "gifts", "staff", "other" }.Select(c => new CostCategory(c, c))],
        Checklist =
        [
            .. Lines(ChecklistStep.Assess, ("audience_fit", -75), ("rights", -74), ("organiser", -73), ("time_and_place", -72), ("cost_estimate", -70), ("effort", -68)),
            .. Lines(ChecklistStep.Charter, ("goal_and_targets", -62), ("budget_request", -60), ("team_named", -58), ("charter_decided", -55), ("kick_off", -50)),
            .. Lines(
                ChecklistStep.Prepare, ("stand_design", -40), ("offer_material", -35), ("case_material", -35), ("gifts_ordered", -30), ("target_list", -28), ("invitations", -21), ("promotion", -20),
                ("check_in_page", -10), ("training_product", -10), ("training_talk", -7), ("logistics", -3)),
            .. Lines(ChecklistStep.OnSite, ("stand_ready", -1), ("morning_meeting", 0), ("targets_first", 0), ("cards_collected", 0), ("evening_review", 0)),
            .. Lines(ChecklistStep.Convert, ("thanks_and_questionnaire", 2), ("leads_split", 2), ("first_contact", 3), ("costs_settled", 20), ("review_meeting", 15), ("tracking", 30)),
        ],
    };

    private static List<ChecklistLine> Lines(ChecklistStep step, params ReadOnlySpan<(string Id, int Days)> lines)
    {
        List<ChecklistLine> made = [];
        foreach (var (id, days) in lines)
        {
            made.Add(new ChecklistLine(id, step, id, days, []));
        }

        return made;
    }
}
