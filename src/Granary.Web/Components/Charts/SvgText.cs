using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Granary.Web.Components.Charts;

/// <summary>An SVG <c>text</c> element, which Razor's own tag of that name would swallow inside code blocks.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter, EditorRequired]
    public string Value { get; set; } = "";

    [Parameter(CaptureUnmatchedValues = true)]
    public IDictionary<string, object>? Attributes { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddMultipleAttributes(1, Attributes);
        builder.AddContent(2, Value);
        builder.CloseElement();
    }
}
