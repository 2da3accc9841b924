using System.Runtime.InteropServices;

namespace Granary.Application.Analytics.Facts;

/// <summary>Which sheet.</summary>
internal readonly record struct SheetPlace(int Cube, Guid OwnerId, int Period);

/// <summary>
/// Gathers what changes in cells, sheet by sheet. Leads are counted by their course and what they have in each dimension, so that cubes are asked once a course. Many facts
/// change the same cells of an owner's day, so these are summed first, and what has come together there is spread to the sheets of months, of everybody and of
/// owners side by side once.
/// </summary>
internal sealed class CellBook
{
    private static readonly Dimension[] Dimensions = Enum.GetValues<Dimension>();

    private readonly Dictionary<OwnDay, Dictionary<string, CellValues>> _days = [];
    private readonly Dictionary<LeadCourse, Dictionary<LeadKey, int>> _courses = [];

    /// <summary>Adds what a lead contributes, or takes it off.</summary>
    public void Add(LeadFact fact, bool off = false)
    {
        ref var leads = ref CollectionsMarshal.GetValueRefOrAddDefault(_courses, fact.Course, out _);
        leads ??= [];
        foreach (var dimension in Dimensions)
        {
            foreach (var key in CellKey.Had(dimension, fact))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(leads, key, out _) += off ? -1 : 1;
            }
        }
    }

    /// <summary>Adds what an opportunity contributes, or takes it off.</summary>
    public void Add(DealFact fact, bool off = false)
    {
        foreach (var cube in DealCubes.All)
        {
            foreach (var (day, key, values) in cube.Of(fact))
            {
                Put(_days, new(cube.Number, fact.OwnerId, day, Apart: false), key, off ? default(CellValues) - values : values);
            }
        }
    }

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
        Contribute();
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

    // What a course contributes is asked once for all leads that took it.
    private void Contribute()
    {
        foreach (var (course, leads) in _courses)
        {
            var keys = leads.Where(l => l.Value != 0).ToLookup(l => l.Key.By, l => (l.Key.Key, Leads: l.Value));
            foreach (var cubes in keys.Count == 0 ? [] : FactCubes.ByParts)
            {
                List<Contribution> parts = [.. cubes.Key(course)];
                foreach (var cube in parts.Count == 0 ? [] : cubes.AsEnumerable())
                {
                    foreach (var (key, times) in keys[cube.By])
                    {
                        parts.ForEach(p => Put(_days, new(cube.Number, course.OwnerId, p.Day, cube.Apart), key + p.Key, p.Values * times));
                    }
                }
            }
        }

        _courses.Clear();
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
