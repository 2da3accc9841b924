using Granary.Application.Capture;
using Granary.Application.Qualification.Merging;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>
/// Reviews of a lead, which go over when two become one: those that ended in any case, the one in force where the survivor has none of
/// its own. The grade stands on the lead whose review passed.
/// </summary>
public sealed class ReviewsOfLead : LeadMergePart
{
    /// <inheritdoc />
    public override string Name => "lead_review";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Lead from, Lead to, CancellationToken ct)
    {
        var reviews = await db.Set<LeadReview>().Where(r => r.LeadId == from.Id || r.LeadId == to.Id).ToListAsync(ct);
        var takes = reviews.TrueForAll(r => r.LeadId == from.Id || !r.Live);
        var moved = reviews.FindAll(r => r.LeadId == from.Id && (takes || !r.Live));
        await Set(db, moved, from, to, ct);
        return [.. moved.Select(r => r.Id)];
    }

    /// <inheritdoc />
    public override async Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Lead from, Lead to, CancellationToken ct) =>
        await Set(db, await db.Set<LeadReview>().Where(r => r.LeadId == to.Id && ids.Contains(r.Id)).ToListAsync(ct), to, from, ct);

    private static async Task Set(GranaryDb db, List<LeadReview> moved, Lead was, Lead becomes, CancellationToken ct)
    {
        moved.ForEach(r => r.LeadId = becomes.Id);
        if (moved.Find(r => r.State == ReviewState.Approved) is { } passed)
        {
            (was.ProjectGrade, becomes.ProjectGrade) = (null, $"{passed.Grade}");
        }

        var ids = moved.ConvertAll(r => r.Id);
        await db.SaveChangesAsync(ct);
        await db.Set<ReviewStep>().Where(s => ids.Contains(s.ReviewId)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LeadId, becomes.Id), ct);
    }
}

/// <summary>What was written about a lead while it was incubated; the later paper of a kind is in force then.</summary>
public sealed class PapersOfLead : LeadMergePart
{
    /// <inheritdoc />
    public override string Name => "lead_paper";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<Guid>> Move(GranaryDb db, Lead from, Lead to, CancellationToken ct)
    {
        var ids = await db.Set<LeadPaper>().Where(p => p.LeadId == from.Id).Select(p => p.Id).ToListAsync(ct);
        await Back(db, ids, to, from, ct);
        return ids;
    }

    /// <inheritdoc />
    public override Task Back(GranaryDb db, IReadOnlyList<Guid> ids, Lead from, Lead to, CancellationToken ct)
    {
        var (was, becomes) = (to.Id, from.Id);
        return db.Set<LeadPaper>().Where(p => p.LeadId == was && ids.Contains(p.Id)).ExecuteUpdateAsync(p => p.SetProperty(x => x.LeadId, becomes), ct);
    }
}
