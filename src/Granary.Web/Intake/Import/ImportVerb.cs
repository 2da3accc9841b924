using System.CommandLine;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Domain.Capture.Mapping;
using Granary.Web.Commands;

namespace Granary.Web.Intake.Import;

/// <summary><c>import FILE</c>: imports a file and prints what became of its rows.</summary>
internal static class ImportVerb
{
    private static readonly string[] Modes = ["create", "upsert", "update"];

    public static Verb Make()
    {
        var file = new Argument<string>("FILE") { Description = "CSV, TSV or XLSX." };
        var channel = new Option<string?>("--channel") { Description = "Channel of rows without one, as \"level 1/level 2\"." };
        var mapping = new Option<string?>("--mapping") { Description = "Mapping file (docs/import.md); without it the columns are guessed." };
        var mode = new Option<string>("--mode") { Description = "create makes leads, update changes those found by the key, upsert does both.", DefaultValueFactory = _ => Modes[0] };
        mode.AcceptOnlyFromAmong(Modes);
        var key = new Option<string?>("--key") { Description = $"Field by which leads are found: {string.Join(", ", ImportPlan.KeyFields)}." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Tell what would happen and change nothing." };
        var errors = new Option<string?>("--errors") { Description = "Write the rows that were left out to this file." };
        var command = new Command("import", "Import leads from a file.") { file, channel, mapping, mode, key, dryRun, errors };
        command.SetAction(_ => { });
        return new Verb(command, async (parse, place, ct) =>
        {
            var typed = new TypedImport(
                place.File(parse.GetRequiredValue(file)),
                parse.GetValue(channel),
                parse.GetValue(mapping) is { } map ? place.File(map) : null,
                Enum.Parse<ImportMode>(parse.GetRequiredValue(mode), ignoreCase: true),
                parse.GetValue(key),
                parse.GetValue(dryRun),
                parse.GetValue(errors) is { } bad ? place.File(bad) : null);
            return await new ImportCommand(place, typed).Run(ct);
        });
    }
}

/// <summary>An import as it was typed.</summary>
internal sealed record TypedImport(string File, string? Channel, string? Mapping, ImportMode Mode, string? Key, bool DryRun, string? Errors);
