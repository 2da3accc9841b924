using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Granary.Web.Tests.Architecture;

/// <summary>Both languages say the same things.</summary>
public sealed partial class TextsTests
{
    private static readonly IReadOnlyList<string> Chinese =
        [.. SourceTree.Files("src", ".resx").Where(f => !f.EndsWith(".en.resx", StringComparison.Ordinal))];

    [Fact]
    public void Every_file_of_texts_has_its_English_one_and_the_other_way_round()
    {
        var english = SourceTree.Files("src", ".resx").Except(Chinese);
        Assert.Equal(Chinese.Select(English).Order(StringComparer.Ordinal), english.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_placeholders()
    {
        var different = from file in Chinese
                        let chinese = Texts(file)
                        let english = Texts(English(file))
                        from key in chinese.Keys.Union(english.Keys)
                        where !chinese.TryGetValue(key, out var zh) || !english.TryGetValue(key, out var en) || !Placeholders(zh).SetEquals(Placeholders(en))
                        select $"{file}: {key}";
        Violations.None(different);
    }

    [Fact]
    public void No_text_is_empty()
    {
        var empty = from file in Chinese.Concat(Chinese.Select(English))
                    from text in Texts(file)
                    where string.IsNullOrWhiteSpace(text.Value)
                    select $"{file}: {text.Key}";
        Violations.None(empty);
    }

    [Fact]
    public void No_English_text_is_Chinese()
    {
        var wrong = from file in Chinese.Select(English)
                    from text in Texts(file)
                    where HanWithoutLatin().IsMatch(text.Value)
                    select $"{file}: {text.Key}";
        Violations.None(wrong);
    }

    [Fact]
    public void Every_file_of_texts_has_the_type_that_names_it()
    {
        var types = typeof(Program).Assembly.GetTypes().Select(t => t.FullName).ToHashSet();
        var names = Chinese.Select(f => f["src/".Length..^".resx".Length].Replace('/', '.'));
        Violations.None(names.Where(n => !types.Contains(n)));
    }

    [Fact]
    public void Every_kind_of_event_has_words()
    {
        string[] files = ["Desk/DeskTexts", "Desk/AuditTexts", "Opportunities/OpportunityTexts", "Review/ReviewTexts", "Campaigns/CampaignTexts"];
        var words = files.SelectMany(f => Texts($"src/Granary.Web/{f}.resx").Keys).ToHashSet();
        var kinds = from file in SourceTree.Files("src/Granary.Application", ".cs")
                    from match in EventKind().Matches(SourceTree.Read(file)).Cast<Match>()
                    select match.Groups[1].Value;
        Violations.None(kinds.Distinct().Where(k => !words.Contains($"event.{k}")));
    }

    private static string English(string chinese) => $"{chinese[..^".resx".Length]}.en.resx";

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Parse(SourceTree.Read(file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static HashSet<string> Placeholders(string text) => [.. Placeholder().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\{\w+")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[^A-Za-z]*\p{IsCJKUnifiedIdeographs}[^A-Za-z]*$")]
    private static partial Regex HanWithoutLatin();

    // Kinds look like names of fields, but tell what happened: lead.assigned, calendar.day_set.
    [GeneratedRegex("\"([a-z_]+\\.(?:[a-z_]*_[a-z_]+|[a-z]+ed))\"")]
    private static partial Regex EventKind();
}
