using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Settings;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;
using Granary.Web.Settings;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Intake.Import.Records;

/// <summary>Says what is wrong with files and rows of accounts and opportunities, and what their fields are called.</summary>
public sealed class RecordWords(IStringLocalizer<ImportTexts> texts, ImportWords imports, CustomWords custom, Setting setting)
{
    /// <summary>The words of the error file of a kind.</summary>
    public ErrorWords ErrorFile(ImportKind kind) => new(texts["errorFile.number"], texts["errorFile.reason"], error => Of(kind, error));

    /// <summary>Why a file cannot be used.</summary>
    public string Of(UnusableFileException file) => imports.Of(file);

    /// <summary>What is wrong with a row: its column, or its field where no column fills it, and why.</summary>
    public string Of(ImportKind kind, RowError error)
    {
        var why = texts[$"record.{error.Code}"] is { ResourceNotFound: false } text ? text.Value : imports.Of(error with { Heading = null, Field = null });
        return (error.Heading ?? (error.Field is null ? null : Field(kind, error.Field))) is { } where ? texts["row.at", where, why] : why;
    }

    /// <summary>What is wrong with a plan.</summary>
    public string Of(ImportKind kind, FieldError error) => error.Code == FileCodes.MissingRequiredColumns
        ? texts["record.missing", string.Join(" / ", error.Field.Split('|').Select(f => Field(kind, f)))]
        : texts["row.at", Field(kind, error.Field.Split('.')[^1]), imports.Of(new RowError(0, error.Code, null, null, error.Limit))];

    /// <summary>Name of a field.</summary>
    public string Field(ImportKind kind, string path)
    {
        if (path.StartsWith("custom.", StringComparison.Ordinal))
        {
            var owner = kind == ImportKind.Accounts ? CustomFieldOwner.Account : CustomFieldOwner.Opportunity;
            return setting.Fields.Find(owner, path["custom.".Length..]) is { } field ? custom.Name(field) : path;
        }

        path = path.StartsWith("account.", StringComparison.Ordinal) ? path["account.".Length..] : path;
        path = path == "ownerId" ? "owner" : path;
        var known = texts[$"record.{RecordRoutes.Of(kind).Name}.{path}"];
        return known.ResourceNotFound ? imports.Field(path) : known.Value;
    }
}
