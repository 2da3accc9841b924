using System.Runtime.InteropServices;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which sheets of cubes are read.</summary>
/// <param name="Owners">Of whom; null of everybody.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day, included.</param>
internal sealed record SheetQuestion(IReadOnlyList<Guid>? Owners, DateOnly From, DateOnly To)
{
    /// <summary>Whether owners stay apart.</summary>
    public bool ByOwner { get; init; }

    /// <summary>Whether the cubes keep owners side by side.</summary>
    public bool Apart { get; init; } = true;

    /// <summary>Whether the people are found among all owners side by side: where each has one cell, that is less to read than a sheet of each.</summary>
    public bool Among { get; init; }

    /// <summary>Whether days or months stay apart.</summary>
    public CubeGrain Over { get; init; }

    /// <summary>Of the days only these, where they are told apart; null takes all.</summary>
    public IReadOnlySet<DateOnly>? Only { get; init; }

    /// <summary>The owners as keys begin with them, in the order of keys.</summary>
    public string[]? OwnerKeys { get; } = Owners is null ? null : [.. Owners.Select(o => o.ToString("N")).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Of the keys only these, or those that begin with one of them and a separator; null takes all.</summary>
    public IReadOnlyList<string>? Keys { get; init; }
}

/// <summary>Reads rollups: whole months from sheets of months, what is left at both ends from sheets of days.</summary>
internal static class ReadSheets
{
    private const int OwnerLength = 32;

    /// <summary>What a cube answers.</summary>
    public static async Task<IReadOnlyList<CellAnswer>> Of(GranaryDb db, int cube, SheetQuestion question, CancellationToken ct)
    {
        var sums = new CellSums();
        await Into(sums, db, [cube], question, ct);
        return sums.Answers;
    }

    /// <summary>Gives the cells of several cubes to a sink, in one read.</summary>
    public static Task Into(CellSink sink, GranaryDb db, IReadOnlyList<int> cubes, SheetQuestion question, CancellationToken ct) =>
        Give(sink, cubes, Of(db, cubes, question), question, _ => question.ByOwner, ct);

    /// <summary>Gives the cells of several cubes to a sink, and those of another, which keeps owners side by side, by owner, all in one read.</summary>
    public static Task Into(CellSink sink, GranaryDb db, IReadOnlyList<int> cubes, int byOwner, SheetQuestion question, CancellationToken ct) =>
        Give(sink, [.. cubes, byOwner], Of(db, cubes, question with { Among = false, ByOwner = false }).Concat(Of(db, [byOwner], question with { ByOwner = true })), question, cube => cube == byOwner, ct);

    private static IQueryable<ReportSheet> Of(GranaryDb db, IReadOnlyList<int> cubes, SheetQuestion question)
    {
        var sheets = Sheets(db, cubes, question);
        var whole = question is { ByOwner: true, Apart: true } ? ReportSheet.Apart : ReportSheet.Everybody;
        sheets = question.Among ? sheets.Where(s => s.OwnerId == ReportSheet.Apart) : question.Owners is { } owners ? sheets.Where(s => owners.Contains(s.OwnerId))
            : question is { ByOwner: true, Apart: false } ? sheets.Where(s => s.OwnerId != ReportSheet.Everybody && s.OwnerId != ReportSheet.Apart)
            : sheets.Where(s => s.OwnerId == whole);
        return Named(db, cubes, sheets);
    }

    private static IQueryable<ReportSheet> Sheets(GranaryDb db, IReadOnlyList<int> cubes, SheetQuestion question)
    {
        var periods = CellPeriod.Of(question.From, question.To, days: question.Over == CubeGrain.Day).Where(p => question.Only?.Contains(CellPeriod.First(p)) != false).ToArray();
        var sheets = db.Set<ReportSheet>().AsNoTracking().Where(s => periods.Contains(s.Period));
        int[] numbers = [.. cubes.Select(c => SharedSheets.Of(c).Sheet).Distinct()];
        return numbers is [var only] ? sheets.Where(s => s.Cube == only) : sheets.Where(s => numbers.Contains(s.Cube));
    }

    // With the sheets that tell the numbers of keys, where there are some.
    private static IQueryable<ReportSheet> Named(GranaryDb db, IReadOnlyList<int> cubes, IQueryable<ReportSheet> sheets)
    {
        int[] numbered = [.. cubes.Where(NumberedSheets.Are)];
        return numbered.Length == 0 ? sheets
            : sheets.Concat(db.Set<ReportSheet>().AsNoTracking().Where(s => numbered.Contains(s.Cube) && s.OwnerId == ReportSheet.Everybody && s.Period == NumberedSheets.Names));
    }

