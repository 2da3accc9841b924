namespace Granary.Web.Components.Ui;

/// <summary>Marker of the component set's texts.</summary>
public sealed class UiTexts;
