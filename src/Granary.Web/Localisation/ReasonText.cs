using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Text;
using Granary.Domain.Policies;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Localisation;

/// <summary>
/// Says a <see cref="Reason"/> in the reader's language. The words are the text <c>reason.{code}</c> of the room that
/// the step belongs to; <c>{fact}</c> stands for the fact of that name and <c>{rule}</c> for the rule. A value that has
/// words of its own is said by the room's text <c>value.{name}.{value}</c> or <c>{name}.{value}</c>. Texts are read once
/// per language and room: every lead that comes in is explained in several of them.
/// </summary>
public sealed class ReasonText(IStringLocalizerFactory texts)
{
    // A room, or a set of texts within one. By name, so that a step's words are found without this class knowing every room.
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
        ["deadline"] = "FollowUp.DeadlineTexts",
        ["split"] = "Campaigns.CampaignTexts",
    };

    private readonly ConcurrentDictionary<(CultureInfo Culture, string Step), FrozenDictionary<string, string>> _words = [];

    /// <summary>The reason in words; its code where nobody has written any.</summary>
    public string Of(Reason reason)
    {
        var words = _words.GetOrAdd((CultureInfo.CurrentUICulture, reason.Step), static (key, texts) => Read(key.Step, texts), texts);
        return words.TryGetValue($"reason.{reason.Code}", out var text) ? Fill(text, reason, words) : reason.Code;
    }

    private static FrozenDictionary<string, string> Read(string step, IStringLocalizerFactory texts)
    {
        if (!Rooms.TryGetValue(step, out var room))
        {
            return FrozenDictionary<string, string>.Empty;
        }

        try
        {
            return texts.Create(room.Contains('.', StringComparison.Ordinal) ? room : $"{room}.{room}Texts", typeof(ReasonText).Assembly.GetName().Name!)
                .GetAllStrings(includeParentCultures: true).ToFrozenDictionary(t => t.Name, t => t.Value, StringComparer.Ordinal);
        }
        catch (MissingManifestResourceException)
        {
            return FrozenDictionary<string, string>.Empty;
        }
    }

    private static string Fill(string text, Reason reason, FrozenDictionary<string, string> words)
    {
        var said = new StringBuilder(text.Length + 32);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
            {
                return said.Append(text, at, text.Length - at).ToString();
            }

            said.Append(text, at, open - at).Append(Fact(reason, words, text[(open + 1)..close]));
            at = close + 1;
        }

        return said.ToString();
    }

    private static string Fact(Reason reason, FrozenDictionary<string, string> words, string name)
    {
        var value = reason.Facts.GetValueOrDefault(name) ?? (name == "rule" ? reason.Rule : null);
        return value is null ? "–"
            : words.TryGetValue($"value.{name}.{value}", out var said) || words.TryGetValue($"{name}.{value}", out said) ? said
            : value;
    }
}
