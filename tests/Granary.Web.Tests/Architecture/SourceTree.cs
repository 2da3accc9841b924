namespace Granary.Web.Tests.Architecture;

/// <summary>The files of the project, found from where the tests run.</summary>
internal static class SourceTree
{
    private static readonly string[] Made = ["bin", "obj", ".git", "artifacts", "TestResults"];

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths below a folder of the project, relative to the root, with forward slashes, without what builds make.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions) =>
    [
        .. Walk(Path.Combine(Root, folder))
            .Where(f => extensions.Contains(Path.GetExtension(f)))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Folders below a folder of the project, relative to the root, at every depth.</summary>
    public static IReadOnlyList<string> Folders(string folder) =>
    [
        .. WalkFolders(Path.Combine(Root, folder)).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a file.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(WalkFolders(folder).SelectMany(Directory.EnumerateFiles));

    private static IEnumerable<string> WalkFolders(string folder) =>
        Directory.EnumerateDirectories(folder)
            .Where(d => !Made.Contains(Path.GetFileName(d)))
            .SelectMany(d => WalkFolders(d).Prepend(d));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Granary.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests read the sources: run them inside the repository.");
    }
}
