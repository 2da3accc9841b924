using Granary.Application.Capture;
using Granary.Application.Ownership;

namespace Granary.Application.Intake;

/// <summary>
/// Takes over what an imported row says about a lead: what a re-entry takes over, and where the lead came from, which a
/// re-entry leaves as it was.
/// </summary>
internal static class FieldUpdate
{
    /// <summary>Takes over what the newer one says and returns what changed.</summary>
    public static IReadOnlyList<FieldChange> Apply(Lead newer, Lead lead)
    {
        List<FieldChange> changes = [.. LeadRefresh.Apply(newer, lead)];
        void Text(string field, string? after, string? before, Action<string> set)
        {
            if (!string.IsNullOrEmpty(after) && after != before)
            {
                changes.Add(new FieldChange(field, before, after));
                set(after);
            }
        }

        Text("externalId", newer.ExternalId, lead.ExternalId, v => lead.ExternalId = v);
        Text("campaign", newer.Campaign, lead.Campaign, v => lead.Campaign = v);
        Text("keyword", newer.Keyword, lead.Keyword, v => lead.Keyword = v);
        Text("content", newer.Content, lead.Content, v => lead.Content = v);
        Text("landingPage", newer.LandingPage, lead.LandingPage, v => lead.LandingPage = v);
        Text("referrer", newer.Referrer, lead.Referrer, v => lead.Referrer = v);
        Text("referredBy", newer.ReferredBy, lead.ReferredBy, v => lead.ReferredBy = v);
        return changes;
    }
}
