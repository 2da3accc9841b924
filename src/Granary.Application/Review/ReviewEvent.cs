namespace Granary.Application.Review;

/// <summary>What is told of a lead's review, on the lead's timeline.</summary>
public static class ReviewEvent
{
    /// <summary>It was applied for.</summary>
    public const string Submitted = "lead.review_submitted";

    /// <summary>The application was found complete.</summary>
    public const string Checked = "lead.review_checked";

    /// <summary>It went back to its creator.</summary>
    public const string Returned = "lead.review_returned";

    /// <summary>A member of the committee gave an opinion.</summary>
    public const string Voiced = "lead.review_voiced";

    /// <summary>It passed.</summary>
    public const string Approved = "lead.review_approved";

    /// <summary>It was not taken up.</summary>
    public const string Rejected = "lead.review_rejected";

    /// <summary>Its creator took it back.</summary>
    public const string Withdrawn = "lead.review_withdrawn";

    /// <summary>Its milestone plan was written.</summary>
    public const string Planned = "lead.review_planned";

    /// <summary>A step of the plan was done, or is not done after all.</summary>
    public const string StepDone = "lead.review_step_done";

    /// <summary>The committee looked at it again and goes on.</summary>
    public const string Confirmed = "lead.review_confirmed";

    /// <summary>The committee graded it anew.</summary>
    public const string Regraded = "lead.review_regraded";

    /// <summary>The committee gave it up.</summary>
    public const string Closed = "lead.review_closed";

    /// <summary>Those whose turn it was have not done it in time.</summary>
    public const string Overdue = "lead.review_overdue";

    /// <summary>A diagram was written, or what raises interest.</summary>
    public const string Written = "lead.paper_written";
}

/// <summary>Why a verb of review cannot be done; stable codes of the API.</summary>
public static class ReviewRefusal
{
    /// <summary>The lead's business line is not reviewed.</summary>
    public const string NotReviewed = "not_reviewed";

    /// <summary>A review of the lead is under way or has passed.</summary>
    public const string Open = "review_open";

    /// <summary>There is no review in which this could be done.</summary>
    public const string NoReview = "no_review";

    /// <summary>It is somebody else's turn.</summary>
    public const string NotYourTurn = "not_your_turn";

    /// <summary>The lead becomes an opportunity only once its review has passed.</summary>
    public const string Required = "review_required";
}
