using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;

namespace Granary.Application.Privacy;

/// <summary>Holds the data of a lead for a legal ground, such as a dispute: neither a request nor the clock erases it.</summary>
public sealed class HoldLead(Store store, TimeProvider time)
{
    /// <summary>Kind of event: a legal hold was set or ended.</summary>
    public const string Held = "lead.legal_hold";

    /// <summary>Sets or ends a hold.</summary>
    /// <param name="viewer">Who; manages privacy.</param>
    /// <param name="leadId">The lead.</param>
    /// <param name="on">Whether it is held.</param>
    /// <param name="reason">Why, up to 500 characters; must be given.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<PrivacyResult<Lead>> Hold(Viewer viewer, Guid leadId, bool on, string? reason, CancellationToken ct = default) =>
        LeadMark.Change(
            store, viewer, leadId, reason,
            (scope, lead, why) =>
            {
                lead.Privacy = on ? lead.Privacy | LeadPrivacy.LegalHold : lead.Privacy & ~LeadPrivacy.LegalHold;
                ConsentLedger.Change(scope, lead, Held, new { on, reason = why }, time.Now, viewer.UserId);
                return Task.FromResult<string?>(null);
            },
            ct);
}
