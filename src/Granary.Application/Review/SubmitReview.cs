using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Review;

namespace Granary.Application.Review;

/// <summary>An application for review.</summary>
/// <param name="Line">The business line; null takes the one that the lead falls under.</param>
/// <param name="Summary">What it says, up to <see cref="SubmitReview.LongestSummary"/> characters.</param>
public sealed record ReviewApplication(string? Line = null, string? Summary = null);

/// <summary>Applies for the review of a lead (§7), and takes the application back. The creator of the lead may, and whoever works on it.</summary>
public sealed class SubmitReview(LeadVerb verb)
{
    /// <summary>Longest application.</summary>
    public const int LongestSummary = 2_000;

    /// <summary>Applies.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The lead.</param>
    /// <param name="input">The application.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Submit(Viewer viewer, Guid id, ReviewApplication input, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, (_, lead) => Needed(viewer, lead), seen, async (work, lead) =>
        {
            if (work.Unassignable(lead) is { } no)
            {
                return no;
            }

            var (rule, unknown) = RuleFor(work, lead, input.Line);
            if (rule is null)
            {
                return unknown!;
            }

            if (await work.Review(id, ct) is not null)
            {
                return new LeadResult.Refused(ReviewRefusal.Open);
            }

            if (Errors(rule, lead, input) is [_, ..] errors)
            {
                return new LeadResult.Invalid(errors);
            }

            var review = new LeadReview
            {
                Id = Clock.NewId(work.Now),
                LeadId = id,
                Line = rule.Line,
                State = ReviewState.Checking,
                PolicyVersion = work.Setting.Versions[PolicyKind.Review.Name],
                CreatorId = viewer.UserId,
                At = work.Now,
                Summary = VerbReason.Kept(input.Summary),
            };
            work.Wait(review, rule.Completeness);
            work.Scope.Db.Add(review);
            work.Happened(review, ReviewEvent.Submitted, new { review.Line });
            work.Tell(review, NoticeKind.ReviewToCheck, work.Setting.CheckersOf(lead).Select(c => (Guid?)c));
            return work.Changed(lead);
        }, ct);

    /// <summary>Takes the application back while it is not decided.</summary>
    /// <param name="viewer">Who; the one who applied, or who looks applications through.</param>
    /// <param name="id">The lead.</param>
    /// <param name="seen">The version of the lead that the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<LeadResult> Withdraw(Viewer viewer, Guid id, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.ViewLeads, seen, async (work, lead) =>
        {
            if (await work.Review(id, ct) is not { State: < ReviewState.Approved } review)
            {
                return new LeadResult.Refused(ReviewRefusal.NoReview);
            }

            if (review.CreatorId != viewer.UserId)
            {
                return new LeadResult.Forbidden();
            }

            work.End(review, ReviewState.Withdrawn, null);
            work.Happened(review, ReviewEvent.Withdrawn, new { review.Line });
            return work.Changed(lead);
        }, ct);

    /// <summary>What applying asks for: who recorded the lead only has to see it.</summary>
    internal static Permission Needed(Viewer viewer, Lead lead) => lead.RecorderId == viewer.UserId ? Permission.ViewLeads : Permission.EditLeads;

    private static (ReviewRule? Rule, LeadResult? Refusal) RuleFor(LeadWork work, Lead lead, string? line) =>
        line is null
            ? work.Setting.Reviews.For(lead.Facts(work.Setting)) is { } found ? (found, null) : (null, new LeadResult.Refused(ReviewRefusal.NotReviewed))
            : work.Setting.Reviews.Of(line) is { } asked ? (asked, null)
            : (null, work.Setting.Opportunities.Line(line) is null ? new LeadResult.Invalid([new FieldError("line", "unknown_value")]) : new LeadResult.Refused(ReviewRefusal.NotReviewed));

    private static IReadOnlyList<FieldError> Errors(ReviewRule rule, Lead lead, ReviewApplication input) =>
    [
        .. input.Summary?.Trim().Length > LongestSummary ? [new FieldError("summary", "too_long", $"{LongestSummary}")] : Array.Empty<FieldError>(),
        .. ApplicationFields.Missing(rule.RequiredFields, field => Given(lead, field)),
    ];

    /// <summary>Whether a lead has a field that an application may be asked to have.</summary>
    public static bool Given(Lead lead, string field) => field switch
    {
        "company.name" => !string.IsNullOrWhiteSpace(lead.CompanyName),
        "company.industry" => !string.IsNullOrWhiteSpace(lead.Industry),
        "company.size" => lead.Size is not null,
        "contact.name" => !string.IsNullOrWhiteSpace(lead.ContactName),
        "contact.title" => !string.IsNullOrWhiteSpace(lead.Title),
        "requirement" => !string.IsNullOrWhiteSpace(lead.Requirement),
        "products" => lead.Products.Count > 0,
        "budget" => (lead.BudgetMax ?? lead.BudgetMin) is not null,
        "purchaseBy" => lead.PurchaseBy is not null,
        _ => true,
    };
}
