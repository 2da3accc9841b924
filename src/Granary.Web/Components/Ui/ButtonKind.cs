namespace Granary.Web.Components.Ui;

/// <summary>How loud a button is; at most one primary in a view.</summary>
public enum ButtonKind
{
    Plain,
    Primary,
    Quiet,
    Danger,
}
