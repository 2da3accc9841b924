using FsCheck;

[assembly: CollectionBehavior(CollectionBehavior.CollectionPerClass, MaxParallelThreads = 2)]

namespace Granary.Domain.Tests;

internal static class Run
{
    /// <summary>How properties are checked: a failing case throws, shrunk.</summary>
    public static Config Property { get; } = Config.QuickThrowOnFailure.WithMaxTest(300);
}
