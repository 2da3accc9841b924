using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Storage;

/// <summary>
/// A consumer's walk over all records of a kind, beside the events it follows: once at the beginning, and anew when something changed
/// that concerns them all. Its position is the upper half of an id, its time and twelve random bits.
/// </summary>
/// <param name="Name">Name of its position.</param>
/// <param name="Step">How many records are taken in one transaction.</param>
public sealed record LogWalk(string Name, int Step)
{
    /// <summary>The position of a walk that has ended.</summary>
    public const long Arrived = long.MaxValue;

    /// <summary>Takes everything that is in the log by now, and walks to the end.</summary>
    /// <param name="store">Store.</param>
    /// <param name="log">The log.</param>
    /// <param name="follow">Follows the events up to a position in one transaction; says how many it read.</param>
    /// <param name="batch">How many events a full read has.</param>
    /// <param name="step">Takes one step in one transaction; says whether the walk goes on.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>How many events were read.</returns>
    public static async Task<int> Run(Store store, EventLog log, Func<WriteScope, long, Task<int>> follow, int batch, Func<WriteScope, Task<bool>> step, CancellationToken ct)
    {
        var total = 0;
        for (var walking = true; walking;)
        {
            var upTo = await log.Settled(ct);
            int read;
            do
            {
                read = await store.Write(scope => follow(scope, upTo), ct);
                total += read;
            }
            while (read == batch);
            walking = await store.Write(step, ct);
        }

        return total;
    }

    /// <summary>Whether it has not ended.</summary>
    public Task<bool> IsGoing(GranaryDb db, CancellationToken ct) => db.Set<LogPosition>().AnyAsync(p => p.Consumer == Name && p.Position < Arrived, ct);

    /// <summary>Begins anew; whoever walks at this moment ends their step first.</summary>
    public async Task Begin(WriteScope scope, CancellationToken ct)
    {
        if (await scope.Db.Set<LogPosition>().Where(p => p.Consumer == Name).ExecuteUpdateAsync(p => p.SetProperty(x => x.Position, 0), ct) == 0)
        {
            scope.Db.Add(new LogPosition { Consumer = Name });
            await scope.Db.SaveChangesAsync(ct);
        }
    }

    /// <summary>Takes one step.</summary>
    /// <param name="scope">The transaction.</param>
    /// <param name="next">The ids that are walked over, from one on; order and number are the walk's.</param>
    /// <param name="act">What is done with the ids of the step.</param>
    /// <param name="ct">Cancellation.</param>
    /// <returns>Whether it goes on.</returns>
    public async Task<bool> Go(WriteScope scope, Func<Guid, IQueryable<Guid>> next, Func<Guid[], Task> act, CancellationToken ct)
    {
        if (!await IsGoing(scope.Db, ct) || await EventLog.Take(scope, Name, ct) is not { Position: < Arrived } position)
        {
            return false;
        }

        var ids = await next(IdOrder.Id(position.Position)).OrderBy(id => id).Take(Step).ToArrayAsync(ct);
        position.Position = ids.Length < Step ? Arrived : Math.Max(IdOrder.UpperHalf(ids[^1]), position.Position + 1);
        await scope.Db.SaveChangesAsync(ct);
        if (ids.Length > 0)
        {
            await act(ids);
        }

        return ids.Length == Step;
    }
}
