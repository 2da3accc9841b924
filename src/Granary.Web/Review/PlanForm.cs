using System.Globalization;
using Granary.Application.Review;

namespace Granary.Web.Review;

/// <summary>A milestone plan as its editor posts it.</summary>
public sealed class PlanForm
{
    /// <summary>The button that posted: a row command, or nothing to save.</summary>
    public string? Do { get; set; }

    public int? Seen { get; set; }

    public List<StepRow> Steps { get; set => field = value ?? []; } = [];

    /// <summary>The form of a plan.</summary>
    public static PlanForm Of(IReadOnlyList<ReviewStep> steps, ReviewWords say) => new()
    {
        Steps = [.. steps.Select(s => new StepRow { Id = $"{s.Id}", Name = say.Step(s.Name), DueOn = s.DueOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Owner = $"{s.OwnerId}" })],
    };

    /// <summary>The plan; a day that is none is refused where the plan is checked.</summary>
    public IReadOnlyList<StepInput> Read(ReviewWords say) =>
    [
        .. Steps.Select(s => new StepInput(
            Guid.TryParse(s.Id, out var id) ? id : null,
            say.Stored(s.Name),
            DateOnly.TryParseExact(s.DueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Guid.TryParse(s.Owner, out var owner) ? owner : null)),
    ];

    /// <summary>A step.</summary>
    public sealed class StepRow
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? DueOn { get; set; }

        public string? Owner { get; set; }
    }
}
