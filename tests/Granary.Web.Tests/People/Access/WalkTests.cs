using System.Diagnostics;
using Granary.Testing;

namespace Granary.Web.Tests.People.Access;

/// <summary>
/// Every route × every built-in role × whose record it is (§2, §18). What a role may is computed from what it is granted; what is
/// out of reach answers like what is not there, and what is denied changes nothing.
/// </summary>
public sealed class WalkTests
{
    [Theory, OnBothDatabases]
    public async Task Nobody_does_or_sees_more_on_any_route_than_their_role_grants(DatabaseKind kind)
    {
        await using var walk = await Walk.Open(kind);
        var watch = Stopwatch.StartNew();
        var faults = await walk.Go(RouteTable.All());
        TestContext.Current.TestOutputHelper?.WriteLine($"{walk.Requests} requests in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(100))}");
    }
}
