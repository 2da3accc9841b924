namespace Granary.Domain.Capture;

/// <summary>How far people have judged a lead (§12). Numbers are stored and never reused.</summary>
public enum QualificationStage
{
    /// <summary>Nobody has judged it, or it was sent back.</summary>
    Raw = 0,

    /// <summary>Marketing qualified.</summary>
    Mql = 1,

    /// <summary>Sales qualified.</summary>
    Sql = 2,
}
