using Granary.Application.Capture.Import;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Domain.Capture;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Policies;

namespace Granary.Application.Intake.Import;

/// <summary>What an import is to do with its file: confirmed by a human, or typed on the command line.</summary>
/// <param name="Mapping">How columns become fields.</param>
/// <param name="Mode">What happens to rows that are there already.</param>
/// <param name="KeyField">By which field a mode that updates finds its leads; one of <see cref="KeyFields"/>.</param>
public sealed record ImportPlan(ImportMapping Mapping, ImportMode Mode = ImportMode.Create, string? KeyField = null)
{
    private static readonly UpdateKey[] Keys = [UpdateKey.ExternalId, UpdateKey.Phone, UpdateKey.Email, UpdateKey.CreditCode];

    /// <summary>Fields that can be a key.</summary>
    public static IReadOnlyList<string> KeyFields { get; } = [.. Keys.Select(UpdateTargets.Path)];

    /// <summary>The plan an import was confirmed with, or drafted.</summary>
    public static ImportPlan? Of(ImportBatch import) =>
        import.Mapping is { } json && ImportMapping.Read(json).Mapping is { } mapping ? new ImportPlan(mapping, import.Mode, import.KeyField) : null;

    /// <summary>What is wrong with the plan for a file with these headings; none when it can be carried out.</summary>
    public IReadOnlyList<FieldError> Validate(IReadOnlyList<string> headings, CapturePolicy capture)
    {
        List<FieldError> errors = [.. Mapping.Validate().Select(e => e with { Field = $"mapping.{e.Field}" })];
        if (errors.Count > 0)
        {
            return errors;
        }

        if (Mode != ImportMode.Create && KeyField is null)
        {
            errors.Add(new FieldError("key", "required"));
        }
        else if (Mode != ImportMode.Create && !KeyFields.Contains(KeyField))
        {
            errors.Add(new FieldError("key", "unknown_value"));
        }

        errors.AddRange(Unsupplied(headings, capture).Select(f => new FieldError(f, FileCodes.MissingRequiredColumns)));
        return errors;
    }

    /// <summary>How a row of this plan updates; null when rows come in like any submission.</summary>
    public LeadUpdate? Update(Viewer? viewer) =>
        Mode == ImportMode.Create ? null : new LeadUpdate(Array.Find(Keys, k => UpdateTargets.Path(k) == KeyField), Mode == ImportMode.Upsert, viewer);

    private IEnumerable<string> Unsupplied(IReadOnlyList<string> headings, CapturePolicy capture)
    {
        var key = Mode == ImportMode.Create || KeyField is null ? [] : new[] { KeyField };
        if (Mode == ImportMode.Update)
        {
            return Mapping.Unsupplied(headings, new RequiredFields(key)).Where(f => f != "channel");
        }

        var required = capture.For(Mapping.Constants.GetValueOrDefault("channel"), isEnteredByStaff: false);
        return Mapping.Unsupplied(headings, required.And(new RequiredFields(key)));
    }
}
