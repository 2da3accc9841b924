namespace Granary.Web.Components.Ui;

/// <summary>A step of a breadcrumb.</summary>
public sealed record Crumb(string Label, string Href);

/// <summary>A tab: a view of its own address.</summary>
/// <param name="Count">How many records wait behind it, where that helps to choose.</param>
public sealed record Tab(string Label, string Href, bool Active = false, int? Count = null);

/// <summary>A filter in force.</summary>
/// <param name="Without">The address of the list without this filter.</param>
public sealed record Chip(string Label, string Value, string Without);

/// <summary>An option of a select, radio group or combobox.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null);

/// <summary>Where a step of a process stands.</summary>
public enum StepState
{
    Ahead,
    Done,
    Current,
    Failed,
}

/// <summary>A step of a process.</summary>
public sealed record Step(string Label, StepState State, string? Href = null);
