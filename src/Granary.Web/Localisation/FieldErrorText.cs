using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Localisation;

/// <summary>Says why a field was refused and what to do: the text <c>field.{code}</c> of the component set, with <c>{limit}</c>.</summary>
public sealed class FieldErrorText(IStringLocalizer<UiTexts> texts)
{
    public string Of(FieldError error)
    {
        var text = texts[$"field.{error.Code}"];
        return text.ResourceNotFound ? texts["field.invalid"].Value : text.Value.Replace("{limit}", error.Limit, StringComparison.Ordinal);
    }

    /// <summary>The words for one field of a form; null when it was accepted.</summary>
    public string? For(IReadOnlyList<FieldError> errors, string field) =>
        errors.FirstOrDefault(error => error.Field == field) is { } error ? Of(error) : null;
}
