namespace Granary.Web.Commands;

/// <summary>Where a command is carried out: by the process that has the data, for the person who typed it.</summary>
/// <param name="Services">Services of the product, scoped to this command.</param>
/// <param name="Directory">The folder in which the command was typed.</param>
/// <param name="Out">What the person reads.</param>
/// <param name="Error">Where errors go.</param>
public sealed record Workplace(IServiceProvider Services, string Directory, TextWriter Out, TextWriter Error)
{
    /// <summary>A file as the person named it.</summary>
    public string File(string name) => Path.GetFullPath(name, Directory);
}
