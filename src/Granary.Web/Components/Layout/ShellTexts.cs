namespace Granary.Web.Components.Layout;

/// <summary>Marker of the shell's texts.</summary>
public sealed class ShellTexts;
