using System.Xml.Linq;

namespace Granary.Web.Tests.Architecture;

/// <summary>Documents that would lie as soon as the project moves on without them.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_map_shows_every_room()
    {
        var map = SourceTree.Read("docs/map.md");
        var rooms = from floor in new[] { "Domain", "Application", "Web" }
                    from folder in Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src", $"Granary.{floor}"))
                    let room = Path.GetFileName(folder)
                    where SourceTree.Files($"src/Granary.{floor}/{room}", ".cs", ".razor").Count > 0 && room is not ("bin" or "obj")
                    select room;
        Violations.None(rooms.Distinct().Where(r => !map.Contains($"| {r} |", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_map_shows_no_room_that_is_not_in_the_plan()
    {
        var shown = SourceTree.Read("docs/map.md").Split('\n')
            .SkipWhile(l => !l.StartsWith("| room |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Split('|')[1].Trim());
        Assert.Equal(Rooms.InOrder.Concat(Rooms.Beside).Concat(Rooms.Ground), shown);
    }

    [Fact]
    public void Every_pinned_package_has_its_reason_and_no_reason_outlives_its_package()
    {
        var pinned = XDocument.Parse(SourceTree.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);
        var explained = SourceTree.Read("docs/dependencies.md").Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Where(l => l.Split('|')[2].Trim().Length > 10)
            .Select(l => l.Split('|')[1].Trim(' ', '`'));
        Assert.Equal(pinned.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_decision_says_context_decision_and_consequences()
    {
        var decisions = SourceTree.Files("docs/adr", ".md");
        Assert.NotEmpty(decisions);
        Violations.None(
            from file in decisions
            from part in new[] { "## Context", "## Decision", "## Consequences" }
            where !SourceTree.Read(file).Contains(part, StringComparison.Ordinal)
            select $"{file} lacks {part}");
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken = from file in SourceTree.Files("docs", ".md").Concat(["README.md", "CONTRIBUTING.md", "STYLE.md"])
                     from link in DocumentLinks.In(SourceTree.Read(file))
                     where !Path.Exists(Path.Combine(SourceTree.Root, Path.GetDirectoryName(file)!, link))
                     select $"{file} → {link}";
        Violations.None(broken);
    }
}
