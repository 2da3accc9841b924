namespace Granary.Web.Capture;

/// <summary>Words of the pages of forms and inbound hooks.</summary>
public sealed class DoorTexts;
