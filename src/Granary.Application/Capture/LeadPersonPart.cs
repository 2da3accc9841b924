using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>Leads of a person. What tells who they are goes; channel, campaign, stage, score, money, company and dates stay, so that reports do.</summary>
public sealed class LeadPersonPart : PersonPart
{
    /// <summary>Kind of event: everything that tells who the person is was taken out.</summary>
    public const string Anonymised = "lead.anonymised";

    /// <summary>Kind of event: the person had it corrected.</summary>
    public const string Corrected = "lead.corrected";

    /// <inheritdoc />
    public override string Name => "lead";

    // A name of one character stands in too many words.
    /// <inheritdoc />
    public override async Task Learn(PersonWork work, CancellationToken ct) =>
        work.Names.UnionWith((await work.Db.Set<Lead>().Where(l => work.Leads.Contains(l.Id) && l.ContactName != null).Select(l => l.ContactName!).ToListAsync(ct)).Where(n => n.Length > 1));

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var channels = await work.Db.Set<Channel>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Path, ct);
        var leads = await work.Db.Set<Lead>().AsNoTracking().Where(l => work.Leads.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(ct);
        return
        [
            .. leads.Select(l => Row(
                ("id", l.Id), ("receivedAt", l.ReceivedAt), ("channel", channels.GetValueOrDefault(l.ChannelId)), ("name", l.ContactName), ("title", l.Title), ("role", l.Role),
                ("company", l.CompanyName), ("creditCode", l.CreditCode), ("industry", l.Industry), ("size", l.Size), ("headcount", l.Headcount), ("province", l.Province), ("city", l.City),
                ("requirement", l.Requirement), ("products", l.Products.Count == 0 ? null : l.Products), ("budgetMin", l.BudgetMin), ("budgetMax", l.BudgetMax), ("purchaseBy", l.PurchaseBy),
                ("campaign", l.Campaign), ("keyword", l.Keyword), ("content", l.Content), ("landingPage", l.LandingPage), ("referrer", l.Referrer), ("referredBy", l.ReferredBy),
                ("utm", Parsed(l.Utm)), ("custom", Parsed(l.Custom)), ("tags", l.Tags.Count == 0 ? null : l.Tags), ("externalId", l.ExternalId),
                ("status", l.Status), ("score", l.Score), ("nextStep", l.NextStep), ("nextAt", l.NextAt), ("invalidReason", l.InvalidReason), ("anonymisedAt", l.AnonymisedAt))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var leads = await work.Db.Set<Lead>().Where(l => work.Leads.Contains(l.Id) && l.AnonymisedAt == null).OrderBy(l => l.Id).ToListAsync(ct);
        foreach (var lead in leads)
        {
            (lead.ContactName, lead.Title, lead.Requirement, lead.Custom, lead.Consent) = (null, null, null, null, null);
            // Addresses of pages, and ids of other systems, may name a person.
            (lead.LandingPage, lead.Referrer, lead.ReferredBy, lead.ExternalId) = (null, null, null, null);
            (lead.NextStep, lead.NextAt, lead.RetryAt, lead.AnonymisedAt) = (null, null, null, work.Now);
            ConsentLedger.Change(work.Scope!, lead, Anonymised, new { reasonId = work.ReasonId }, work.Now, work.ActorId);
        }

        await work.Db.SaveChangesAsync(ct);
        return leads.Count;
    }

    /// <inheritdoc />
    public override async Task<int> Correct(PersonWork work, PersonCorrection correction, CancellationToken ct)
    {
        var leads = await work.Db.Set<Lead>().Where(l => work.Leads.Contains(l.Id) && l.AnonymisedAt == null).OrderBy(l => l.Id).ToListAsync(ct);
        foreach (var lead in leads)
        {
            lead.ContactName = correction.Name?.Trim() is { Length: > 0 } name ? name : lead.ContactName;
            lead.Title = correction.Title?.Trim() is { Length: > 0 } title ? title : lead.Title;
            ConsentLedger.Change(work.Scope!, lead, Corrected, new { requestId = work.ReasonId }, work.Now, work.ActorId);
        }

        await work.Db.SaveChangesAsync(ct);
        return leads.Count;
    }

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);
}

/// <summary>Submissions that were kept beside the leads they refreshed; they are deleted whole.</summary>
public sealed class KeptSubmissionPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "kept_submission";

    // A name of one character stands in too many words.
    /// <inheritdoc />
    public override async Task Learn(PersonWork work, CancellationToken ct) =>
        work.Names.UnionWith((await work.Db.Set<Lead>().Where(l => work.Leads.Contains(l.Id) && l.ContactName != null).Select(l => l.ContactName!).ToListAsync(ct)).Where(n => n.Length > 1));

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var kept = await work.Db.Set<KeptSubmission>().AsNoTracking().Where(k => work.Leads.Contains(k.LeadId)).OrderBy(k => k.Id).ToListAsync(ct);
        return [.. kept.Select(k => Row(("id", k.Id), ("leadId", k.LeadId), ("at", k.At), ("submission", JsonNode.Parse(work.Vault.Open(k.Body)))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) =>
        work.Db.Set<KeptSubmission>().Where(k => work.Leads.Contains(k.LeadId)).ExecuteDeleteAsync(ct);
}
