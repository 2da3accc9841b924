using System.Reflection;
using Granary.Domain.Capture;

namespace Granary.Web.Tests.Architecture;

/// <summary>The rooms of the house (docs/map.md) and who may use whom.</summary>
internal static class Rooms
{
    /// <summary>The way of a lead; a room uses only itself and earlier ones. Intake is the pipeline that composes those before it.</summary>
    public static readonly string[] InOrder =
    [
        "Capture", "Cleansing", "Matching", "Scoring", "Assignment", "Ownership", "Intake", "FollowUp", "Nurture",
        "Qualification", "Opportunities", "Review", "Campaigns", "Analytics", "Planning", "Insight", "Desk", "Demo",
    ];

    /// <summary>Gathers what an administrator sets in every room into one state, so it knows them all and all may read it.</summary>
    private const string Gathering = "Settings";

    /// <summary>Beside the way, usable from everywhere; they know one another, the ground and the facts of a lead (Capture).</summary>
    public static readonly string[] Beside = ["People", "Policies", "Privacy", "Integration", Gathering];

    /// <summary>What everything stands on; it knows the rooms beside, and no room of the way.</summary>
    public static readonly string[] Ground = ["Storage", "Jobs", "Components", "Localisation", "Hosting", "Commands"];

    /// <summary>The three floors.</summary>
    public static readonly Assembly[] Floors =
    [
        typeof(LeadSubmission).Assembly,
        Assembly.Load("Granary.Application"),
        typeof(Program).Assembly,
    ];

    /// <summary>Every type that stands in our sources.</summary>
    public static IEnumerable<Type> Types => Floors.SelectMany(f => f.GetTypes()).Where(t => Of(t) is not null);

    /// <summary>The room a type stands in; empty for the composition above the rooms, null for what is not ours.</summary>
    public static string? Of(Type type)
    {
        var path = References.Outermost(type).Namespace?.Split('.') ?? [];
        return path switch
        {
            ["Granary", _] => "",
            ["Granary", _, var room, ..] => room,
            _ => null,
        };
    }

    /// <summary>Whether code in one room may use another.</summary>
    public static bool MayUse(string from, string to) =>
        from == "" || to == "" || from == to || Beside.Contains(to) || Ground.Contains(to)
        || (from == Gathering && InOrder.Contains(to))
        || (Beside.Contains(from) && to == InOrder[0])
        || (InOrder.Contains(from) && Array.IndexOf(InOrder, to) is >= 0 and var place && place < Array.IndexOf(InOrder, from));
}
