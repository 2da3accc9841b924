using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Privacy;

namespace Granary.Application.Intake;

/// <summary>
/// What a batch says about consent: each that came with a submission goes into the ledger (§18); a person who does not want to be
/// contacted and comes in again without having said otherwise is left alone.
/// </summary>
internal sealed class KeptConsents(Vault vault, KeyBook book, LandingRows rows, DateTimeOffset now)
{
    private readonly List<(Lead Lead, Prepared Item, string Purpose)> _lifts = [];

    /// <summary>Marks a lead whose person does not want to be contacted; before it is decided who gets it.</summary>
    public void Mark(Prepared item)
    {
        // An attempt that the database had repeated may have marked it.
        item.Lead.Privacy = book.Stops(item, ConsentStop.Everything) ? LeadPrivacy.Restricted : LeadPrivacy.None;
        if (book.Stops(item, ConsentPurpose.SalesContact) && item.Request.Submission.Consent?.Purpose != ConsentPurpose.SalesContact)
        {
            item.Lead.Privacy |= LeadPrivacy.ConsentWithdrawn;
            item.Lead.Consent = null;
        }
    }

    /// <summary>Keeps the consent that came with an item for the lead it landed in.</summary>
    public void Keep(Prepared item, Lead lead)
    {
        if (item.Clean.Submission.Consent is not { } consent)
        {
            return;
        }

        var submission = item.Request.Submission;
        var record = new ConsentRecord
        {
            Id = Clock.NewId(now),
            LeadId = lead.Id,
            Purpose = consent.Purpose,
            TextVersion = consent.TextVersion,
            Channel = submission.Channel,
            GivenAt = Clock.Truncate(consent.GivenAt ?? item.Lead.ReceivedAt),
            Source = Source(item.Request),
            Evidence = submission.LandingPage is null && submission.RemoteAddress is null ? null
                : vault.Seal(Json.Write(new ConsentEvidence(submission.LandingPage, submission.RemoteAddress, null))),
            RecordedAt = now,
            RecorderId = item.Request.ActorId,
        };
        rows.Consents.Add(record);
        rows.ConsentKeys.AddRange(item.Contacts.Where(c => c.Kind != ContactKind.Unusable).Select(c => c.Key).Distinct().Select(k => new ConsentKey { Key = k, ConsentId = record.Id }));
        if (book.Stops(item, consent.Purpose))
        {
            _lifts.Add((lead, item, consent.Purpose));
            if (consent.Purpose == ConsentPurpose.SalesContact)
            {
                lead.Privacy &= ~LeadPrivacy.ConsentWithdrawn;
            }
        }
    }

    /// <summary>Ends what was contradicted; behind the writing of the batch.</summary>
    public async Task Lift(WriteScope scope, CancellationToken ct)
    {
        foreach (var (lead, item, purpose) in _lifts)
        {
            await ConsentLedger.Lift(scope, [.. item.Contacts.Select(c => c.Key)], purpose, lead, now, item.Request.ActorId, ct);
            await scope.Db.SaveChangesAsync(ct);
        }
    }

    private static ConsentSource Source(IntakeRequest request) =>
        request.Import is not null ? ConsentSource.Import
        : request.ByHand ? ConsentSource.Hand
        : request.ActorId is not null ? ConsentSource.Api
        : ConsentSource.Form;
}