    private static async Task Give(CellSink sink, IReadOnlyList<int> cubes, IQueryable<ReportSheet> sheets, SheetQuestion question, Func<int, bool> byOwner, CancellationToken ct)
    {
        Dictionary<(int, Guid, int), NumberSums> numbered = [];
        Dictionary<int, byte[]> names = [];
        await foreach (var sheet in sheets.Select(s => new { s.Cube, s.OwnerId, s.Period, s.Cells }).AsAsyncEnumerable().WithCancellation(ct))
        {
            var period = question.Over switch { CubeGrain.None => 0, CubeGrain.Month when CellPeriod.IsDay(sheet.Period) => sheet.Period / 100, _ => sheet.Period };
            var of = byOwner(sheet.Cube) ? sheet.OwnerId : ReportSheet.Everybody;
            if (sheet.OwnerId == ReportSheet.Apart)
            {
                AddApart(sink, question, sheet.Cube, of, period, sheet.Cells);
            }
            else if (sheet.Period == NumberedSheets.Names)
            {
                names.Add(sheet.Cube, sheet.Cells);
            }
            else if (NumberedSheets.Are(sheet.Cube))
            {
                ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(numbered, (sheet.Cube, of, period), out _);
                (sums ??= new()).Add(sheet.Cells);
            }
            else if (SharedSheets.Is(sheet.Cube))
            {
                AddShared(sink, question, sheet.Cube, cubes, of, period, sheet.Cells);
            }
            else
            {
                Add(sink, question, sheet.Cube, of, period, sheet.Cells);
            }
        }

        foreach (var ((cube, owner, period), sums) in numbered)
        {
            Add(sums.Named(sink), question, cube, owner, period, names[cube]);
        }
    }

    // Owners side by side, in the order of those that are asked for: behind the last of them nothing is read.
    private static void AddApart(CellSink sink, SheetQuestion question, int cube, Guid of, int period, byte[] cells)
    {
        var (owner, fits, given, asked, place) = (Guid.Empty, false, false, question.OwnerKeys, 0);
        var reader = SheetCells.Read(cells);
        for (var more = reader.Next(); more; more = fits ? reader.Next() : reader.NextBeyond(OwnerLength))
        {
            if (reader.Shared < OwnerLength)
            {
                var order = 0;
                while (asked is not null && place < asked.Length && (order = reader.Key[..OwnerLength].SequenceCompareTo(asked[place])) > 0)
                {
                    place++;
                }

                if (place == asked?.Length)
                {
                    return;
                }

                fits = order == 0;
                owner = fits && of == ReportSheet.Apart ? Guid.ParseExact(reader.Key[..OwnerLength], "N") : of;
            }

            var same = given ? Math.Max(0, reader.Shared - OwnerLength) : 0;
            given = fits && (question.Keys is not { } wanted || Fits(wanted, reader.Key[OwnerLength..]));
            if (given)
            {
                sink.Add(cube, owner, period, reader.Key[OwnerLength..], same, reader.Values());
            }
        }
    }

    // Keys are in order: of most, what decides whether they are asked for is as in the key before.
    private static void Add(CellSink sink, SheetQuestion question, int cube, Guid owner, int period, byte[] cells)
    {
        var (wanted, fits) = (question.Keys, question.Keys is null);
        var decides = (wanted?.Max(k => (int?)k.Length) ?? 0) + 1;
        var reader = SheetCells.Read(cells);
        for (var more = reader.Next(); more; more = fits ? reader.Next() : reader.NextBeyond(decides))
        {
            var same = fits ? reader.Shared : 0;
            fits = wanted is null || (reader.Shared >= decides ? fits : Fits(wanted, reader.Key));
            if (fits)
            {
                sink.Add(cube, owner, period, reader.Key, same, reader.Values());
            }
        }
    }

    // Several cubes, one behind the other.
    private static void AddShared(CellSink sink, SheetQuestion question, int sheet, IReadOnlyList<int> cubes, Guid owner, int period, byte[] cells)
    {
        const int Mark = 1;
        var (wanted, last, asked, cube, fits) = (question.Keys, cubes.Max(), false, 0, false);
        var decides = Mark + ((wanted?.Max(k => (int?)k.Length) + 1) ?? 0);
        var reader = SheetCells.Read(cells);
        for (var more = reader.Next(); more; more = fits ? reader.Next() : reader.NextBeyond(asked ? decides : Mark))
        {
            if (reader.Shared < Mark)
            {
                cube = SharedSheets.Cube(sheet, reader.Key[0]);
                if (cube > last)
                {
                    return;
                }

                asked = cubes.Contains(cube);
            }

            var same = fits ? Math.Max(0, reader.Shared - Mark) : 0;
            fits = asked && (wanted is null || (reader.Shared >= decides ? fits : Fits(wanted, reader.Key[Mark..])));
            if (fits)
            {
                sink.Add(cube, owner, period, reader.Key[Mark..], same, reader.Values());
            }
        }
    }

    private static bool Fits(IReadOnlyList<string> keys, ReadOnlySpan<char> key)
    {
        foreach (var wanted in keys)
        {
            if (key.StartsWith(wanted, StringComparison.Ordinal) && (key.Length == wanted.Length || key[wanted.Length] == CellKey.Between))
            {
                return true;
            }
        }

        return false;
    }
}
