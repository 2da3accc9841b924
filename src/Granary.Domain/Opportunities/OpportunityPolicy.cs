using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Domain.Opportunities;

/// <summary>A time within which something is done.</summary>
/// <param name="Minutes">1 to 525,600 (a year).</param>
/// <param name="Clock">The clock they run on.</param>
public sealed record TimeLimit(int Minutes, DeadlineClock Clock)
{
    /// <summary>When something that began at an instant is due.</summary>
    public DateTimeOffset DueAt(DateTimeOffset from, WorkingCalendar calendar) => calendar.Add(Clock, from, TimeSpan.FromMinutes(Minutes));

    internal IEnumerable<FieldError> Errors(string path)
    {
        if (Minutes is < 1 or > 525_600)
        {
            yield return new FieldError($"{path}.minutes", "out_of_range", "1–525600");
        }

        if (!Enum.IsDefined(Clock))
        {
            yield return new FieldError($"{path}.clock", "not_a_choice");
        }
    }
}

/// <summary>The rules of opportunities (§13).</summary>
public sealed partial record OpportunityPolicy
{
    /// <summary>Business lines with their stages; the first is the one that is meant when none is named.</summary>
    public IReadOnlyList<BusinessLine> Lines { get; init; } = [];

    /// <summary>Rates of the weighted forecast.</summary>
    public ForecastRates Rates { get; init; } = ForecastRates.BuiltIn;

    /// <summary>Pattern of inquiry codes.</summary>
    public string CodePattern { get; init; } = InquiryCodePattern.BuiltIn;

    /// <summary>When an opportunity counts as won; the first that fits decides.</summary>
    public IReadOnlyList<DealRule> DealRules { get; init; } = [];

    /// <summary>Days after which an open opportunity is to be evaluated again, 1 to 365.</summary>
    public int EvaluationDays { get; init; } = 7;

    /// <summary>Days for which a partner is protected once a registration was accepted, 1 to 730 (§12).</summary>
    public int PartnerProtectionDays { get; init; } = 90;

    /// <summary>Days within which a registration is decided before it expires, 1 to 365 (§12).</summary>
    public int PartnerDecisionDays { get; init; } = 14;

    /// <summary>Within which time an A opportunity has its project charter.</summary>
    public TimeLimit Charter { get; init; } = new(24 * 60, DeadlineClock.Elapsed);

    /// <summary>Within which time an objection is answered.</summary>
    public TimeLimit Objection { get; init; } = new(24 * 60, DeadlineClock.Elapsed);

    /// <summary>Within which time what was won is handed over.</summary>
    public TimeLimit Handover { get; init; } = new(24 * 60, DeadlineClock.WorkingDays);

    /// <summary>The line of an id; null when there is none.</summary>
    public BusinessLine? Line(string id) => Lines.FirstOrDefault(l => l.Id == id);
}
