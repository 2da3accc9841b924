using System.Text.RegularExpressions;
using Granary.Application.Capture.Import;
using Granary.Domain.Capture.Mapping;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Capture;

/// <summary>Says in the reader's language what is wrong with a file or a row of it, and what the fields are called.</summary>
public sealed partial class ImportText(IStringLocalizer<ImportTexts> texts, IStringLocalizer<FieldErrorTexts> fieldErrors)
{
    /// <summary>Heading of the row's number in an error file.</summary>
    public string RowNumberHeading => texts["file.row_number"];

    /// <summary>Heading of the reason in an error file.</summary>
    public string ReasonHeading => texts["file.reason"];

    /// <summary>Why a file cannot be imported.</summary>
    public string Of(UnusableFileException file) => Placeholder().Replace(
        Found(file.Code, texts[$"error.{file.Code}"]),
        hole => hole.Groups[1].Value is var name && file.Facts.GetValueOrDefault(name) is { } fact
            ? name == "fields" ? string.Join(", ", fact.Split(", ").Select(Field)) : fact
            : "–");

    /// <summary>Why a row was left out, with the column or field it is about.</summary>
    public string Of(RowError error)
    {
        var own = texts[$"error.{error.Code}"];
        var said = Found(error.Code, own.ResourceNotFound ? fieldErrors[error.Code] : own).Replace("{limit}", error.Limit ?? "–", StringComparison.Ordinal);
        var about = error.Heading ?? (error.Field is null ? null : Field(error.Field));
        return about is null ? said : $"{about}: {said}";
    }

    /// <summary>What a human should know about a file.</summary>
    public string Of(FileWarning warning) =>
        Found(warning.Code, texts[$"warning.{warning.Code}"]).Replace("{detail}", warning.Detail, StringComparison.Ordinal);

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

    private static string Found(string code, LocalizedString text) => text.ResourceNotFound ? code : text.Value;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
