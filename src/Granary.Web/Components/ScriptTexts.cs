using System.Text.Json;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Components;

/// <summary>Words that the scripts show, handed over in a meta element: the texts whose key starts with <c>js.</c>.</summary>
public static class ScriptTexts
{
    private const string Prefix = "js.";

    public static string Json(IStringLocalizer<UiTexts> texts) => JsonSerializer.Serialize(
        texts.GetAllStrings(includeParentCultures: true)
            .Where(text => text.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(text => text.Name[Prefix.Length..], text => text.Value));
}
