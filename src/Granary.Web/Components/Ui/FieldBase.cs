using Microsoft.AspNetCore.Components;

namespace Granary.Web.Components.Ui;

/// <summary>What every form field has in common: a name for the form, words around the control, and its error.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>Name in the posted form, such as <c>Input.Company</c>.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    [Parameter]
    public string Label { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>Why the value was refused and what to do; null when it is fine.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    /// <summary>Keeps the label for screen readers only, as in a filter bar.</summary>
    [Parameter]
    public bool Bare { get; set; }

    [Parameter]
    public string? Class { get; set; }

    /// <summary>Other attributes of the control: placeholder, autocomplete, maxlength, inputmode …</summary>
    [Parameter(CaptureUnmatchedValues = true)]
    public IDictionary<string, object>? Attributes { get; set; }

    /// <summary>Set where one page has two fields of the same name.</summary>
    [Parameter]
    public string? Id { get; set; }

    protected string ControlId => Id ?? "f-" + Name.Replace('.', '-').Replace("[", "-", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    /// <summary>Ids of the words that describe the control; null without any.</summary>
    protected string? DescribedBy =>
        Error is not null ? $"{ControlId}-error" : Hint is not null ? $"{ControlId}-hint" : null;

    protected string? Invalid => Error is null ? null : "true";
}
