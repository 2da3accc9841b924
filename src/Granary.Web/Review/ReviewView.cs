using Granary.Application.Capture;
using Granary.Application.Review;
using Granary.Application.Settings;
using Granary.Domain.Review;
using Granary.Web.People;

namespace Granary.Web.Review;

/// <summary>The three elements a project is graded by.</summary>
/// <param name="Amount">Expected amount.</param>
/// <param name="OwnShare">Share of own products, 0 to 1.</param>
/// <param name="Customer">strategic, strategicIndustry or other.</param>
public sealed record GradeElementsView(decimal Amount, decimal OwnShare, CustomerClass Customer)
{
    internal static GradeElementsView? Of(GradeElements? elements) => elements is null ? null : new(elements.Amount, elements.OwnShare, elements.Customer);
}

/// <summary>An opinion of a member.</summary>
/// <param name="Member">The member.</param>
/// <param name="Verdict">approve, return or reject.</param>
/// <param name="Reason">Why.</param>
/// <param name="Elements">How they grade it.</param>
/// <param name="Grade">The grade that follows.</param>
/// <param name="Owner">Who should get the lead.</param>
/// <param name="At">When.</param>
public sealed record OpinionView(OwnerAnswer? Member, ReviewVerdict Verdict, string? Reason, GradeElementsView? Elements, ProjectGrade? Grade, OwnerAnswer? Owner, DateTimeOffset At);

/// <summary>A step of the milestone plan.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">What is to be done; a built-in one by its key.</param>
/// <param name="DueOn">By when.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="DoneOn">When it was done.</param>
public sealed record StepView(Guid Id, string Name, DateOnly DueOn, OwnerAnswer? Owner, DateOnly? DoneOn);

/// <summary>A status review.</summary>
/// <param name="Id">Id.</param>
/// <param name="Outcome">confirm, regrade or close.</param>
/// <param name="Before">The grade before.</param>
/// <param name="After">The grade after.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who wrote it down.</param>
/// <param name="At">When.</param>
public sealed record LookView(Guid Id, LookOutcome Outcome, ProjectGrade? Before, ProjectGrade? After, string? Reason, OwnerAnswer? By, DateTimeOffset At);

/// <summary>A review in lists.</summary>
public record ReviewLineView
{
    /// <summary>Id of the review.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lead.</summary>
    public required Guid LeadId { get; init; }

    /// <summary>Version of the lead, also in the ETag: every step of the review is a change of the lead.</summary>
    public required int Version { get; init; }

    /// <summary>Company of the lead.</summary>
    public string? Company { get; init; }

    /// <summary>Id of the business line.</summary>
    public required string Line { get; init; }

    /// <summary>checking, opinions, approved, returned, rejected, withdrawn or closed.</summary>
    public required ReviewState State { get; init; }

    /// <summary>Who applied.</summary>
    public OwnerAnswer? Creator { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The grade that holds.</summary>
    public ProjectGrade? Grade { get; init; }

    /// <summary>Owner of the lead.</summary>
    public OwnerAnswer? Owner { get; init; }

    /// <summary>By when those whose turn it is have done it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When the committee looks at it again.</summary>
    public DateOnly? LookOn { get; init; }

    /// <summary>When it passed.</summary>
    public DateTimeOffset? PassedAt { get; init; }

    /// <summary>A line of the register.</summary>
    internal static ReviewLineView Of(LeadReview r, Lead lead, Setting setting) => new()
    {
        Id = r.Id,
        LeadId = r.LeadId,
        Version = lead.Version,
        Company = lead.CompanyName,
        Line = r.Line,
        State = r.State,
        Creator = OwnerAnswer.Of(r.CreatorId, setting),
        SubmittedAt = r.At,
        Grade = r.Grade,
        Owner = OwnerAnswer.Of(lead.OwnerId, setting),
        DueAt = r.DueAt,
        LookOn = r.LookOn,
        PassedAt = r.PassedAt,
    };
}

/// <summary>A review with everything that was said in it.</summary>
public sealed record ReviewView : ReviewLineView
{
    /// <summary>What the application says.</summary>
    public string? Summary { get; init; }

    /// <summary>Version of the rules.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>Who looked it through.</summary>
    public OwnerAnswer? CheckedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What they said to it.</summary>
    public string? CheckNote { get; init; }

    /// <summary>Whom the administrator proposes as its owner, and at last who got it.</summary>
    public OwnerAnswer? NamedOwner { get; init; }

    /// <summary>Whose opinion decided it.</summary>
    public OwnerAnswer? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Why it was returned, rejected or given up.</summary>
    public string? Reason { get; init; }

    /// <summary>The elements that the grade was made of.</summary>
    public GradeElementsView? Elements { get; init; }

    /// <summary>Opinions in the order in which they were given.</summary>
    public IReadOnlyList<OpinionView> Opinions { get; init; } = [];

    /// <summary>Members who have not spoken.</summary>
    public IReadOnlyList<OwnerAnswer> Missing { get; init; } = [];

    /// <summary>The milestone plan.</summary>
    public IReadOnlyList<StepView> Milestones { get; init; } = [];

    /// <summary>Status reviews, the latest first.</summary>
    public IReadOnlyList<LookView> StatusReviews { get; init; } = [];

    /// <summary>Reviews of the lead before this one, the latest first.</summary>
    public IReadOnlyList<ReviewLineView> Earlier { get; init; } = [];

    /// <summary>The review of a lead; null where there was none.</summary>
    internal static ReviewView? Of(ReviewDetail detail, Setting setting) => detail.Review is not { } r ? null : new()
    {
        Id = r.Id,
        LeadId = r.LeadId,
        Version = detail.Lead.Version,
        Company = detail.Lead.CompanyName,
        Line = r.Line,
        State = r.State,
        Creator = OwnerAnswer.Of(r.CreatorId, setting),
        SubmittedAt = r.At,
        Grade = r.Grade,
        Owner = OwnerAnswer.Of(detail.Lead.OwnerId, setting),
        DueAt = r.DueAt,
        LookOn = r.LookOn,
        PassedAt = r.PassedAt,
        Summary = r.Summary,
        PolicyVersion = r.PolicyVersion,
        CheckedBy = OwnerAnswer.Of(r.CheckedBy, setting),
        CheckedAt = r.CheckedAt,
        CheckNote = r.CheckNote,
        NamedOwner = OwnerAnswer.Of(r.OwnerId, setting),
        DecidedBy = OwnerAnswer.Of(r.DecidedBy, setting),
        DecidedAt = r.DecidedAt,
        Reason = r.Reason,
        Elements = GradeElementsView.Of(r.Elements),
        Opinions = [.. detail.Voices.Select(v => new OpinionView(
            OwnerAnswer.Of(v.MemberId, setting), v.Verdict, v.Reason, GradeElementsView.Of(v.Elements), v.Elements?.Grade, OwnerAnswer.Of(v.OwnerId, setting), v.At))],
        Missing = [.. detail.Missing.Select(m => OwnerAnswer.Of(m, setting)).OfType<OwnerAnswer>()],
        Milestones = [.. detail.Steps.Select(s => new StepView(s.Id, s.Name, s.DueOn, OwnerAnswer.Of(s.OwnerId, setting), s.DoneOn))],
        StatusReviews = [.. detail.Looks.Select(l => new LookView(l.Id, l.Outcome, l.Before, l.After, l.Reason, OwnerAnswer.Of(l.ActorId, setting), l.At))],
        Earlier = [.. detail.Earlier.Select(e => ReviewLineView.Of(e, detail.Lead, setting))],
    };
}
