using Granary.Application.Capture;
using Granary.Application.Intake;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture.Mapping;
using Granary.Domain.Matching;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Intake.Import;

/// <summary>What an import would do.</summary>
/// <param name="Counts">What would become of the rows.</param>
/// <param name="Errors">The first errors.</param>
/// <param name="Differences">The first leads that would change.</param>
public sealed record ImportForecast(ImportCounts Counts, IReadOnlyList<RowError> Errors, IReadOnlyList<RowDifference> Differences);

/// <summary>What a row would change.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="Lead">Its company or contact.</param>
/// <param name="Changes">Before and after by field.</param>
public sealed record RowDifference(int Row, Guid LeadId, string? Lead, IReadOnlyList<FieldChange> Changes);

/// <summary>The trial of one chunk after the other, which remembers what earlier chunks would have made.</summary>
internal sealed class ImportTrial(ImportReader reader)
{
    private const int MostErrors = 100, MostDifferences = 50;

    private readonly List<RowError> _errors = [];
    private readonly List<RowDifference> _differences = [];
    private ImportCounts _counts;
    private KeyBook? _book;
    private UpdateTargets? _targets;

    public ImportForecast Result => new(_counts, _errors, _differences);

    /// <summary>Decides what would become of a chunk by the rules that landing uses.</summary>
    public async Task Try(WriteScope scope, Setting setting, Vault vault, RowChunk chunk, CancellationToken ct)
    {
        var items = chunk.Prepared.Items;
        var repeats = await Repeats.Find(scope, vault, items, ct);
        _targets = await UpdateTargets.Find(scope.Db, items, ct, _targets);
        _book = items.Count == 0 ? _book : await KeyBook.Look(scope, items, _book, ct);
        var landed = items.Select(i => Try(i, repeats, setting)).ToList();
        chunk.Prepared.Answer([.. landed.Select(l => l.Result)]);
        foreach (var (row, result) in chunk.With(chunk.Prepared.Results))
        {
            _counts = _counts.And(result);
            if (result is null or IntakeResult.Refused)
            {
                _errors.AddRange((result is IntakeResult.Refused refused ? reader.Locate(row.Row, refused.Errors) : row.Errors).Take(MostErrors - _errors.Count));
            }
        }

        await Compare(scope.Db, [.. landed.Where(l => l.Changes is not null).Select(l => (l.Item, l.Changes!.Value))], ct);
    }

    private (Prepared Item, IntakeResult Result, Guid? Changes) Try(Prepared item, Repeats repeats, Setting setting)
    {
        if (_targets!.Refusal(item) is { } refusal)
        {
            return (item, refusal, null);
        }

        var target = item.Held ? null : _targets.Of(item);
        if (target is null && repeats.Has(item))
        {
            return (item, repeats.Of(item)!, null);
        }

        var match = item.Held || target is not null ? null : DuplicateCheck.Decide(item.Duplicates, _book!.Candidates(item), item.Lead.ReceivedAt);
        target ??= match?.TargetLeadId;
        var outcome = item.Held ? LandingOutcome.Held
            : target is not null ? LandingOutcome.Refreshed
            : match!.Outcome == MatchOutcome.ConvertedToExisting && setting.CanOwn(match.OwnerId) ? LandingOutcome.ConvertedToExisting
            : match.SourceLeadId is null ? LandingOutcome.Created : LandingOutcome.Linked;
        if (target is null)
        {
            (item.Lead.SourceLeadId, item.Lead.PoolId) = (match?.SourceLeadId, item.Held ? setting.Pools.Invalid : null);
            _targets.Enter(item, item.Lead.Id);
            _ = _book!.Enter(item, item.Lead).Count();
        }

        return (item, new IntakeResult.Landed(Landing.Of(item.Lead, outcome, [])), target);
    }

    private async Task Compare(GranaryDb db, List<(Prepared Item, Guid Lead)> changes, CancellationToken ct)
    {
        changes = [.. changes.Take(MostDifferences - _differences.Count)];
        if (changes.Count == 0)
        {
            return;
        }

        var ids = changes.Select(c => c.Lead).Distinct().ToArray();
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        foreach (var (item, id) in changes)
        {
            if (leads.TryGetValue(id, out var lead))
            {
                var name = lead.CompanyName ?? lead.ContactName;
                var fields = item.Request.Update is null ? LeadRefresh.Apply(item.Lead, lead) : FieldUpdate.Apply(item.Lead, lead);
                _differences.Add(new RowDifference(item.Request.Import!.Number, id, name, fields));
            }
        }
    }
}

/// <summary>Tells what an import would do, without writing anything.</summary>
public sealed class ForecastImport(Store store, Vault vault, SettingCache settings, LeadIntake intake)
{
    /// <summary>Goes through a whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fileName">Its name.</param>
    /// <param name="plan">A valid plan.</param>
    /// <param name="viewer">Who imports; null for the command line.</param>
    /// <param name="progress">Told the number of rows gone through.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="Capture.Import.UnusableFileException">The file cannot be imported.</exception>
    public async Task<ImportForecast> Of(Stream file, string fileName, ImportPlan plan, Viewer? viewer, IProgress<int>? progress = null, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        using var reader = new ImportReader(file, fileName, plan.Mapping, setting.Calendar.Zone, vault);
        var trial = new ImportTrial(reader);
        foreach (var rows in reader.Rows(0).Chunk(ImportRun.ChunkRows))
        {
            var chunk = await RowChunk.Prepare(rows, Guid.Empty, viewer?.UserId, plan, plan.Update(viewer), intake, learns: false, ct);
            await store.Look(
                async scope =>
                {
                    await trial.Try(scope, setting, vault, chunk, ct);
                    return 0;
                },
                ct);
            progress?.Report(trial.Result.Counts.Rows);
        }

        return trial.Result;
    }
}
