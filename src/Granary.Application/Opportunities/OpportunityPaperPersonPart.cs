using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Opportunities;

/// <summary>
/// What was written about opportunities of a person, and near them: chains name people, plans and reports speak of them. Texts go,
/// figures, dates and states stay.
/// </summary>
public sealed class OpportunityPaperPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "opportunity_paper";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var of = await OpportunitiesOfPerson.Find(work, ct);
        var papers = await work.Db.Set<OpportunityPaper>().AsNoTracking().Where(p => of.All.Contains(p.OpportunityId)).OrderBy(p => p.Id).ToListAsync(ct);
        return [.. papers.Where(p => of.About(p.OpportunityId, p.Body)).Select(p => Row(("opportunityId", p.OpportunityId), ("kind", p.Kind), ("at", p.At), ("text", JsonNode.Parse(p.Body))))];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var of = await OpportunitiesOfPerson.Find(work, ct);
        var changed = await work.Db.Set<OpportunityPaper>().Where(p => of.Own.Contains(p.OpportunityId)).ExecuteDeleteAsync(ct);
        foreach (var paper in await work.Db.Set<OpportunityPaper>().Where(p => of.Near.Contains(p.OpportunityId)).ToListAsync(ct))
        {
            var body = work.Struck(paper.Body);
            changed += body == paper.Body ? 0 : 1;
            paper.Body = body;
        }

        await work.Db.SaveChangesAsync(ct);
        return changed;
    }
}

/// <summary>
/// Words beside the figures of opportunities of a person, and near them: terms of contracts, notes of payments, handovers, objections,
/// reasons of grades. Figures, dates, states and who acted stay.
/// </summary>
public sealed class OpportunityWordsPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "opportunity_words";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var (of, words) = (await OpportunitiesOfPerson.Find(work, ct), await Words.Of(work, ct));
        return
        [
            .. words.Contracts.Where(c => of.About(c.OpportunityId, c.Delivery, c.Payment, c.Breach, c.Reason)).Select(c => Row(
                ("opportunityId", c.OpportunityId), ("number", c.Number), ("delivery", c.Delivery), ("payment", c.Payment), ("breach", c.Breach), ("reason", c.Reason))),
            .. words.Payments.Where(p => of.About(p.OpportunityId, p.Note)).Select(p => Row(("opportunityId", p.OpportunityId), ("at", p.At), ("note", p.Note))),
            .. words.Handovers.Where(h => of.About(h.OpportunityId, h.Customer, h.Needs, h.Terms, h.Comment)).Select(h => Row(
                ("opportunityId", h.OpportunityId), ("at", h.At), ("customer", h.Customer), ("needs", h.Needs), ("terms", h.Terms), ("comment", h.Comment))),
            .. words.Objections.Where(o => of.About(o.OpportunityId, o.Text, o.Answer, o.OutcomeNote)).Select(o => Row(
                ("opportunityId", o.OpportunityId), ("at", o.At), ("objection", o.Text), ("answer", o.Answer), ("outcome", o.OutcomeNote))),
            .. words.Inquiries.Where(c => of.About(c.OpportunityId, c.Reason)).Select(c => Row(("opportunityId", c.OpportunityId), ("at", c.At), ("reason", c.Reason))),
            .. words.Evaluations.Where(e => of.About(e.OpportunityId, e.Reason, e.Comment)).Select(e => Row(("opportunityId", e.OpportunityId), ("at", e.At), ("reason", e.Reason), ("comment", e.Comment))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        var (of, words) = (await OpportunitiesOfPerson.Find(work, ct), await Words.Of(work, ct));
        foreach (var c in words.Contracts)
        {
            (c.Delivery, c.Payment, c.Breach, c.Reason) = (of.Kept(c.OpportunityId, c.Delivery), of.Kept(c.OpportunityId, c.Payment), of.Kept(c.OpportunityId, c.Breach), of.Kept(c.OpportunityId, c.Reason));
        }

        foreach (var p in words.Payments)
        {
            p.Note = of.Kept(p.OpportunityId, p.Note);
        }

        foreach (var h in words.Handovers)
        {
            (h.Customer, h.Needs, h.Terms, h.Comment) = (of.Said(h.OpportunityId, h.Customer), of.Said(h.OpportunityId, h.Needs), of.Said(h.OpportunityId, h.Terms), of.Kept(h.OpportunityId, h.Comment));
        }

        foreach (var o in words.Objections)
        {
            (o.Text, o.Answer, o.OutcomeNote) = (of.Said(o.OpportunityId, o.Text), of.Kept(o.OpportunityId, o.Answer), of.Kept(o.OpportunityId, o.OutcomeNote));
        }

        foreach (var c in words.Inquiries)
        {
            c.Reason = of.Said(c.OpportunityId, c.Reason);
        }

        foreach (var e in words.Evaluations)
        {
            (e.Reason, e.Comment) = (of.Kept(e.OpportunityId, e.Reason), of.Kept(e.OpportunityId, e.Comment));
        }

        var changed = work.Db.ChangeTracker.Entries().Count(e => e.State == EntityState.Modified);
        await work.Db.SaveChangesAsync(ct);
        return changed;
    }

    private sealed record Words(
        List<OpportunityContract> Contracts, List<OpportunityPayment> Payments, List<OpportunityHandover> Handovers, List<OpportunityObjection> Objections, List<InquiryChange> Inquiries,
        List<OpportunityEvaluation> Evaluations)
    {
        public static async Task<Words> Of(PersonWork work, CancellationToken ct)
        {
            var (db, ids) = (work.Db, (await OpportunitiesOfPerson.Find(work, ct)).All);
            return new(
                await db.Set<OpportunityContract>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct),
                await db.Set<OpportunityPayment>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct),
                await db.Set<OpportunityHandover>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct),
                await db.Set<OpportunityObjection>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct),
                await db.Set<InquiryChange>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct),
                await db.Set<OpportunityEvaluation>().Where(x => ids.Contains(x.OpportunityId)).ToListAsync(ct));
        }
    }
}
