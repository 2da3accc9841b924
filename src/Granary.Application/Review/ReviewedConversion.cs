using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Ownership;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>
/// What review has to say about a conversion (§7): a lead of a reviewed business line becomes an opportunity only once its review has
/// passed, and what was written while it was incubated goes along.
/// </summary>
public sealed class ReviewedConversion : ConversionPart
{
    internal override async Task<LeadResult?> Refusal(LeadWork work, Lead lead, string line, CancellationToken ct) =>
        work.Setting.Reviews.Of(line) is { } rule && rule.When.AllHold(lead.Facts(work.Setting)) && await work.Review(lead.Id, ct) is not { State: ReviewState.Approved }
            ? new LeadResult.Refused(ReviewRefusal.Required)
            : null;

    internal override async Task Carry(LeadWork work, Lead lead, Opportunity opportunity, CancellationToken ct)
    {
        var db = work.Scope.Db;
        var there = await db.Set<OpportunityPaper>().Where(p => p.OpportunityId == opportunity.Id).Select(p => p.Kind).Distinct().ToListAsync(ct);
        foreach (var paper in (await db.PapersOf(lead.Id, ct)).Values.Where(p => !there.Contains(p.Kind)).OrderBy(p => p.Kind))
        {
            db.Add(new OpportunityPaper
            {
                Id = Clock.NewId(work.Now),
                OpportunityId = opportunity.Id,
                Kind = paper.Kind,
                Body = there.Contains(PaperKind.PainChain) ? WithoutPains(paper) : paper.Body,
                AuthorId = paper.AuthorId,
                At = work.Now,
            });
            work.Changes.Happened(opportunity.Id, OpportunityEvent.Written, work.Now, work.ActorId, new { paper = paper.Kind, leadId = lead.Id });
        }
    }

    internal override async Task Undone(LeadWork work, Lead lead, CancellationToken ct)
    {
        if (await work.Review(lead.Id, ct) is { State: ReviewState.Approved } review)
        {
            await work.Schedule(review, await PlanReview.LastLook(work, review, ct), ct);
        }
    }

    // The opportunity has a pain chain of its own, whose pains are others.
    private static string WithoutPains(LeadPaper paper) => paper.Kind switch
    {
        PaperKind.Vision when paper.Read<Vision>() is var vision => Json.Write(vision with { Capabilities = [.. vision.Capabilities.Select(c => c with { PainId = null })] }),
        PaperKind.Interest when paper.Read<Interest>() is var interest => Json.Write(interest with { Items = [.. interest.Items.Select(i => i with { PainId = null })] }),
        _ => paper.Body,
    };
}
