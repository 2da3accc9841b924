using Granary.Application.Desk;
using Granary.Application.Privacy.Audit;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk;

/// <summary>Says the audit's filters and faults in the reader's language.</summary>
public sealed class AuditWords(IStringLocalizer<AuditTexts> texts)
{
    /// <summary>Groups of kinds that the page offers, by the name in its address.</summary>
    private static readonly (string Name, string[] Kinds)[] Groups =
    [
        ("saw", ["lead.viewed", "lead.contact_revealed", "lead.file_opened", "account.contact_revealed", "export.*", "review.exported", "opportunity.exported", "person_request.file_opened", "privacy.searched"]),
        ("lead", ["lead.*"]),
        ("account", ["account.*"]),
        ("export", ["export.*", "review.exported", "opportunity.exported"]),
        ("import", ["import.*"]),
        ("people", ["user.*", "role.*", "department.*", "api_key.*"]),
        ("rules", ["policy.*", "organisation.*", "calendar.*", "pool.*", "words.*", "blacklist.*", "alias.*", "template.*", "reactivation.*"]),
        ("doors", ["channel.*", "form.*", "hook.*"]),
        ("privacy", ["privacy.*", "person_request.*", "undertaking.*", "keys.*", "audit.*"]),
    ];

    /// <summary>The groups as choices.</summary>
    public IReadOnlyList<Choice> Kinds => [.. Groups.Select(g => new Choice(g.Name, Group(g.Name)))];

    /// <summary>The kinds of a group; none when it is unknown.</summary>
    public static IReadOnlyList<string>? Of(string? group) => Array.Find(Groups, g => g.Name == group).Kinds;

    /// <summary>A group in words.</summary>
    public string Group(string name) => texts[$"group.{name}"];

    /// <summary>A fault in words.</summary>
    public string Of(AuditFault fault) => texts[$"fault.{WireName.Of(fault.Kind)}", fault.Seal?.ToString("N0", System.Globalization.CultureInfo.CurrentCulture) ?? "–", fault.Position?.ToString("N0", System.Globalization.CultureInfo.CurrentCulture) ?? "–"];
}
