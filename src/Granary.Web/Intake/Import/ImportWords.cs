using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Granary.Web.Capture;
using Granary.Web.Localisation;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Import;

/// <summary>Says what is wrong with files, mappings and rows.</summary>
public sealed class ImportWords(IStringLocalizer<ImportTexts> texts, ImportText names, FieldErrorText fields)
{
    /// <summary>The words of the error file.</summary>
    public ErrorWords ErrorFile => new(texts["errorFile.number"], texts["errorFile.reason"], Of);

    /// <summary>Why a file cannot be used.</summary>
    public string Of(UnusableFileException file) => Fill(texts[$"file.{file.Code}"], file.Facts);

    /// <summary>Why an import stopped.</summary>
    public string Stopped(string code) => texts[$"stopped.{code}"] is { ResourceNotFound: false } text ? text : texts["stopped"];

    /// <summary>What a human should know about a file.</summary>
    public string Of(FileWarning warning) => texts[$"warning.{warning.Code}"].Value.Replace("{detail}", warning.Detail, StringComparison.Ordinal);

    /// <summary>What is wrong with a row: its column, or its field where no column fills it, and why.</summary>
    public string Of(RowError error)
    {
        var why = texts[$"row.{error.Code}"] is { ResourceNotFound: false } text
            ? text.Value.Replace("{limit}", error.Limit, StringComparison.Ordinal)
            : names.Why(error) ?? fields.Of(new FieldError(error.Field ?? "", error.Code, error.Limit));
        // Which of the ways to reach somebody is filled is all the same.
        return error.Code == "contact_required" ? why : (error.Heading ?? (error.Field is null ? null : Field(error.Field))) is { } where ? texts["row.at", where, why] : why;
    }

    /// <summary>What is wrong with a plan; missing columns are named together.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<FieldError> errors)
    {
        var missing = errors.Where(e => e.Code == FileCodes.MissingRequiredColumns).Select(e => Field(e.Field)).ToList();
        var others = errors.Where(e => e.Code != FileCodes.MissingRequiredColumns).Select(e => texts["row.at", Field(e.Field), fields.Of(e)].Value);
        return missing.Count == 0 ? [.. others] : [Of(UnusableFileException.MissingColumns(missing)), .. others];
    }

    /// <summary>Name of a field of a plan or of a lead.</summary>
    public string Field(string path)
    {
        var known = texts[$"field.{path.Split('[')[0]}"];
        return known.ResourceNotFound ? names.Field(path) : known.Value;
    }

    private static string Fill(string text, IReadOnlyDictionary<string, string> facts) =>
        facts.Aggregate(text, (words, fact) => words.Replace($"{{{fact.Key}}}", fact.Value, StringComparison.Ordinal));
}
