using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.People;

/// <summary>Reads leave: one's own and that of those one plans for.</summary>
public sealed class ReadLeave(Store store)
{
    /// <summary>A page of it, the latest asked first.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="state">Only in this state.</param>
    /// <param name="endsFrom">Only what ends on this day or later.</param>
    /// <param name="after">Id of the last one of the page before.</param>
    /// <param name="take">How many; one more is read.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<LeaveRequest>> Page(Viewer viewer, LeaveState? state, DateOnly? endsFrom, Guid? after, int take, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var leave = AskLeave.Known(db, viewer).AsNoTracking();
        leave = state is { } wanted ? leave.Where(l => l.State == wanted) : leave;
        leave = endsFrom is { } from ? leave.Where(l => l.LastDay >= from) : leave;
        leave = after is { } id ? leave.Where(l => l.Id < id) : leave;
        return await leave.OrderByDescending(l => l.Id).Take(take + 1).ToListAsync(ct);
    }

    /// <summary>How many wait for somebody's decision.</summary>
    public async Task<int> Waiting(Viewer viewer, CancellationToken ct = default)
    {
        await using var db = store.Open();
        var me = viewer.UserId;
        return await AskLeave.Known(db, viewer).CountAsync(l => l.State == LeaveState.Waiting && l.UserId != me, ct);
    }
}
