using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>A success case that may interest a customer.</summary>
/// <param name="OpportunityId">The opportunity it tells of.</param>
/// <param name="Account">Whom it was won from.</param>
/// <param name="ProductLine">What was sold.</param>
/// <param name="SameIndustry">Whether it is of the same industry.</param>
/// <param name="Case">The case.</param>
public sealed record MatchedCase(Guid OpportunityId, string? Account, string? ProductLine, bool SameIndustry, SuccessCase Case);

/// <summary>Success cases that fit a lead (§7 Incubation): of the same industry or product, among the opportunities that the viewer sees.</summary>
public sealed class MatchCases(Store store)
{
    private const int Most = 5;

    /// <summary>The cases, those of the same industry and product first; none where the viewer does not see the lead.</summary>
    public async Task<IReadOnlyList<MatchedCase>> Of(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        if (!viewer.May(Permission.ViewOpportunities) || await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
        {
            return [];
        }

        var (industry, products) = (lead.Industry, lead.Products.ToArray());
        var found = await (from o in viewer.Opportunities(db)
                           join a in db.Set<Account>() on o.AccountId equals a.Id
                           where o.ClosedAt != null && db.Set<OpportunityPaper>().Any(p => p.OpportunityId == o.Id && p.Kind == PaperKind.SuccessCase)
                               && ((industry != null && a.Industry == industry) || (o.ProductLine != null && products.Contains(o.ProductLine)))
                           orderby (industry != null && a.Industry == industry ? 1 : 0) + (o.ProductLine != null && products.Contains(o.ProductLine) ? 1 : 0) descending, o.ClosedAt descending
                           select new { o.Id, a.Name, o.ProductLine, a.Industry }).Take(Most).ToListAsync(ct);
        var ids = found.ConvertAll(f => f.Id);
        var cases = (await db.Set<OpportunityPaper>().AsNoTracking().Where(p => p.Kind == PaperKind.SuccessCase && ids.Contains(p.OpportunityId)).OrderByDescending(p => p.Id).ToListAsync(ct)).ToLookup(p => p.OpportunityId);
        return [.. found.Select(f => new MatchedCase(f.Id, f.Name, f.ProductLine, industry is not null && f.Industry == industry, cases[f.Id].First().Read<SuccessCase>()))];
    }
}
