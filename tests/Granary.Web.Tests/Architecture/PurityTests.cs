using System.Reflection;
using Granary.Domain.Capture;

namespace Granary.Web.Tests.Architecture;

public sealed class PurityTests
{
    private static readonly string[] Impure = ["System.IO", "System.Net", "System.Data", "System.Diagnostics.Process", "Microsoft.", "Npgsql"];

    /// <summary>Values that live in an impure namespace and reach nothing themselves.</summary>
    private static readonly string[] Values = ["System.Net.IPAddress", "System.Net.IPNetwork", "Microsoft.CodeAnalysis.EmbeddedAttribute"];

    private static readonly (Type Type, string Member)[] Clocks =
    [
        (typeof(DateTime), nameof(DateTime.Now)), (typeof(DateTime), nameof(DateTime.UtcNow)), (typeof(DateTime), nameof(DateTime.Today)),
        (typeof(DateTimeOffset), nameof(DateTimeOffset.Now)), (typeof(DateTimeOffset), nameof(DateTimeOffset.UtcNow)),
    ];

    [Fact]
    public void The_domain_needs_no_package_and_no_other_project()
    {
        var project = SourceTree.Read("src/Granary.Domain/Granary.Domain.csproj");
        Assert.DoesNotContain("Reference Include", project, StringComparison.Ordinal);
    }

    [Fact]
    public void The_domain_reaches_no_file_no_network_and_no_database()
    {
        var reached = from type in typeof(LeadSubmission).Assembly.GetTypes()
                      where Rooms.Of(type) is not null
                      from used in References.Of(type).OfType<Type>()
                      where Impure.Any(i => $"{used.Namespace}.{used.Name}".StartsWith(i, StringComparison.Ordinal))
                          && !Values.Contains(used.FullName)
                      select $"{References.Outermost(type).FullName} uses {used.FullName}";
        Violations.None(reached);
    }

    [Fact]
    public void Nobody_reads_the_wall_clock()
    {
        var getters = Clocks.Select(c => c.Type.GetProperty(c.Member)!.GetMethod!).ToHashSet<MemberInfo>();
        var readers = Rooms.Types.Where(t => References.Of(t).Any(getters.Contains)).Select(t => References.Outermost(t).FullName);
        Violations.None(readers);
    }
}
