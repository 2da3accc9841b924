using Granary.Application.Capture.Import;
using Granary.Application.Settings;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Application.Intake.Import.Records;

/// <summary>What an import of records is to do with its file.</summary>
/// <param name="Mapping">How columns become fields.</param>
/// <param name="Mode">What happens to records that are there already.</param>
/// <param name="KeyField">By which field a mode that updates finds its records.</param>
public sealed record RecordPlan(RecordMapping Mapping, ImportMode Mode = ImportMode.Create, string? KeyField = null)
{
    /// <summary>The plan that an import was confirmed with, or drafted; null while there is none.</summary>
    public static RecordPlan? Of(ImportBatch import) =>
        import.Mapping is { } json && RecordMapping.Read(json).Mapping is { } mapping ? new RecordPlan(mapping, import.Mode, import.KeyField) : null;

    /// <summary>What is wrong with it for a file with these headings; none when it can be carried out.</summary>
    public IReadOnlyList<FieldError> Validate(IReadOnlyList<string> headings, RecordImport records, Setting setting)
    {
        List<FieldError> errors = [.. Mapping.Validate(records.Fields(setting)).Select(e => e with { Field = $"mapping.{e.Field}" })];
        if (!Enum.IsDefined(Mode))
        {
            errors.Add(new FieldError("mode", "not_a_choice"));
        }
        else if (Mode != ImportMode.Create && KeyField is null)
        {
            errors.Add(new FieldError("key", "required"));
        }
        else if (Mode != ImportMode.Create && !records.KeyFields.Contains(KeyField))
        {
            errors.Add(new FieldError("key", "unknown_value"));
        }

        var supplied = Mapping.Supplied(headings);
        var needed = records.Required(Mode).Concat(Mode == ImportMode.Create || KeyField is null ? [] : [KeyField]).Distinct();
        errors.AddRange(needed.Where(f => !f.Split('|').Any(supplied.Contains)).Select(f => new FieldError(f, FileCodes.MissingRequiredColumns)));
        return errors;
    }
}
