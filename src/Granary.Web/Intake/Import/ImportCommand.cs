using System.Globalization;
using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import;
using Granary.Application.Settings;
using Granary.Domain.Capture.Mapping;
using Granary.Web.Commands;

namespace Granary.Web.Intake.Import;

/// <summary>Carries out an import that was typed on the command line.</summary>
internal sealed class ImportCommand(Workplace place, TypedImport typed)
{
    private const int Unusable = 2;

    private readonly ImportWords _words = place.Services.GetRequiredService<ImportWords>();
    private readonly ImportFiles _files = place.Services.GetRequiredService<ImportFiles>();

    /// <summary>Imports and returns the exit code.</summary>
    public async Task<int> Run(CancellationToken ct)
    {
        // The command line speaks English, whoever carries it out.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        if (!File.Exists(typed.File))
        {
            await Complain([$"There is no file {typed.File}."]);
            return Unusable;
        }

        try
        {
            if (await Plan(ct) is not { } plan)
            {
                return Unusable;
            }

            return typed.DryRun ? await Try(plan, ct) : await Import(plan, ct);
        }
        catch (UnusableFileException e)
        {
            await Complain([_words.Of(e)]);
            return Unusable;
        }
        catch (OperationCanceledException)
        {
            await place.Error.WriteLineAsync("Interrupted. What was imported stays; the same command goes on from there.");
            return 1;
        }
    }

    private async Task<ImportPlan?> Plan(CancellationToken ct)
    {
        using var table = TableFile.Open(File.OpenRead(typed.File), typed.File);
        if (await Mapping(table, ct) is not { } mapping)
        {
            return null;
        }

        var plan = new ImportPlan(mapping, typed.Mode, typed.Key);
        var setting = await place.Services.GetRequiredService<SettingCache>().Get(ct);
        var errors = plan.Validate(table.Headings, setting.Capture);
        if (errors.Count == 0)
        {
            return plan;
        }

        await Complain(_words.Of(errors));
        return null;
    }

    private async Task<ImportMapping?> Mapping(Table table, CancellationToken ct)
    {
        foreach (var warning in table.Warnings)
        {
            await place.Error.WriteLineAsync(_words.Of(warning));
        }

        if (typed.Mapping is null)
        {
            var guess = MappingGuess.Guess(table.Headings, [.. table.Rows().Take(PreviewImport.FirstRows)]);
            foreach (var column in guess.Columns)
            {
                await place.Error.WriteLineAsync($"{column.Heading} → {column.Target ?? "(left out)"}");
            }

            return WithChannel(guess.Mapping);
        }

        if (!File.Exists(typed.Mapping))
        {
            await Complain([$"There is no file {typed.Mapping}."]);
            return null;
        }

        var (mapping, errors) = ImportMapping.Read(await File.ReadAllTextAsync(typed.Mapping, ct));
        await Complain(_words.Of(errors));
        return mapping is null ? null : WithChannel(mapping);
    }

    // A mapping that names the channel itself knows better.
    private ImportMapping WithChannel(ImportMapping mapping) =>
        typed.Channel is null || mapping.Constants.Keys.Any(k => k.StartsWith("channel", StringComparison.Ordinal))
            ? mapping
            : mapping with { Constants = new Dictionary<string, string>(mapping.Constants) { ["channel"] = typed.Channel } };

    private async Task<int> Try(ImportPlan plan, CancellationToken ct)
    {
        var forecast = await place.Services.GetRequiredService<ForecastImport>().Of(
            File.OpenRead(typed.File), typed.File, plan, null, new Told<int>(rows => place.Error.WriteLine($"{rows:N0} rows")), ct);
        foreach (var error in forecast.Errors)
        {
            await place.Error.WriteLineAsync($"row {error.Row}: {_words.Of(error)}");
        }

        foreach (var change in forecast.Differences.SelectMany(d => d.Changes, (d, c) => (d.Row, Change: c)))
        {
            await place.Error.WriteLineAsync($"row {change.Row}: {change.Change.Field}: {change.Change.Before} → {change.Change.After}");
        }

        await Print(forecast.Counts);
        return 0;
    }

    private async Task<int> Import(ImportPlan plan, CancellationToken ct)
    {
        ImportBatch import;
        await using (var file = File.OpenRead(typed.File))
        {
            import = await _files.Keep(file, Path.GetFileName(typed.File), null, ct);
        }

        if (await _files.Interrupted(import, plan, ct) is { } interrupted)
        {
            await _files.Discard(import.Id, ct);
            import = interrupted;
            await place.Error.WriteLineAsync($"An import of this file was interrupted after {import.RowsDone:N0} rows; it goes on.");
        }
        else if (await place.Services.GetRequiredService<ConfirmImport>().Confirm(import, plan, ct) is { Count: > 0 } errors)
        {
            await Complain(_words.Of(errors));
            return Unusable;
        }

        var end = await place.Services.GetRequiredService<ImportRun>().Execute(import.Id, new Progress(place), ct);
        if (typed.Errors is not null)
        {
            await using var errors = File.Create(typed.Errors);
            await place.Services.GetRequiredService<ImportErrors>().Write(end, errors, _words.ErrorFile, ct);
        }

        await Print(ImportCounts.Of(end));
        if (end.State == ImportState.Done)
        {
            return 0;
        }

        await Complain([_words.Stopped(end.Error ?? "")]);
        return Unusable;
    }

    private Task Print(ImportCounts counts) => place.Out.WriteLineAsync(
        $"created={counts.Created} linked={counts.Linked} refreshed={counts.Refreshed} held={counts.Held} failed={counts.Failed}{(counts.Repeated > 0 ? $" repeated={counts.Repeated}" : "")}");

    private async Task Complain(IReadOnlyList<string> words)
    {
        foreach (var line in words)
        {
            await place.Error.WriteLineAsync(line);
        }
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }

    /// <summary>A line for each twentieth of the file.</summary>
    private sealed class Progress(Workplace place) : IProgress<ImportBatch>
    {
        private int _shown;

        public void Report(ImportBatch value)
        {
            var part = value.RowsTotal is > 0 and var total ? value.RowsDone * 20L / total : 0;
            if (part > _shown)
            {
                _shown = (int)part;
                place.Error.WriteLine($"{value.RowsDone:N0} of {value.RowsTotal:N0} rows");
            }
        }
    }
}
