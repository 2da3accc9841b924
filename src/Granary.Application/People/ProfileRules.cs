using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>What an assignment profile must hold to (§2).</summary>
internal static class ProfileRules
{
    private const int Most = 100_000, Rows = 400;

    public static IEnumerable<FieldError> Validate(this AssignmentProfile profile)
    {
        if (profile.Weight is < 0 or > 1000)
        {
            yield return new FieldError("profile.weight", "out_of_range", "0–1000");
        }

        foreach (var (field, cap) in new[] { ("dailyIntakeCap", profile.DailyIntakeCap), ("holdingCap", profile.HoldingCap) })
        {
            if (cap is < 0 or > Most)
            {
                yield return new FieldError($"profile.{field}", "out_of_range", "0–100000");
            }
        }

        foreach (var (i, region) in profile.Regions.Index())
        {
            if (!Regions.TryFind(region, out _))
            {
                yield return new FieldError($"profile.regions[{i}]", "unknown");
            }
        }

        foreach (var (field, words) in new[] { ("industries", profile.Industries), ("products", profile.Products) })
        {
            foreach (var (i, word) in words.Index())
            {
                foreach (var error in Checks.Text($"profile.{field}[{i}]", word, 100))
                {
                    yield return error;
                }
            }
        }

        // 00:00 as an end is the midnight that ends the day.
        foreach (var (field, spans) in new[]
        {
            ("hours", profile.Hours.Select(h => (h.From, h.To)).ToArray()),
            ("duty", profile.Duty.Select(d => (d.From, d.To)).ToArray()),
        })
        {
            if (spans.Length > Rows)
            {
                yield return new FieldError($"profile.{field}", "too_many", "400");
            }

            foreach (var (i, (from, to)) in spans.Index())
            {
                if (to <= from && to != TimeOnly.MinValue)
                {
                    yield return new FieldError($"profile.{field}[{i}].to", "before_start");
                }
            }
        }

        foreach (var (i, leave) in profile.Leave.Index())
        {
            if (leave.To < leave.From)
            {
                yield return new FieldError($"profile.leave[{i}].to", "before_start");
            }
        }
    }
}
