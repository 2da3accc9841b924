using Granary.Domain.Capture.Mapping;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Capture;

/// <summary>Says in the reader's language what is wrong with a row that was read, and what the fields of a lead are called.</summary>
public sealed class ImportText(IStringLocalizer<ImportTexts> texts, IStringLocalizer<FieldErrorTexts> fieldErrors)
{
    /// <summary>Why a row was left out, with the column or field it is about.</summary>
    public string Of(RowError error)
    {
        var said = Why(error) ?? fieldErrors[error.Code].Value.Replace("{limit}", error.Limit ?? "–", StringComparison.Ordinal);
        var about = error.Heading ?? (error.Field is null ? null : Field(error.Field));
        return about is null ? said : $"{about}: {said}";
    }

    /// <summary>Why a cell could not be read; null where the code is not one of reading.</summary>
    public string? Why(RowError error) =>
        texts[$"error.{error.Code}"] is { ResourceNotFound: false } text ? text.Value.Replace("{limit}", error.Limit ?? "–", StringComparison.Ordinal) : null;

    /// <summary>Name of a field by its path; custom fields and touches have their own name behind the common one.</summary>
    public string Field(string path)
    {
        var name = texts[$"field.{path.Split('[')[0]}"];
        if (!name.ResourceNotFound)
        {
            return name;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && texts[$"field.{path[..dot]}"] is { ResourceNotFound: false } group ? $"{group.Value} {path[(dot + 1)..]}" : path;
    }
}
