namespace Granary.Web.Desk;

/// <summary>Marker of the pools' texts.</summary>
public sealed class PoolTexts;
