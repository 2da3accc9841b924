using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Capture;
using Granary.Domain.People;
using Granary.Domain.Qualification;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Qualification;

/// <summary>What somebody's judgements became (§12: shows in SDR figures).</summary>
/// <param name="UserId">Who judged.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Made">How many they made.</param>
/// <param name="Accepted">How many of those were taken.</param>
/// <param name="Rejected">How many were sent back.</param>
public sealed record QualificationFigures(Guid UserId, QualificationStage Stage, int Made, int Accepted, int Rejected)
{
    /// <summary>Taken ÷ judged by the next stage, 0 to 1; null while none was.</summary>
    public decimal? AcceptanceRate => Accepted + Rejected == 0 ? null : (decimal)Accepted / (Accepted + Rejected);
}

/// <summary>Reads judgements of leads.</summary>
public sealed class ReadQualifications(Store store)
{
    private const int Most = 50;

    /// <summary>The judgements of one lead, the latest first; null of a lead that the viewer does not see.</summary>
    public async Task<IReadOnlyList<LeadQualification>?> Of(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        await using var db = store.Open();
        return await viewer.Leads(db).AnyAsync(l => l.Id == leadId, ct)
            ? await db.Set<LeadQualification>().AsNoTracking().Where(q => q.LeadId == leadId).OrderByDescending(q => q.Id).Take(Most).ToListAsync(ct)
            : null;
    }

    /// <summary>What the judgements of a period became, for each person within the viewer's reports.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The instant behind the last.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<QualificationFigures>> Figures(Viewer viewer, DateTimeOffset from, DateTimeOffset to, CancellationToken ct = default)
    {
        var reach = viewer.May(Permission.ViewReports) ? viewer.Owners(Permission.ViewReports)?.ToArray() : [];
        await using var db = store.Open();
        var rows = db.Set<LeadQualification>().AsNoTracking().Where(q => q.At >= from && q.At < to);
        return await (reach is null ? rows : rows.Where(q => reach.Contains(q.ActorId)))
            .GroupBy(q => new { q.ActorId, q.Stage })
            .Select(g => new QualificationFigures(
                g.Key.ActorId, g.Key.Stage, g.Count(), g.Count(q => q.Acceptance == Acceptance.Accepted), g.Count(q => q.Acceptance == Acceptance.Rejected)))
            .ToListAsync(ct);
    }
}
