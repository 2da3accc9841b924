using Granary.Application.Capture;
using Granary.Application.Capture.Import;
using Granary.Application.Ownership;
using Granary.Application.Privacy;
using Granary.Application.Storage;

namespace Granary.Application.Intake;

/// <summary>Everything a batch writes, table by table, sent in one round trip.</summary>
internal sealed class LandingRows
{
    public List<Lead> Leads { get; } = [];

    public List<ContactPoint> Contacts { get; } = [];

    public LeadChanges Changes { get; } = new();

    public List<KeptSubmission> Kept { get; } = [];

    public List<ImportRow> ImportRows { get; } = [];

    public List<IdempotencyRecord> Answers { get; } = [];

    public List<ConsentRecord> Consents { get; } = [];

    public List<ConsentKey> ConsentKeys { get; } = [];

    public BulkInsert Into(BulkInsert insert) =>
        Changes.Into(insert.Add(Leads).Add(Contacts)).Add(Kept).Add(ImportRows).Add(Answers).Add(Consents).Add(ConsentKeys);
}
