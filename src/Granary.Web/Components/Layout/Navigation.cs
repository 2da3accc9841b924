using Granary.Domain.People;

namespace Granary.Web.Components.Layout;

/// <summary>A room in the side bar.</summary>
/// <param name="Key">Names the text <c>nav.{key}</c> and the icon.</param>
/// <param name="Href">Where it starts; everything below it belongs to it.</param>
/// <param name="AnyOf">Offered to holders of one of these permissions; to everybody when empty.</param>
public sealed record NavItem(string Key, string Href, params IReadOnlyList<Permission> AnyOf)
{
    /// <summary>Whether it is in the bar at the bottom of a phone.</summary>
    public bool OnPhone { get; init; }

    /// <summary>Whether a permission counts only where it reaches everything.</summary>
    public bool Everywhere { get; init; }

    /// <summary>Whether a page with this path belongs to the room.</summary>
    public bool Holds(string path) =>
        Href == "/" ? path == "/" : path == Href || path.StartsWith(Href + "/", StringComparison.Ordinal);
}

/// <summary>The rooms, in the order of the side bar. A new room adds its line here and its text to the shell's.</summary>
public static class Navigation
{
    /// <summary>The rooms by what they are about; texts <c>nav.group.{key}</c>. The first stands alone.</summary>
    public static readonly IReadOnlyList<(string? Group, IReadOnlyList<NavItem> Rooms)> Groups =
    [
        (null, [new("desk", "/") { OnPhone = true }]),
        ("leads",
        [
            new("leads", "/leads", Permission.ViewLeads) { OnPhone = true },
            new("pools", "/pools", Permission.ViewLeads, Permission.ClaimLeads) { OnPhone = true },
            new("duplicates", "/duplicates", Permission.SearchDuplicates),
            new("imports", "/imports", Permission.ImportLeads),
            new("reviews", "/reviews", Permission.ViewLeads),
            new("reactivations", "/reactivations", Permission.AssignLeads) { Everywhere = true },
        ]),
        ("customers",
        [
            new("accounts", "/accounts", Permission.ManageAccounts),
            new("named", "/named-lists", Permission.ManageAccounts),
            new("opportunities", "/opportunities", Permission.ViewOpportunities),
            new("partners", "/partners", Permission.ViewOpportunities),
        ]),
        ("marketing",
        [
            new("campaigns", "/campaigns", Permission.ViewCampaigns),
            new("links", "/links", Permission.ShareLinks),
            new("forms", "/forms", Permission.ManageChannels),
        ]),
        ("oversight",
        [
            new("analytics", "/analytics", Permission.ViewReports),
            new("supervision", "/supervision", Permission.ViewReports),
            new("requests", "/requests", Permission.AssignLeads, Permission.CheckHeldLeads),
            new("violations", "/violations", Permission.ViewLeads),
            new("exports", "/exports", Permission.ExportLeads, Permission.ApproveExports),
            new("privacy-desk", "/privacy-desk", Permission.ManagePrivacy),
        ]),
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<NavItem> Items = [.. Groups.SelectMany(g => g.Rooms)];

    /// <summary>Rooms of the administrator, at the foot of the side bar.</summary>
    public static readonly IReadOnlyList<NavItem> Foot =
    [
        new("settings", "/settings", Permission.ManagePeople, Permission.ManagePolicies, Permission.ManageChannels, Permission.ManageCosts, Permission.MaintainLists, Permission.ManagePrivacy, Permission.ViewAudit),
    ];

    /// <summary>
    /// Pages of the settings by group, in their order; texts <c>settings.group.{key}</c>, <c>settings.{key}</c> and
    /// <c>settings.{key}.line</c>. A room that brings one adds its line.
    /// </summary>
    public static readonly IReadOnlyList<(string Group, IReadOnlyList<NavItem> Pages)> Settings =
    [
        ("organisation",
        [
            new("organisation", "/settings/organisation", Permission.ManagePolicies),
            new("calendar", "/settings/calendar", Permission.ManagePolicies),
            new("pools", "/settings/pools", Permission.ManagePolicies),
        ]),
        ("people",
        [
            new("people", "/settings/people", Permission.ManagePeople),
            new("roles", "/settings/roles", Permission.ManagePeople),
            new("departments", "/settings/departments", Permission.ManagePeople),
            new("duty", "/settings/duty"),
        ]),
        ("capture",
        [
            new("channels", "/settings/channels", Permission.ManageChannels),
            new("costs", "/settings/costs", Permission.ManageCosts),
            new("forms", "/forms", Permission.ManageChannels),
            new("hooks", "/hooks", Permission.ManageChannels),
        ]),
        ("rules",
        [
            new("policy.capture", "/settings/policies/capture", Permission.ManagePolicies),
            new("policy.fields", "/settings/policies/fields", Permission.ManagePolicies),
            new("policy.cleansing", "/settings/policies/cleansing", Permission.ManagePolicies),
            new("policy.duplicates", "/settings/policies/duplicates", Permission.ManagePolicies),
            new("policy.scoring", "/settings/policies/scoring", Permission.ManagePolicies),
            new("policy.assignment", "/settings/policies/assignment", Permission.ManagePolicies),
            new("policy.pools", "/settings/policies/pools", Permission.ManagePolicies),
            new("policy.sla", "/settings/policies/sla", Permission.ManagePolicies),
            new("policy.masking", "/settings/policies/masking", Permission.ManagePolicies),
            new("policy.privacy", "/settings/policies/privacy", Permission.ManagePolicies),
            new("policy.qualification", "/settings/policies/qualification", Permission.ManagePolicies),
            new("policy.named-accounts", "/settings/policies/named-accounts", Permission.ManagePolicies),
            new("policy.review", "/settings/policies/review", Permission.ManagePolicies),
            new("policy.opportunities", "/settings/policies/opportunities", Permission.ManagePolicies),
            new("policy.campaigns", "/settings/policies/campaigns", Permission.ManagePolicies),
            new("policy.exports", "/settings/policies/exports", Permission.ManagePolicies),
            new("policy.tracking", "/settings/policies/tracking", Permission.ManagePolicies),
        ]),
        ("lists",
        [
            new("blacklist", "/settings/lists/blacklist", Permission.MaintainLists),
            new("words", "/settings/lists/words", Permission.MaintainLists),
            new("aliases", "/settings/lists/aliases", Permission.MaintainLists),
        ]),
        ("privacy",
        [
            new("audit", "/settings/audit", Permission.ViewAudit),
            new("undertaking", "/settings/undertaking", Permission.ManagePrivacy),
            new("confirmations", "/settings/undertaking/confirmations", Permission.ViewAudit),
        ]),
        ("own", [new("me", "/settings/me"), new("templates", "/settings/follow-up-templates", Permission.ViewLeads)]),
    ];
}
