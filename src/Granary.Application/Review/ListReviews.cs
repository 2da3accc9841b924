using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>Whose turn it is.</summary>
public enum ReviewTurn
{
    /// <summary>Applications that the viewer looks through.</summary>
    Check = 1,

    /// <summary>Reviews that wait for the viewer's opinion.</summary>
    Opinion = 2,

    /// <summary>Status reviews that have come due for the viewer.</summary>
    Look = 3,

    /// <summary>What the viewer applied for.</summary>
    Own = 4,
}

/// <summary>Which reviews.</summary>
public sealed record ReviewFilter
{
    /// <summary>Where they stand; empty is anywhere.</summary>
    public IReadOnlyList<ReviewState> States { get; init; } = [];

    /// <summary>Business lines, by id.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Owners of the leads.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];

    /// <summary>Grades.</summary>
    public IReadOnlyList<ProjectGrade> Grades { get; init; } = [];

    /// <summary>Those whose turn it is for the viewer; null is any.</summary>
    public ReviewTurn? Turn { get; init; }

    /// <summary>Part of the company's name; null is any.</summary>
    public string? Text { get; init; }

    /// <summary>Whether nothing is asked for.</summary>
    public bool IsEmpty => States.Count + Lines.Count + Owners.Count + Grades.Count == 0 && Turn is null && Text is null;
}

/// <summary>A line of the register.</summary>
/// <param name="Review">The review.</param>
/// <param name="Lead">Its lead, as the viewer may see it.</param>
/// <param name="Voices">How many opinions were given.</param>
/// <param name="Steps">How many steps its plan has.</param>
/// <param name="Done">How many of them are done.</param>
public sealed record ListedReview(LeadReview Review, Lead Lead, int Voices, int Steps, int Done);

/// <summary>The register of leads under review 线索一览表, and the queues of what waits for somebody; within the viewer's reach.</summary>
public sealed class ListReviews(Store store, SettingCache settings, TimeProvider time)
{
    /// <summary>A page, the latest first.</summary>
    /// <param name="viewer">Who reads.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The id behind which the page begins; null from the start.</param>
    /// <param name="take">How many; one more is read where there is one, so that the caller knows of a next page.</param>
    /// <param name="reach">The permission that reaches the leads besides.</param>
    /// <param name="ct">Cancellation.</param>
    public async Task<IReadOnlyList<ListedReview>> Page(
        Viewer viewer, ReviewFilter filter, Guid? after = null, int take = 50, Permission reach = Permission.ViewLeads, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        var reached = viewer.Leads(db, reach);
        var reviews = await Of(db, viewer, setting, filter).Where(r => reached.Any(l => l.Id == r.LeadId)).Where(r => after == null || r.Id < after).OrderByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
        var (ids, leadIds) = (reviews.ConvertAll(r => r.Id), reviews.ConvertAll(r => r.LeadId));
        var leads = await db.Set<Lead>().AsNoTracking().Where(l => leadIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        var voices = await db.Set<ReviewVoice>().Where(v => ids.Contains(v.ReviewId)).GroupBy(v => v.ReviewId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var steps = await db.Set<ReviewStep>().Where(s => ids.Contains(s.ReviewId)).GroupBy(s => s.ReviewId)
            .Select(g => new { g.Key, Count = g.Count(), Done = g.Sum(s => s.DoneOn == null ? 0 : 1) }).ToDictionaryAsync(g => g.Key, ct);
        return [.. reviews.Select(r => new ListedReview(
            r, viewer.Veiled(setting, leads[r.LeadId]), voices.GetValueOrDefault(r.Id), steps.GetValueOrDefault(r.Id)?.Count ?? 0, steps.GetValueOrDefault(r.Id)?.Done ?? 0))];
    }

    /// <summary>How many there are.</summary>
    public async Task<int> Count(Viewer viewer, ReviewFilter filter, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        return await Of(db, viewer, setting, filter).CountAsync(ct);
    }

    private IQueryable<LeadReview> Of(GranaryDb db, Viewer viewer, Setting setting, ReviewFilter filter)
    {
        var reviews = Turn(db, viewer, setting, filter.Turn);
        if (filter.States.Count > 0)
        {
            reviews = reviews.Where(r => filter.States.Contains(r.State));
        }

        if (filter.Lines.Count > 0)
        {
            reviews = reviews.Where(r => filter.Lines.Contains(r.Line));
        }

        if (filter.Grades.Count > 0)
        {
            reviews = reviews.Where(r => r.Grade != null && filter.Grades.Contains(r.Grade.Value));
        }

        if (filter.Owners.Count > 0)
        {
            reviews = reviews.Where(r => db.Set<Lead>().Any(l => l.Id == r.LeadId && l.OwnerId != null && filter.Owners.Contains(l.OwnerId.Value)));
        }

        if (filter.Text is { } text)
        {
            var named = db.Set<Lead>().Where(l => l.CompanyName != null && l.CompanyName.Contains(text));
            var shown = viewer.Showing(setting, "company") is { } condition ? named.Where(condition) : named;
            reviews = reviews.Where(r => shown.Any(l => l.Id == r.LeadId));
        }

        return reviews;
    }

    // What waits for somebody is of leads that are still worked on.
    private IQueryable<LeadReview> Turn(GranaryDb db, Viewer viewer, Setting setting, ReviewTurn? turn)
    {
        var me = viewer.UserId;
        var all = db.Set<LeadReview>().AsNoTracking();
        switch (turn)
        {
            case ReviewTurn.Check:
                var checkedLeads = Open(viewer.Leads(db, Permission.CheckReviews));
                return all.Where(r => r.State == ReviewState.Checking && checkedLeads.Any(l => l.Id == r.LeadId));
            case ReviewTurn.Opinion:
                var mine = setting.Reviews.Lines.Where(l => l.Members.Contains(me)).Select(l => l.Line).ToArray();
                var voiced = Open(viewer.Leads(db, Permission.ReviewLeads));
                return all.Where(r => r.State == ReviewState.Opinions && mine.Contains(r.Line) && voiced.Any(l => l.Id == r.LeadId)
                    && !db.Set<ReviewVoice>().Any(v => v.ReviewId == r.Id && v.MemberId == me));
            case ReviewTurn.Look:
                var looked = setting.Reviews.Lines.Where(l => setting.Looks(l, me)).Select(l => l.Line).ToArray();
                var leads = Open(viewer.Leads(db, Permission.ReviewLeads));
                var today = setting.Calendar.DateOf(time.Now);
                return all.Where(r => r.State == ReviewState.Approved && r.LookOn <= today && looked.Contains(r.Line) && leads.Any(l => l.Id == r.LeadId));
            case ReviewTurn.Own:
                var visible = viewer.Leads(db);
                return all.Where(r => r.CreatorId == me && visible.Any(l => l.Id == r.LeadId));
            default:
                var seen = viewer.Leads(db);
                return all.Where(r => seen.Any(l => l.Id == r.LeadId));
        }
    }

    private static IQueryable<Lead> Open(IQueryable<Lead> leads) => leads.Where(l => l.Status < LeadStatus.Converted);
}
