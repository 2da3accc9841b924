using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Opportunities;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Review;

/// <summary>What a viewer may do in the review of a lead as it stands.</summary>
/// <param name="Submit">Apply for it.</param>
/// <param name="Withdraw">Take the application back.</param>
/// <param name="Check">Look whether it is complete.</param>
/// <param name="Voice">Give an opinion.</param>
/// <param name="Plan">Write the milestone plan.</param>
/// <param name="Look">Write down a status review.</param>
/// <param name="Write">Write diagrams.</param>
public sealed record ReviewRights(bool Submit, bool Withdraw, bool Check, bool Voice, bool Plan, bool Look, bool Write);

/// <summary>Everything the page of a lead's review shows.</summary>
public sealed record ReviewDetail
{
    /// <summary>The lead, as the viewer may see it.</summary>
    public required Lead Lead { get; init; }

    /// <summary>What the viewer may do.</summary>
    public required ReviewRights Rights { get; init; }

    /// <summary>The review in force, else the latest; null where there was none.</summary>
    public LeadReview? Review { get; init; }

    /// <summary>The rule it goes by, or would go by; null where the lead needs no review.</summary>
    public ReviewRule? Rule { get; init; }

    /// <summary>Reviews before it, the latest first.</summary>
    public IReadOnlyList<LeadReview> Earlier { get; init; } = [];

    /// <summary>Opinions in the order in which they were given.</summary>
    public IReadOnlyList<ReviewVoice> Voices { get; init; } = [];

    /// <summary>Members who have not spoken, while opinions are given.</summary>
    public IReadOnlyList<Guid> Missing { get; init; } = [];

    /// <summary>The milestone plan in its order.</summary>
    public IReadOnlyList<ReviewStep> Steps { get; init; } = [];

    /// <summary>Status reviews, the latest first.</summary>
    public IReadOnlyList<ReviewLook> Looks { get; init; } = [];

    /// <summary>Why it was decided, and last graded, as it was.</summary>
    public IReadOnlyList<Reason> Reasons { get; init; } = [];

    /// <summary>The papers in force, by kind.</summary>
    public IReadOnlyDictionary<PaperKind, LeadPaper> Papers { get; init; } = new Dictionary<PaperKind, LeadPaper>();

    /// <summary>A paper of a kind; null where there is none.</summary>
    public T? Paper<T>(PaperKind kind)
        where T : class => Papers.GetValueOrDefault(kind)?.Read<T>();
}

/// <summary>Reads the review of one lead within the viewer's reach.</summary>
public sealed class ReadReviews(Store store, SettingCache settings)
{
    /// <summary>The kind of explanations that reviews leave.</summary>
    internal const string Explained = "review";

    private const int MostEarlier = 20;

    /// <summary>The review with all that belongs to it; null where the viewer does not see the lead.</summary>
    public async Task<ReviewDetail?> Find(Viewer viewer, Guid leadId, CancellationToken ct = default)
    {
        var setting = await settings.Get(ct);
        await using var db = store.Open();
        if (await viewer.Leads(db).AsNoTracking().SingleOrDefaultAsync(l => l.Id == leadId, ct) is not { } lead)
        {
            return null;
        }

        var reviews = await db.Set<LeadReview>().AsNoTracking().Where(r => r.LeadId == leadId).OrderByDescending(r => r.Id).Take(MostEarlier).ToListAsync(ct);
        var review = reviews.Find(r => r.Live) ?? reviews.FirstOrDefault();
        var rule = review is { Live: true } ? setting.Reviews.Of(review.Line) : setting.Reviews.For(Scoring.StoredScore.Facts(lead, setting));
        var voices = review is null ? [] : await db.Set<ReviewVoice>().AsNoTracking().Where(v => v.ReviewId == review.Id).OrderBy(v => v.At).ToListAsync(ct);
        var looks = review is null ? [] : await db.Set<ReviewLook>().AsNoTracking().Where(l => l.ReviewId == review.Id).OrderByDescending(l => l.Id).ToListAsync(ct);
        var veil = viewer.Veil(setting, lead);
        reviews.ForEach(r => (r.Summary, r.CheckNote, r.Reason) = (veil.Text(r.Summary), veil.Text(r.CheckNote), veil.Text(r.Reason)));
        voices.ForEach(v => v.Reason = veil.Text(v.Reason));
        looks.ForEach(l => l.Reason = veil.Text(l.Reason));
        return new ReviewDetail
        {
            Lead = viewer.Veiled(setting, lead),
            Rights = await Rights(db, viewer, setting, lead, review, rule, ct),
            Review = review,
            Rule = rule,
            Earlier = [.. reviews.Where(r => r != review)],
            Voices = voices,
            Missing = review?.State == ReviewState.Opinions && rule is not null ? setting.CommitteeOf(rule).Standing(rule.Rule, voices.ConvertAll(v => v.Opinion)).Missing : [],
            Steps = review is null ? [] : await db.Set<ReviewStep>().AsNoTracking().Where(s => s.ReviewId == review.Id).OrderBy(s => s.Place).ToListAsync(ct),
            Looks = looks,
            Reasons = review?.DecidedAt is null ? [] : veil.Of(await Why(db, leadId, ct)),
            Papers = !veil.Hangs ? await db.PapersOf(leadId, ct) : new Dictionary<PaperKind, LeadPaper>(),
        };
    }

    private static async Task<IReadOnlyList<Reason>> Why(GranaryDb db, Guid leadId, CancellationToken ct) =>
        await db.Set<Decision>().AsNoTracking().Where(d => d.LeadId == leadId && d.Kind == Explained).OrderByDescending(d => d.Id).FirstOrDefaultAsync(ct) is { } decision
            ? Json.Read<Trace>(decision.Trace).Reasons : [];

    private static async Task<ReviewRights> Rights(GranaryDb db, Viewer viewer, Setting setting, Lead lead, LeadReview? review, ReviewRule? rule, CancellationToken ct)
    {
        async Task<bool> May(Permission permission) => viewer.May(permission) && await viewer.Leads(db, permission).AnyAsync(l => l.Id == lead.Id, ct);
        var (state, open) = (review is { Live: true } ? review.State : (ReviewState?)null, LeadWork.Unassignable(setting, lead) is null);
        var edits = open && await May(Permission.EditLeads);
        var reviews = open && rule is not null && state is ReviewState.Opinions or ReviewState.Approved && await May(Permission.ReviewLeads);
        return new ReviewRights(
            Submit: open && state is null && rule is not null && (edits || lead.RecorderId == viewer.UserId),
            Withdraw: state < ReviewState.Approved && review!.CreatorId == viewer.UserId,
            Check: state == ReviewState.Checking && open && await May(Permission.CheckReviews),
            Voice: reviews && state == ReviewState.Opinions && rule!.Members.Contains(viewer.UserId),
            Plan: edits && state == ReviewState.Approved,
            Look: reviews && state == ReviewState.Approved && setting.Looks(rule!, viewer.UserId),
            Write: edits);
    }
}
