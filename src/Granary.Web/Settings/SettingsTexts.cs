namespace Granary.Web.Settings;

/// <summary>Words of the settings pages.</summary>
public sealed class SettingsTexts;
