namespace Granary.Domain.Qualification;

/// <summary>The four criteria of conversion (§12), as whoever converts states them.</summary>
public sealed record ConversionCriteria
{
    /// <summary>They said that they want to buy.</summary>
    public bool Intention { get; init; }

    /// <summary>Whether the budget is confirmed.</summary>
    public bool BudgetConfirmed { get; init; }

    /// <summary>The confirmed budget in the organisation's currency.</summary>
    public decimal? Budget { get; init; }

    /// <summary>The key person of the decision takes part.</summary>
    public bool DecisionMaker { get; init; }

    /// <summary>The day by which they want to have bought.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Names of the criteria that hold: <c>intention</c>, <c>budget</c> (confirmed and at least the minimum deal), <c>decisionMaker</c>, <c>date</c>.</summary>
    public IReadOnlyList<string> Holding(QualificationPolicy policy)
    {
        List<string> holding = [];
        if (Intention)
        {
            holding.Add("intention");
        }

        if (BudgetConfirmed && Budget >= policy.MinimumDeal)
        {
            holding.Add("budget");
        }

        if (DecisionMaker)
        {
            holding.Add("decisionMaker");
        }

        if (Date is not null)
        {
            holding.Add("date");
        }

        return holding;
    }

    /// <summary>Whether enough of them hold to convert.</summary>
    public bool Met(QualificationPolicy policy) => Holding(policy).Count >= policy.Criteria;
}

/// <summary>Why a conversion cannot be undone, in the order it is asked.</summary>
public enum UndoRefusal
{
    /// <summary>It was undone.</summary>
    AlreadyUndone,

    /// <summary>The time is over.</summary>
    TooLate,

    /// <summary>Somebody has worked on the opportunity.</summary>
    Touched,
}

/// <summary>Undoing a conversion (§12): within some hours, while the opportunity is untouched.</summary>
public static class ConversionUndo
{
    /// <summary>Why it cannot be undone; null when it can.</summary>
    /// <param name="policy">The hours.</param>
    /// <param name="convertedAt">When it was converted.</param>
    /// <param name="undone">Whether it was undone before.</param>
    /// <param name="touched">Whether anybody changed the opportunity since.</param>
    /// <param name="now">The instant.</param>
    public static UndoRefusal? Refusal(QualificationPolicy policy, DateTimeOffset convertedAt, bool undone, bool touched, DateTimeOffset now) =>
        undone ? UndoRefusal.AlreadyUndone
        : now >= Until(policy, convertedAt) ? UndoRefusal.TooLate
        : touched ? UndoRefusal.Touched
        : null;

    /// <summary>Until when it can be undone.</summary>
    public static DateTimeOffset Until(QualificationPolicy policy, DateTimeOffset convertedAt) => convertedAt.AddHours(policy.UndoHours);
}
