using Granary.Domain.Capture;
using Granary.Web.Hosting;

namespace Granary.Web.Intake;

/// <summary>The organisation's own table of mobile areas (docs/import.md).</summary>
internal static class MobileAreasFile
{
    /// <summary>
    /// The organisation's table of mobile areas: <c>Granary:MobileAreas</c>, else <c>mobile-areas.csv</c> in the data folder where it is there.
    /// </summary>
    /// <exception cref="UnusableConfigurationException">The file is named but not there, or a line cannot be read.</exception>
    public static MobileAreas Read(IConfiguration configuration)
    {
        var named = configuration["Granary:MobileAreas"];
        var file = named ?? Path.Combine(configuration["Granary:DataDirectory"]!, "mobile-areas.csv");
        if (named is null && !File.Exists(file))
        {
            return MobileAreas.None;
        }

        try
        {
            return MobileAreas.Read(File.ReadLines(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UnusableConfigurationException($"The table of mobile areas {file} cannot be used: {e.Message}");
        }
    }
}
