namespace Granary.Domain.Opportunities;

/// <summary>Inquiry grade 询价等级 (§13): how sure an opportunity is. Numbers are stored and never reused.</summary>
public enum InquiryGrade
{
    /// <summary>Won.</summary>
    S = 1,

    /// <summary>Budget; promised to us, or by our parameters.</summary>
    A = 2,

    /// <summary>Budget; attitude unclear, competition.</summary>
    B = 3,

    /// <summary>Budget; leaning to a competitor.</summary>
    C = 4,

    /// <summary>New, intends to buy, no budget yet.</summary>
    D = 5,

    /// <summary>New, no intention yet; not in the forecast.</summary>
    E = 6,

    /// <summary>Lost.</summary>
    F = 7,
}

/// <summary>Towards whom the deciding persons lean.</summary>
public enum Leaning
{
    /// <summary>Unclear, or several compete.</summary>
    Unclear = 1,

    /// <summary>They promised us, or the parameters are ours.</summary>
    Ours = 2,

    /// <summary>They lean to a competitor.</summary>
    Competitor = 3,
}

/// <summary>What an inquiry grade is read from.</summary>
/// <param name="HasBudget">Whether there is a budget.</param>
/// <param name="Intends">Whether they intend to buy.</param>
/// <param name="Leaning">Towards whom they lean.</param>
public readonly record struct InquiryFacts(bool HasBudget, bool Intends, Leaning Leaning);

/// <summary>Why a change of the inquiry grade is refused.</summary>
public enum InquiryRefusal
{
    /// <summary>It is the grade it has.</summary>
    NoChange,

    /// <summary>A change needs a reason.</summary>
    ReasonRequired,

    /// <summary>S needs a success case.</summary>
    SuccessCaseRequired,

    /// <summary>F needs a loss report.</summary>
    LossReportRequired,

    /// <summary>What is won or lost is reopened before its grade changes.</summary>
    AlreadyClosed,
}

/// <summary>The rules of inquiry grades (§13).</summary>
public static class InquiryGrades
{
    /// <summary>The grade that facts of an open opportunity speak for: A to E.</summary>
    public static InquiryGrade Suggested(InquiryFacts facts) =>
        !facts.HasBudget ? facts.Intends ? InquiryGrade.D : InquiryGrade.E
        : facts.Leaning switch { Leaning.Ours => InquiryGrade.A, Leaning.Competitor => InquiryGrade.C, _ => InquiryGrade.B };

    /// <summary>Why a grade cannot change; null when it can. Every change, up or down, needs a reason.</summary>
    /// <param name="from">The grade it has.</param>
    /// <param name="to">The grade it is to have.</param>
    /// <param name="reason">Why.</param>
    /// <param name="hasSuccessCase">Whether a success case is written.</param>
    /// <param name="hasLossReport">Whether a loss report is written.</param>
    public static InquiryRefusal? Refusal(InquiryGrade from, InquiryGrade to, string? reason, bool hasSuccessCase, bool hasLossReport) =>
        from == to ? InquiryRefusal.NoChange
        : from is InquiryGrade.S or InquiryGrade.F ? InquiryRefusal.AlreadyClosed
        : string.IsNullOrWhiteSpace(reason) ? InquiryRefusal.ReasonRequired
        : to == InquiryGrade.S && !hasSuccessCase ? InquiryRefusal.SuccessCaseRequired
        : to == InquiryGrade.F && !hasLossReport ? InquiryRefusal.LossReportRequired
        : null;
}
