using System.Text;

namespace Granary.Application.Capture;

/// <summary>How channel paths are written.</summary>
public static class ChannelPath
{
    /// <summary>One form for one channel: normal width, no space around the levels.</summary>
    public static string? Normalise(string? path) =>
        string.IsNullOrWhiteSpace(path) ? null : string.Join('/', path.Normalize(NormalizationForm.FormKC).Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
