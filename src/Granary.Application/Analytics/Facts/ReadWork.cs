namespace Granary.Application.Analytics.Facts;

/// <summary>Reads figures of work.</summary>
internal static class ReadWork
{
    /// <summary>The figures of a period by key.</summary>
    /// <param name="work">Whose work is looked at.</param>
    /// <param name="cube">Which figures.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, included.</param>
    /// <param name="byOwner">Whether owners stay apart.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IReadOnlyList<CellAnswer>> Of(ReportWork work, WorkCube cube, DateOnly from, DateOnly to, bool byOwner, CancellationToken ct) =>
        ReadSheets.Of(work.Db, (int)cube, new(work.Filter.Owners, from, to) { ByOwner = byOwner }, ct);

    /// <summary>Gives several figures to a sink, in one read.</summary>
    public static Task Into(CellSink sink, ReportWork work, WorkCube[] cubes, DateOnly from, DateOnly to, bool byOwner, CancellationToken ct) =>
        ReadSheets.Into(sink, work.Db, [.. cubes.Select(c => (int)c)], new(work.Filter.Owners, from, to) { ByOwner = byOwner }, ct);
}
