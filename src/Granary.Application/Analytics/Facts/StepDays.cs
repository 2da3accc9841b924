using System.Globalization;
using System.Runtime.InteropServices;
using Granary.Domain.Analytics;

namespace Granary.Application.Analytics.Facts;

/// <summary>How many leads took how many days for each step, by group; of them medians.</summary>
internal sealed class StepDays
{
    private readonly Dictionary<string, List<KeyValuePair<int, long>>[]> _groups = new(StringComparer.Ordinal);

    /// <summary>Gathers answers of <see cref="CubeMeasure.Days"/>.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="people">The group of an owner; null groups by key.</param>
    public StepDays(IEnumerable<CellAnswer> answers, Func<Guid, string>? people = null)
    {
        var byKey = _groups.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var answer in answers)
        {
            var key = answer.Key.AsSpan();
            var (days, step) = (key.LastIndexOf(CellKey.Between), key[..key.LastIndexOf(CellKey.Between)].LastIndexOf(CellKey.Between));
            ref var steps = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey, people is null ? key[..step] : people(answer.OwnerId), out _);
            steps ??= [.. FunnelSteps.All.Select(_ => new List<KeyValuePair<int, long>>())];
            steps[Place((FunnelStep)(key[step + 1] - '0'))].Add(new(int.Parse(key[(days + 1)..], CultureInfo.InvariantCulture), answer.Values.N1));
        }
    }

    /// <summary>The median days of a step; null where nobody took it.</summary>
    public decimal? Median(string group, FunnelStep step) => _groups.TryGetValue(group, out var steps) ? FunnelSteps.Median(steps[Place(step)]) : null;

    private static int Place(FunnelStep step) => step - FunnelSteps.All[0];
}
