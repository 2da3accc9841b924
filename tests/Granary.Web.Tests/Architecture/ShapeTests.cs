using System.Text.RegularExpressions;

namespace Granary.Web.Tests.Architecture;

/// <summary>Sizes and names that a reader would stumble over.</summary>
public sealed partial class ShapeTests
{
    private const int Longest = 300;

    /// <summary>Files over the limit that were looked at, each with the reason why one file is right.</summary>
    private static readonly Dictionary<string, string> LongForAReason = [];

    /// <summary>Interfaces with fewer than two implementations in the product, each with its reason.</summary>
    private static readonly Dictionary<string, string> LoneInterfaces = new()
    {
        ["IFacts"] = "Policies read facts without knowing the later rooms that hold them.",
    };

    private static readonly string[] Sources = [".cs", ".razor", ".js"];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var tooLong = from file in SourceTree.Files("src", Sources)
                      let lines = SourceTree.Read(file).AsSpan().Count('\n')
                      where lines > Longest && !LongForAReason.ContainsKey(file)
                      select $"{file}: {lines} lines";
        Violations.None(tooLong);
    }

    [Fact]
    public void The_list_of_long_files_holds_long_files_only() =>
        Violations.None(LongForAReason.Keys.Where(f => !File.Exists(Path.Combine(SourceTree.Root, f)) || SourceTree.Read(f).AsSpan().Count('\n') <= Longest));

    // See DocumentHead: a section whose content changes while a page waits can end the process.
    [Fact]
    public void No_page_speaks_to_the_head_through_sections() =>
        Violations.None(SourceTree.Files("src", ".razor").Where(f => Section().IsMatch(SourceTree.Read(f))));

    [Fact]
    public void No_folder_is_a_place_for_everything() =>
        Violations.None(SourceTree.Folders("src").Concat(SourceTree.Folders("tests")).Where(f => VagueFolder().IsMatch(f)));

    [Fact]
    public void No_name_hides_what_a_thing_is() =>
        Violations.None(SourceTree.Files("src", ".cs", ".razor").Where(f => VagueName().IsMatch(f)));

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var left = from file in SourceTree.Files("src", [.. Sources, ".sql", ".css"])
                   from Match match in Unfinished().Matches(SourceTree.Read(file))
                   select $"{file}: {match.Value}";
        Violations.None(left);
    }

    [Fact]
    public void No_interface_has_a_single_implementation()
    {
        var classes = Rooms.Types.Where(t => t is { IsInterface: false, IsAbstract: false }).ToList();
        var lone = Rooms.Types
            .Where(t => t.IsInterface && !LoneInterfaces.ContainsKey(t.Name))
            .Where(i => classes.Count(c => c.GetInterfaces().Any(f => f == i || (f.IsGenericType && f.GetGenericTypeDefinition() == i))) < 2)
            .Select(i => i.FullName);
        Violations.None(lone);
    }

    [Fact]
    public void The_list_of_lone_interfaces_holds_interfaces_only() =>
        Violations.None(LoneInterfaces.Keys.Except(Rooms.Types.Where(t => t.IsInterface).Select(t => t.Name)));

    [GeneratedRegex(@"(^|/)(Core|Common|Shared|Helpers?|Utils?|Utilities|Managers?|Misc)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex VagueFolder();

    [GeneratedRegex(@"(Helper|Util|Manager|Common|Misc|Impl)s?\.(cs|razor)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"NotImplementedException|\b(TODO|FIXME|HACK)\b|#region")]
    private static partial Regex Unfinished();

    [GeneratedRegex("<(PageTitle|HeadContent|HeadOutlet|SectionContent|SectionOutlet)\\b")]
    private static partial Regex Section();
}
