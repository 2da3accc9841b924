namespace Granary.Web.Desk;

/// <summary>The versions of two records that a merge was chosen from.</summary>
public sealed class SeenVersions
{
    public int? Survivor { get; set; }

    public int? Merged { get; set; }
}
