using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>Records a touch and scores the lead anew; crossing the pass mark upward assigns a lead that nobody owns at once (§6.3).</summary>
public sealed class TouchLead(LeadVerb verb)
{
    /// <summary>Longest detail.</summary>
    public const int Detail = 200;

    /// <summary>Records a touch.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="at">When; null is now.</param>
    /// <param name="detail">What it was about, such as a page.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Touch(Viewer viewer, Guid id, TouchKind kind, DateTimeOffset? at, string? detail, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            if (Check(kind, at, detail, work.Now) is { } error)
            {
                return new LeadResult.Invalid([error]);
            }

            var touch = new Touch { Id = Guid.CreateVersion7(work.Now), LeadId = lead.Id, Kind = kind, At = Clock.Truncate(at ?? work.Now), Detail = detail };
            work.Changes.Touches.Add(touch);
            work.Changes.Happened(lead.Id, LeadEvent.Touched, work.Now, work.ActorId, TouchedData.Of(touch));
            await work.ScoreAnew(lead, ct);
            return work.Changed(lead);
        }, ct);

    private static FieldError? Check(TouchKind kind, DateTimeOffset? at, string? detail, DateTimeOffset now) =>
        !Enum.IsDefined(kind) ? new FieldError("kind", "unknown_value")
        : at > now + FieldLimits.ClockSkew ? new FieldError("at", "in_the_future")
        : at?.Year < FieldLimits.FirstYear ? new FieldError("at", "out_of_range", $"{FieldLimits.FirstYear}–{FieldLimits.LastYear}")
        : detail?.Length > Detail ? new FieldError("detail", "too_long", $"{Detail}")
        : detail?.Any(char.IsControl) == true ? new FieldError("detail", "control_character")
        : null;
}
