using Granary.Application.Capture;
using Granary.Application.Cleansing;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Scoring;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.Cleansing;
using Granary.Domain.Privacy;
using Granary.Web.People;
using Granary.Web.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Intake;

/// <summary>Shows stored leads with their contact data masked.</summary>
public sealed class LeadViews(Vault vault)
{
    /// <summary>Untracked leads as the API shows them, in their order; of one in a pool only what the pool shows.</summary>
    public async Task<IReadOnlyList<LeadView>> Of(GranaryDb db, Viewer viewer, IReadOnlyList<Lead> leads, MaskPlace place, Setting setting, CancellationToken ct)
    {
        var masks = setting.Masking.At(place);
        var ids = leads.Select(l => l.Id).ToArray();
        var contacts = (await db.Set<ContactPoint>().AsNoTracking().Where(c => ids.Contains(c.LeadId)).ToListAsync(ct)).ToLookup(c => c.LeadId);
        return [.. leads.Select(l => Of(viewer.Veiled(setting, l), viewer.Veil(setting, l).Shows("contacts") ? [.. contacts[l.Id].OrderBy(c => c.Ordinal)] : [], masks, setting))];
    }

    private LeadView Of(Lead lead, IReadOnlyList<ContactPoint> contacts, ContactMasks masks, Setting setting)
    {
        var facts = lead.Facts(setting);
        var consent = lead.Consent is null ? null : Json.Read<Consent>(lead.Consent);
        return new LeadView
        {
            Id = lead.Id,
            Version = lead.Version,
            Status = lead.Status,
            Owner = OwnerAnswer.Of(lead.OwnerId, setting),
            Pool = lead.PoolId is { } pool ? setting.Pools.Find(pool)?.Key : null,
            Tray = OwnerAnswer.Of(lead.TrayUserId, setting),
            Qualification = lead.Qualification,
            ProjectGrade = lead.ProjectGrade?.ToLowerInvariant(),
            Label = lead.Label,
            SourceLeadId = lead.SourceLeadId,
            AccountId = lead.AccountId,
            Channel = facts.Channel ?? "",
            Campaign = lead.Campaign,
            Keyword = lead.Keyword,
            Content = lead.Content,
            Utm = lead.Utm is null ? null : new UtmBody(facts.Utm.Source, facts.Utm.Medium, facts.Utm.Campaign, facts.Utm.Term, facts.Utm.Content),
            LandingPage = lead.LandingPage,
            Referrer = lead.Referrer,
            ReferredBy = lead.ReferredBy,
            ReceivedAt = lead.ReceivedAt,
            RecordedAt = lead.RecordedAt,
            Recorder = OwnerAnswer.Of(lead.RecorderId, setting),
            ExternalId = lead.ExternalId,
            ImportId = lead.ImportId,
            Company = facts.Company.Body(),
            Contact = new ContactBody(
                lead.ContactName, lead.Title, lead.Role, Masked(contacts, ContactKind.Phone, masks), Masked(contacts, ContactKind.Email, masks), Masked(contacts, ContactKind.WeChat, masks) is [var first, ..] ? first : null),
            Requirement = lead.Requirement,
            Products = lead.Products,
            Budget = new BudgetBody(lead.BudgetMin, lead.BudgetMax, lead.BudgetMatch),
            PurchaseBy = lead.PurchaseBy,
            Tags = lead.Tags,
            Consent = consent is null ? null : new ConsentBody(consent.Purpose, consent.TextVersion, consent.GivenAt),
            Custom = facts.Custom,
            Score = ScoreAnswer.Of(lead),
            Findings = FindingNames.Of((Finding)lead.Findings),
            Promoted = lead.Promoted,
            InvalidReason = lead.InvalidReason,
            ChangedAt = lead.ChangedAt,
        };
    }

    private IReadOnlyList<string> Masked(IReadOnlyList<ContactPoint> contacts, ContactKind kind, ContactMasks masks) => [.. contacts.Where(c => c.Kind == kind).Select(c => vault.Masked(c, masks))];
}
