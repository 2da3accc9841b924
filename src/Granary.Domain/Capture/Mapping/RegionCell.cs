using System.Buffers;

namespace Granary.Domain.Capture.Mapping;

/// <summary>
/// Province and city in one cell: <c>江苏省苏州市</c>, <c>江苏/苏州</c>, <c>深圳</c>. A place that is not in the list of regions is
/// parted where its writing shows it.
/// </summary>
internal static class RegionCell
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("/,，");

    public static void Write(SubmissionDraft draft, string value)
    {
        if (Regions.TryFind(value, out var region))
        {
            draft.Province ??= region.Province;
            draft.City ??= region.City;
            return;
        }

        var at = value.AsSpan().IndexOfAny(Separators);
        if (at > 0)
        {
            var city = value[(at + 1)..].Trim();
            draft.Province ??= value[..at].Trim();
            draft.City ??= city.Length == 0 ? null : city;
            return;
        }

        draft.Province ??= value;
    }
}
