using System.Globalization;
using Granary.Domain.Policies;

namespace Granary.Domain.Review;

/// <summary>The three elements a project is graded by (§6.4); each is itself A (5 points), B (3) or C (1).</summary>
/// <param name="Amount">Expected amount in the organisation's currency, not negative.</param>
/// <param name="OwnShare">Share of own products in the value, 0 (agency products only) to 1.</param>
/// <param name="Customer">Class of the customer.</param>
public sealed record GradeElements(decimal Amount, decimal OwnShare, CustomerClass Customer)
{
    /// <summary>From 5,000,000 A, from 2,000,000 B, else C.</summary>
    public ProjectGrade AmountGrade => Amount switch { >= 5_000_000m => ProjectGrade.A, >= 2_000_000m => ProjectGrade.B, _ => ProjectGrade.C };

    /// <summary>Half or more own products A, some B, none C.</summary>
    public ProjectGrade OwnershipGrade => OwnShare switch { >= 0.5m => ProjectGrade.A, > 0m => ProjectGrade.B, _ => ProjectGrade.C };

    /// <summary>Strategic customer A, strategic industry B, other C.</summary>
    public ProjectGrade CustomerGrade => Customer switch
    {
        CustomerClass.Strategic => ProjectGrade.A,
        CustomerClass.StrategicIndustry => ProjectGrade.B,
        _ => ProjectGrade.C,
    };

    /// <summary>Points of the three elements, 3 to 15.</summary>
    public int Sum => Points(AmountGrade) + Points(OwnershipGrade) + Points(CustomerGrade);

    /// <summary>The grade of the project.</summary>
    public ProjectGrade Grade => Sum switch { >= 11 => ProjectGrade.A, >= 6 => ProjectGrade.B, _ => ProjectGrade.C };

    /// <summary>Why the project has its grade: each element, and their sum.</summary>
    public IReadOnlyList<Reason> Reasons =>
    [
        Reason.Of(Step, "amount", null, ("amount", Number(Amount)), ("grade", $"{AmountGrade}")),
        Reason.Of(Step, "ownership", null, ("percent", Number(OwnShare * 100)), ("grade", $"{OwnershipGrade}")),
        Reason.Of(Step, "customer", null, ("customerClass", WireName.Of(Customer)), ("grade", $"{CustomerGrade}")),
        Reason.Of(Step, "grade", null, ("sum", Number(Sum)), ("grade", $"{Grade}")),
    ];

    /// <summary>The step of the lead's way that review is.</summary>
    internal const string Step = "review";

    /// <summary><c>out_of_range</c> for a negative amount or a share outside 0 to 1, <c>not_a_choice</c> for an unknown class.</summary>
    public IReadOnlyList<FieldError> Validate()
    {
        var errors = new List<FieldError>();
        if (Amount < 0)
        {
            errors.Add(new FieldError("amount", "out_of_range", "0"));
        }

        if (OwnShare is < 0 or > 1)
        {
            errors.Add(new FieldError("ownShare", "out_of_range", "0–1"));
        }

        if (!Enum.IsDefined(Customer))
        {
            errors.Add(new FieldError("customer", "not_a_choice"));
        }

        return errors;
    }

    private static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static int Points(ProjectGrade element) => element switch { ProjectGrade.A => 5, ProjectGrade.B => 3, _ => 1 };
}
