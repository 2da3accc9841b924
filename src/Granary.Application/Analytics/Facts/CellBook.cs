using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which sheet.</summary>
internal readonly record struct SheetPlace(int Cube, Guid OwnerId, int Period);

/// <summary>Gathers what changes in cells, sheet by sheet.</summary>
internal sealed class CellBook
{
    private readonly Dictionary<SheetPlace, Dictionary<string, CellValues>> _sheets = [];

    /// <summary>What has gathered.</summary>
    public IReadOnlyDictionary<SheetPlace, Dictionary<string, CellValues>> Sheets => _sheets;

    /// <summary>Adds what a lead contributes, or takes it off.</summary>
    public void Add(LeadFact fact, bool off = false) => Add(FactCubes.All, fact, fact.OwnerId, off);

    /// <summary>Adds what an opportunity contributes, or takes it off.</summary>
    public void Add(DealFact fact, bool off = false) => Add(DealCubes.All, fact, fact.OwnerId, off);

    /// <summary>Adds what the work on a lead contributes, or takes it off.</summary>
    public void Add(WorkFact fact, bool off = false)
    {
        foreach (var part in fact.Read())
        {
            Put((int)part.Cube, part.OwnerId, apart: true, part.Day, part.Key, off ? default(CellValues) - part.Values : part.Values);
        }
    }

    private void Add<T>(IReadOnlyList<FactCube<T>> cubes, T fact, Guid owner, bool off)
    {
        foreach (var cube in cubes)
        {
            foreach (var (day, key, values) in cube.Of(fact))
            {
                Put(cube.Number, owner, cube.Apart, day, key, off ? default(CellValues) - values : values);
            }
        }
    }

    private void Put(int cube, Guid owner, bool apart, DateOnly day, string key, CellValues change)
    {
        foreach (var period in (ReadOnlySpan<int>)[CellPeriod.Month(day), CellPeriod.Day(day)])
        {
            Put(new SheetPlace(cube, ReportSheet.Everybody, period), key, change);
            if (owner == ReportSheet.Everybody)
            {
                continue;
            }

            Put(new SheetPlace(cube, owner, period), key, change);
            if (apart)
            {
                Put(new SheetPlace(cube, ReportSheet.Apart, period), $"{owner:N}{key}", change);
            }
        }
    }

    private void Put(SheetPlace place, string key, CellValues change)
    {
        ref var sheet = ref CollectionsMarshal.GetValueRefOrAddDefault(_sheets, place, out _);
        sheet ??= new(StringComparer.Ordinal);
        ref var cell = ref CollectionsMarshal.GetValueRefOrAddDefault(sheet, key, out _);
        cell += change;
    }
}
