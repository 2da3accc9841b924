using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Ownership;
using Granary.Domain.Capture;
using Granary.Domain.Policies;

namespace Granary.Application.FollowUp;

/// <summary>Fields of a lead that a follow-up may change with it (BANT: budget, authority, need, time); null leaves one as it is.</summary>
public sealed record KeyFields
{
    /// <summary>Budget from.</summary>
    public decimal? BudgetMin { get; init; }

    /// <summary>Budget to.</summary>
    public decimal? BudgetMax { get; init; }

    /// <summary>How the budget fits.</summary>
    public BudgetMatch? BudgetMatch { get; init; }

    /// <summary>The contact's part in buying.</summary>
    public BuyingRole? Role { get; init; }

    /// <summary>Requirement in words.</summary>
    public string? Requirement { get; init; }

    /// <summary>When they want to have bought.</summary>
    public DateOnly? PurchaseBy { get; init; }

    /// <summary>What is wrong with them, by the rules of a submission; nothing when they can be taken.</summary>
    internal IEnumerable<FieldError> Errors(DateTimeOffset now)
    {
        var submission = new LeadSubmission
        {
            Contact = new ContactDetails { Role = Role },
            Requirement = Requirement,
            Budget = new Budget(BudgetMin, BudgetMax, BudgetMatch),
            PurchaseBy = PurchaseBy,
        };
        return SubmissionRules.Validate(submission, new RequiredFields([]), now)
            .Where(e => e is not { Field: "channel", Code: "required" }).Select(e => e with { Field = $"bant.{e.Field}" });
    }

    /// <summary>Takes them over and tells what changed.</summary>
    internal List<FieldChange> Apply(Lead lead)
    {
        List<FieldChange> changes = [];
        void Take<T>(string field, T? after, T? before, Action<T> set)
        {
            if (after is not null && !after.Equals(before))
            {
                changes.Add(new FieldChange(field, Words(before), Words(after)));
                set(after);
            }
        }

        Take("budget.min", BudgetMin, lead.BudgetMin, v => lead.BudgetMin = v);
        Take("budget.max", BudgetMax, lead.BudgetMax, v => lead.BudgetMax = v);
        Take("budget.match", BudgetMatch, lead.BudgetMatch, v => lead.BudgetMatch = v);
        Take("contact.role", Role, lead.Role, v => lead.Role = v);
        Take("requirement", string.IsNullOrWhiteSpace(Requirement) ? null : Requirement.Trim(), lead.Requirement, v => lead.Requirement = v);
        Take("purchaseBy", PurchaseBy, lead.PurchaseBy, v => lead.PurchaseBy = v);
        return changes;
    }

    private static string? Words<T>(T? value) =>
        value is DateOnly day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture);
}
