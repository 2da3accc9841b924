using System.Text.Json.Nodes;
using Granary.Application.Privacy;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>Reviews of a person's leads: words go, that they were reviewed, by whom and with which grade stays.</summary>
public sealed class ReviewPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "lead_review";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var reviews = await Of(work).AsNoTracking().OrderBy(r => r.Id).ToListAsync(ct);
        var ids = reviews.ConvertAll(r => r.Id);
        var voices = await work.Db.Set<ReviewVoice>().AsNoTracking().Where(v => ids.Contains(v.ReviewId)).OrderBy(v => v.At).ToListAsync(ct);
        var steps = await work.Db.Set<ReviewStep>().AsNoTracking().Where(s => ids.Contains(s.ReviewId)).OrderBy(s => s.Id).ToListAsync(ct);
        var looks = await work.Db.Set<ReviewLook>().AsNoTracking().Where(l => ids.Contains(l.ReviewId)).OrderBy(l => l.Id).ToListAsync(ct);
        return
        [
            .. reviews.Select(r => Row(("leadId", r.LeadId), ("at", r.At), ("state", r.State), ("summary", r.Summary), ("note", r.CheckNote), ("reason", r.Reason), ("grade", r.Grade))),
            .. voices.Select(v => Row(("reviewId", v.ReviewId), ("at", v.At), ("verdict", v.Verdict), ("reason", v.Reason))),
            .. steps.Select(s => Row(("reviewId", s.ReviewId), ("step", s.Name), ("dueOn", s.DueOn), ("doneOn", s.DoneOn))),
            .. looks.Select(l => Row(("reviewId", l.ReviewId), ("at", l.At), ("outcome", l.Outcome), ("reason", l.Reason))),
        ];
    }

    /// <inheritdoc />
    public override async Task<int> Erase(PersonWork work, CancellationToken ct)
    {
        const string gone = "—";
        var ids = Of(work).Select(r => r.Id);
        var changed = await work.Db.Set<ReviewVoice>().Where(v => ids.Contains(v.ReviewId)).ExecuteUpdateAsync(v => v.SetProperty(x => x.Reason, (string?)null), ct);
        changed += await work.Db.Set<ReviewStep>().Where(s => ids.Contains(s.ReviewId)).ExecuteUpdateAsync(s => s.SetProperty(x => x.Name, gone), ct);
        changed += await work.Db.Set<ReviewLook>().Where(l => ids.Contains(l.ReviewId)).ExecuteUpdateAsync(l => l.SetProperty(x => x.Reason, (string?)null), ct);
        return changed + await Of(work).ExecuteUpdateAsync(r => r.SetProperty(x => x.Summary, (string?)null).SetProperty(x => x.CheckNote, (string?)null).SetProperty(x => x.Reason, (string?)null), ct);
    }

    private static IQueryable<LeadReview> Of(PersonWork work) => work.Db.Set<LeadReview>().Where(r => work.Leads.Contains(r.LeadId));
}

/// <summary>What was written about a person's leads while they were incubated: chains name people, so all of it goes.</summary>
public sealed class LeadPaperPersonPart : PersonPart
{
    /// <inheritdoc />
    public override string Name => "lead_paper";

    /// <inheritdoc />
    public override async Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct)
    {
        var papers = await work.Db.Set<LeadPaper>().AsNoTracking().Where(p => work.Leads.Contains(p.LeadId)).OrderBy(p => p.Id).ToListAsync(ct);
        return [.. papers.Select(p => Row(("leadId", p.LeadId), ("kind", p.Kind), ("at", p.At), ("text", JsonNode.Parse(p.Body))))];
    }

    /// <inheritdoc />
    public override Task<int> Erase(PersonWork work, CancellationToken ct) => work.Db.Set<LeadPaper>().Where(p => work.Leads.Contains(p.LeadId)).ExecuteDeleteAsync(ct);
}
