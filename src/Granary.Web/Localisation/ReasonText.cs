using System.Text.RegularExpressions;
using Granary.Domain.Policies;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Localisation;

/// <summary>
/// Says a <see cref="Reason"/> in the reader's language. The words are the text <c>reason.{code}</c> of the room that
/// the step belongs to; <c>{fact}</c> stands for the fact of that name and <c>{rule}</c> for the rule. A value that has
/// words of its own is said by the room's text <c>value.{name}.{value}</c> or <c>{name}.{value}</c>.
/// </summary>
public sealed partial class ReasonText(IStringLocalizerFactory texts)
{
    // By name, so that a step's words are found without this class knowing every room.
    private static readonly Dictionary<string, string> Rooms = new(StringComparer.Ordinal)
    {
        ["capture"] = "Capture",
        ["cleanse"] = "Cleansing",
        ["match"] = "Matching",
        ["score"] = "Scoring",
        ["review"] = "Review",
        ["assign"] = "Assignment",
        ["own"] = "Ownership",
        ["followUp"] = "FollowUp",
    };

    /// <summary>The reason in words; its code where nobody has written any.</summary>
    public string Of(Reason reason)
    {
        if (!Rooms.TryGetValue(reason.Step, out var room))
        {
            return reason.Code;
        }

        var words = texts.Create($"{room}.{room}Texts", typeof(ReasonText).Assembly.GetName().Name!);
        var text = words[$"reason.{reason.Code}"];
        return text.ResourceNotFound ? reason.Code : Placeholder().Replace(text.Value, hole => Fact(reason, words, hole.Groups[1].Value));
    }

    private static string Fact(Reason reason, IStringLocalizer words, string name)
    {
        var value = reason.Facts.GetValueOrDefault(name) ?? (name == "rule" ? reason.Rule : null);
        if (value is null)
        {
            return "–";
        }

        foreach (var key in (ReadOnlySpan<string>)[$"value.{name}.{value}", $"{name}.{value}"])
        {
            if (words[key] is { ResourceNotFound: false } said)
            {
                return said.Value;
            }
        }

        return value;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
