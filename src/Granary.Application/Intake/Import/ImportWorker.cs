using Granary.Application.Capture.Import;
using Granary.Application.Intake.Import.Records;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Granary.Application.Intake.Import;

/// <summary>Runs the confirmed imports of this database one after another, also those that another node left behind.</summary>
public sealed partial class ImportWorker(Store store, ImportRun run, RecordRun records, ImportFiles files, TimeProvider time, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2), Pause = TimeSpan.FromMinutes(1), Sweep = TimeSpan.FromHours(1);

    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = Poll;
            try
            {
                if (time.Now - _swept > Sweep)
                {
                    await files.Sweep(stoppingToken);
                    _swept = time.Now;
                }

                if (await Next(stoppingToken) is { } import)
                {
                    await (import.Kind == ImportKind.Leads ? run.Execute(import.Id, null, stoppingToken) : records.Execute(import.Id, stoppingToken));
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // What was committed stays; the import goes on from there.
                Stopped(log, e);
                wait = Pause;
            }

            await Task.Delay(wait, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ImportBatch?> Next(CancellationToken ct)
    {
        var now = time.Now;
        await using var db = store.Open();
        return await db.Set<ImportBatch>().AsNoTracking()
            .Where(b => b.State == ImportState.Running && (b.LeaseUntil == null || b.LeaseUntil <= now))
            .OrderBy(b => b.CreatedAt).FirstOrDefaultAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An import stopped; it is tried again in a minute.")]
    private static partial void Stopped(ILogger log, Exception e);
}
