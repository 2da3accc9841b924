using System.Text.Json;

namespace Granary.Web.Hosting;

/// <summary>How to get into the demo organisation, kept in the data folder for <c>demo-info</c>.</summary>
/// <param name="SignIns">One person for each role.</param>
/// <param name="Key">API key of the administrator.</param>
public sealed record DemoSheet(IReadOnlyList<DemoSignIn> SignIns, string Key)
{
    /// <summary>The demo of a folder; null when there is none.</summary>
    public static DemoSheet? Read(DataFolder folder) => File.Exists(PathIn(folder)) ? JsonSerializer.Deserialize<DemoSheet>(File.ReadAllText(PathIn(folder))) : null;

    /// <summary>Keeps it, readable by the owner only.</summary>
    public void Keep(DataFolder folder) => OwnersFile.Write(PathIn(folder), JsonSerializer.Serialize(this));

    private static string PathIn(DataFolder folder) => Path.Combine(folder.Directory, "demo.json");
}

/// <summary>A person of the demo.</summary>
/// <param name="Role">Role key.</param>
/// <param name="Email">Sign-in name.</param>
/// <param name="Password">Password.</param>
public sealed record DemoSignIn(string Role, string Email, string Password);

/// <summary>Fills an empty organisation before the demo is served; registered by whoever has the scenario.</summary>
public delegate Task DemoSeed(IServiceProvider services, CancellationToken ct);
