using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Ownership;

/// <summary>By what a touch came.</summary>
/// <param name="Channel">Path of the channel; one that nobody knows is noted and waits to be confirmed.</param>
/// <param name="Campaign">Campaign.</param>
public sealed record TouchOrigin(string? Channel = null, string? Campaign = null);

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
    /// <param name="origin">By what it came; null when that is not known.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<LeadResult> Touch(
        Viewer viewer, Guid id, TouchKind kind, DateTimeOffset? at, string? detail, int? seen = null, TouchOrigin? origin = null, CancellationToken ct = default)
    {
        var (path, campaign, unknown) = (ChannelPath.Normalise(origin?.Channel), CleanText.Line(origin?.Campaign) is { Length: > 0 } text ? text : null, false);
        var result = await Attempt();
        if (!unknown)
        {
            return result;
        }

        await verb.Learn(path!, ct);
        return await Attempt();

        Task<LeadResult> Attempt() => verb.Run(viewer, id, Permission.EditLeads, seen, async (work, lead) =>
        {
            List<FieldError> errors = [.. Check(kind, at, detail, work.Now) is { } error ? [error] : Array.Empty<FieldError>(), .. SubmissionRules.Origin(origin?.Channel, origin?.Campaign)];
            var channel = errors.Count == 0 && path is not null ? work.Setting.Channels.Find(path) : null;
            // Who may record it is known by now: only then a channel is learnt.
            unknown = errors.Count == 0 && path is not null && channel is null;
            if (unknown || errors.Count > 0)
            {
                return new LeadResult.Invalid(errors);
            }

            var touch = new Touch
            {
                Id = Clock.NewId(work.Now),
                LeadId = lead.Id,
                Kind = kind,
                At = Clock.Truncate(at ?? work.Now),
                Detail = detail,
                ChannelId = channel?.Id,
                Campaign = campaign,
            };
            work.Changes.Touches.Add(touch);
            work.Changes.Happened(lead.Id, LeadEvent.Touched, work.Now, work.ActorId, TouchedData.Of(touch));
            await work.ScoreAnew(lead, ct);
            return work.Changed(lead);
        }, ct);
    }

    private static FieldError? Check(TouchKind kind, DateTimeOffset? at, string? detail, DateTimeOffset now) =>
        !Enum.IsDefined(kind) ? new FieldError("kind", "unknown_value")
        : at > now + FieldLimits.ClockSkew ? new FieldError("at", "in_the_future")
        : at?.Year < FieldLimits.FirstYear ? new FieldError("at", "out_of_range", $"{FieldLimits.FirstYear}–{FieldLimits.LastYear}")
        : detail?.Length > Detail ? new FieldError("detail", "too_long", $"{Detail}")
        : detail?.Any(char.IsControl) == true ? new FieldError("detail", "control_character")
        : null;
}
