using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which sheet.</summary>
internal readonly record struct SheetPlace(int Cube, Guid OwnerId, int Period);

/// <summary>
/// Gathers what changes in cells, sheet by sheet. Many facts change the same cells of an owner's day, so these are summed first, and what has come
/// together there is spread to the sheets of months, of everybody and of owners side by side once.
/// </summary>
internal sealed class CellBook
{
    private readonly Dictionary<OwnDay, Dictionary<string, CellValues>> _days = [];

    /// <summary>Adds what a lead contributes, or takes it off.</summary>
    public void Add(LeadFact fact, bool off = false) => Add(FactCubes.All, fact, fact.OwnerId, off);

    /// <summary>Adds what an opportunity contributes, or takes it off.</summary>
    public void Add(DealFact fact, bool off = false) => Add(DealCubes.All, fact, fact.OwnerId, off);

    /// <summary>Adds what the work on a lead contributes, or takes it off.</summary>
    public void Add(WorkFact fact, bool off = false)
    {
        foreach (var part in fact.Read())
        {
            Put(_days, new((int)part.Cube, part.OwnerId, part.Day, Apart: true), part.Key, off ? default(CellValues) - part.Values : part.Values);
        }
    }

    /// <summary>What has gathered; what was taken off and added again has not changed and is left out.</summary>
    public Dictionary<SheetPlace, Dictionary<string, CellValues>> Sheets()
    {
        Dictionary<SheetPlace, Dictionary<string, CellValues>> sheets = [];
        foreach (var (place, cells) in _days)
        {
            var (sheet, mark) = SharedSheets.Of(place.Cube);
            foreach (var (key, change) in cells.Where(c => !c.Value.IsZero))
            {
                Spread(sheets, place with { Cube = sheet }, mark is { } shared ? shared + key : key, change);
            }
        }

        return sheets;
    }

    private static void Spread(Dictionary<SheetPlace, Dictionary<string, CellValues>> sheets, OwnDay place, string key, CellValues change)
    {
        var owned = place.OwnerId != ReportSheet.Everybody;
        var apart = owned && place.Apart ? $"{place.OwnerId:N}{key}" : null;
        foreach (var period in (ReadOnlySpan<int>)[CellPeriod.Month(place.Day), CellPeriod.Day(place.Day)])
        {
            Put(sheets, new(place.Cube, ReportSheet.Everybody, period), key, change);
            if (owned)
            {
                Put(sheets, new(place.Cube, place.OwnerId, period), key, change);
            }

            if (apart is not null)
            {
                Put(sheets, new(place.Cube, ReportSheet.Apart, period), apart, change);
            }
        }
    }

    private void Add<T>(IReadOnlyList<FactCube<T>> cubes, T fact, Guid owner, bool off)
    {
        foreach (var cube in cubes)
        {
            foreach (var (day, key, values) in cube.Of(fact))
            {
                Put(_days, new(cube.Number, owner, day, cube.Apart), key, off ? default(CellValues) - values : values);
            }
        }
    }

    private static void Put<TPlace>(Dictionary<TPlace, Dictionary<string, CellValues>> sheets, TPlace place, string key, CellValues change)
        where TPlace : struct
    {
        ref var sheet = ref CollectionsMarshal.GetValueRefOrAddDefault(sheets, place, out _);
        sheet ??= new(StringComparer.Ordinal);
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(sheet, key, out _);
        cell += change;
    }

    /// <summary>A cube, an owner and a day.</summary>
    private readonly record struct OwnDay(int Cube, Guid OwnerId, DateOnly Day, bool Apart);
}
