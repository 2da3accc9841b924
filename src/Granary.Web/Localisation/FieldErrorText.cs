using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Localisation;

/// <summary>
/// Says why a field was refused and what to do, with <c>{limit}</c>: the words that capture has for the code, else the text
/// <c>field.{code}</c> of the component set.
/// </summary>
public sealed class FieldErrorText(IStringLocalizer<UiTexts> texts, IStringLocalizerFactory rooms)
{
    // By name, so that the words are found without knowing the room.
    private readonly IStringLocalizer _codes = rooms.Create("Capture.FieldErrorTexts", typeof(FieldErrorText).Assembly.GetName().Name!);

    public string Of(FieldError error)
    {
        var text = _codes[error.Code] is { ResourceNotFound: false } known ? known : texts[$"field.{error.Code}"];
        return text.ResourceNotFound ? texts["field.invalid"].Value : text.Value.Replace("{limit}", error.Limit, StringComparison.Ordinal);
    }

    /// <summary>The words for one field of a form; null when it was accepted.</summary>
    public string? For(IReadOnlyList<FieldError> errors, string field) =>
        errors.FirstOrDefault(error => error.Field == field) is { } error ? Of(error) : null;
}
