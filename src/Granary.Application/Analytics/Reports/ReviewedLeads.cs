using Granary.Application.Analytics.Facts;
using Granary.Application.Capture;
using Granary.Application.Opportunities;
using Granary.Application.Review;
using Granary.Domain.Opportunities;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Analytics.Reports;

/// <summary>Leads of the figures of review (§7 KPI), and what became of the valid ones.</summary>
/// <param name="Recorded">Recorded in the period.</param>
/// <param name="Valid">Valid: passed review.</param>
/// <param name="Turned">Valid ones that became opportunities.</param>
internal sealed record ReviewedLeads(IQueryable<Lead> Recorded, IQueryable<Lead> Valid, IQueryable<Lead> Turned)
{
    /// <summary>The leads of a period, by the definitions of the figures of review.</summary>
    public static async Task<ReviewedLeads> Of(ReportWork work, ReviewBasis basis, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var (start, end) = work.Instants(from, to);
        var (recorded, valid, turned) = ReviewFigures.Sets(work.Db, await Reached(work, ct), start, end, basis);
        return new(recorded, valid, turned);
    }

    /// <summary>Opportunities that began with valid leads: of the cohort all, by activity those made in the period.</summary>
    public static async Task<IQueryable<Opportunity>> Opportunities(ReportWork work, ReviewBasis basis, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var valid = basis == ReviewBasis.Cohort
            ? (await Of(work, basis, from, to, ct)).Valid
            : (await Reached(work, ct)).Where(l => work.Db.Set<LeadReview>().Any(r => r.LeadId == l.Id && r.PassedAt != null));
        return work.Db.Set<Opportunity>().AsNoTracking().Where(o => valid.Any(l => l.Id == o.LeadId));
    }

    /// <summary>Those that were won: of the cohort all, by activity those won in the period.</summary>
    public static IQueryable<Opportunity> Closed(ReportWork work, IQueryable<Opportunity> all, InquiryGrade grade, ReviewBasis basis, DateOnly from, DateOnly to)
    {
        var (start, end) = work.Instants(from, to);
        var closed = all.Where(o => o.ClosedAt != null && o.Inquiry == grade);
        return basis == ReviewBasis.Cohort ? closed : closed.Where(o => o.ClosedAt >= start && o.ClosedAt < end);
    }

    /// <summary>The figures of review.</summary>
    public static WorkCube Cube(ReviewBasis basis) => basis == ReviewBasis.Cohort ? WorkCube.ReviewCohort : WorkCube.ReviewActivity;

    // As facts have it: a lead is its owner's; one that nobody has is whose who recorded it.
    private static async Task<IQueryable<Lead>> Reached(ReportWork work, CancellationToken ct)
    {
        var leads = work.Db.Set<Lead>().AsNoTracking().Where(l => l.MergedIntoId == null);
        if (work.Filter.Owners is { } owners)
        {
            Guid[] list = [.. owners];
            leads = leads.Where(l => list.Contains((l.OwnerId ?? l.RecorderId ?? LeadFact.Nobody)));
        }

        return await FilteredLeads.Of(work, ct) is { } some ? leads.Where(l => some.Contains(l.Id)) : leads;
    }
}
