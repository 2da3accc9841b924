using System.Linq.Expressions;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Privacy;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Granary.Application.Qualification.Merging;

/// <summary>
/// Rows of a lead that go over to another one: which they were, so that they can go back. Periods of ownership, explanations and
/// the event log stay where they are, as they tell what happened to that lead; the survivor shows them as its own.
/// </summary>
internal sealed record MovedRows
{
    public IReadOnlyList<Guid> Touches { get; init; } = [];

    public IReadOnlyList<Guid> Visitors { get; init; } = [];

    public IReadOnlyList<Guid> FollowUps { get; init; } = [];

    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    public IReadOnlyList<Guid> Submissions { get; init; } = [];

    public IReadOnlyList<Guid> Violations { get; init; } = [];

    public IReadOnlyList<Guid> Qualifications { get; init; } = [];

    public IReadOnlyList<Guid> Consents { get; init; } = [];

    /// <summary>Leads that were linked to it 归集.</summary>
    public IReadOnlyList<Guid> Linked { get; init; } = [];

    /// <summary>Leads that had been merged into it before.</summary>
    public IReadOnlyList<Guid> Redirected { get; init; } = [];

    /// <summary>Moves everything that a lead has.</summary>
    public static async Task<MovedRows> Of(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        await db.Set<Notice>().Where(n => n.SubjectId == from && n.SeenAt == null).ExecuteUpdateAsync(n => n.SetProperty(x => x.SubjectId, to), ct);
        return new MovedRows
        {
            Touches = await Move(db.Set<Touch>().Where(t => t.LeadId == from), t => t.Id, t => t.SetProperty(x => x.LeadId, to), ct),
            Visitors = await Move(db.Set<Visitor>().Where(v => v.LeadId == from), v => v.Id, v => v.SetProperty(x => x.LeadId, to), ct),
            FollowUps = await Move(db.Set<FollowUpRecord>().Where(f => f.LeadId == from), f => f.Id, f => f.SetProperty(x => x.LeadId, to), ct),
            Attachments = await Move(db.Set<Attachment>().Where(a => a.LeadId == from), a => a.Id, a => a.SetProperty(x => x.LeadId, to), ct),
            Submissions = await Move(db.Set<KeptSubmission>().Where(s => s.LeadId == from), s => s.Id, s => s.SetProperty(x => x.LeadId, to), ct),
            Violations = await Move(db.Set<Violation>().Where(v => v.LeadId == from), v => v.Id, v => v.SetProperty(x => x.LeadId, to), ct),
            Qualifications = await Move(db.Set<LeadQualification>().Where(q => q.LeadId == from), q => q.Id, q => q.SetProperty(x => x.LeadId, to), ct),
            Consents = await Move(db.Set<ConsentRecord>().Where(c => c.LeadId == from), c => c.Id, c => c.SetProperty(x => x.LeadId, to), ct),
            Linked = await Move(db.Set<Lead>().Where(l => l.SourceLeadId == from && l.Id != to), l => l.Id, l => l.SetProperty(x => x.SourceLeadId, to).SetProperty(x => x.Version, x => x.Version + 1), ct),
            Redirected = await Move(db.Set<Lead>().Where(l => l.MergedIntoId == from), l => l.Id, l => l.SetProperty(x => x.MergedIntoId, to), ct),
        };
    }

    /// <summary>Moves back what is still where it was moved to.</summary>
    public async Task Back(GranaryDb db, Guid from, Guid to, CancellationToken ct)
    {
        await db.Set<Touch>().Where(t => t.LeadId == to && Touches.Contains(t.Id)).ExecuteUpdateAsync(t => t.SetProperty(x => x.LeadId, from), ct);
        await db.Set<Visitor>().Where(v => v.LeadId == to && Visitors.Contains(v.Id)).ExecuteUpdateAsync(v => v.SetProperty(x => x.LeadId, from), ct);
        await db.Set<FollowUpRecord>().Where(f => f.LeadId == to && FollowUps.Contains(f.Id)).ExecuteUpdateAsync(f => f.SetProperty(x => x.LeadId, from), ct);
        await db.Set<Attachment>().Where(a => a.LeadId == to && FollowUps.Contains(a.FollowUpId)).ExecuteUpdateAsync(a => a.SetProperty(x => x.LeadId, from), ct);
        await db.Set<KeptSubmission>().Where(s => s.LeadId == to && Submissions.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.LeadId, from), ct);
        await db.Set<Violation>().Where(v => v.LeadId == to && Violations.Contains(v.Id)).ExecuteUpdateAsync(v => v.SetProperty(x => x.LeadId, from), ct);
        await db.Set<LeadQualification>().Where(q => q.LeadId == to && Qualifications.Contains(q.Id)).ExecuteUpdateAsync(q => q.SetProperty(x => x.LeadId, from), ct);
        await db.Set<ConsentRecord>().Where(c => c.LeadId == to && Consents.Contains(c.Id)).ExecuteUpdateAsync(c => c.SetProperty(x => x.LeadId, from), ct);
        await db.Set<Lead>().Where(l => l.SourceLeadId == to && Linked.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.SourceLeadId, from).SetProperty(x => x.Version, x => x.Version + 1), ct);
        await db.Set<Lead>().Where(l => l.MergedIntoId == to && Redirected.Contains(l.Id)).ExecuteUpdateAsync(l => l.SetProperty(x => x.MergedIntoId, from), ct);
    }

    private static async Task<IReadOnlyList<Guid>> Move<T>(IQueryable<T> rows, Expression<Func<T, Guid>> id, Action<UpdateSettersBuilder<T>> move, CancellationToken ct)
        where T : class
    {
        var ids = await rows.Select(id).ToListAsync(ct);
        if (ids.Count > 0)
        {
            await rows.ExecuteUpdateAsync(move, ct);
        }

        return ids;
    }
}
