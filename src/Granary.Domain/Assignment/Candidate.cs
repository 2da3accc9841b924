using Granary.Domain.Capture;
using Granary.Domain.People;

namespace Granary.Domain.Assignment;

/// <summary>A representative with what assignment asks of them read once.</summary>
internal sealed class Candidate(Representative profile, decimal? conversion)
{
    private readonly Region[] _regions = [.. profile.Regions.Where(name => Regions.TryFind(name, out _)).Select(Read)];

    public Representative Profile => profile;

    public Guid Id { get; } = profile.Id;

    public decimal? Conversion => conversion;

    /// <summary>How near they serve a region (§8 Nearness): 3 its city, 2 its province, 1 everywhere, 0 not at all. An unknown region is served by all alike.</summary>
    public int Nearness(Region? region)
    {
        if (region is not { } lead)
        {
            return 1;
        }

        var nearest = profile.Regions.Count == 0 ? 1 : 0;
        foreach (var served in _regions)
        {
            if (served.Covers(lead))
            {
                nearest = Math.Max(nearest, served.City is null ? 2 : 3);
            }
        }

        return nearest;
    }

    private static Region Read(string name) => Regions.TryFind(name, out var region) ? region : default;
}

/// <summary>The people of a target, in the order of ids.</summary>
internal sealed class Circle
{
    public Circle(Candidate[] candidates)
    {
        Candidates = candidates;
        ByConversion = [.. candidates.OrderByDescending(candidate => candidate.Conversion ?? -1).ThenBy(candidate => candidate.Id)];
        var known = candidates.Where(candidate => candidate.Conversion is not null).Select(candidate => candidate.Conversion!.Value).ToArray();
        MeanConversion = known.Length == 0 ? null : known.Average();
    }

    public Candidate[] Candidates { get; }

    public Candidate[] ByConversion { get; }

    public decimal? MeanConversion { get; }
}
