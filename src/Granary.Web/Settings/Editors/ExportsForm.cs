using Granary.Domain.Policies;
using Granary.Domain.Privacy;

namespace Granary.Web.Settings.Editors;

/// <summary>The policy of exports as its editor posts it.</summary>
public sealed class ExportsForm : PolicyForm
{
    public int? ApprovalAbove { get; set; }

    public int? MostRows { get; set; }

    public int? DaysKept { get; set; }

    public bool PlainContacts { get; set; }

    /// <summary>The form of a policy.</summary>
    public static ExportsForm Of(ExportPolicy policy) => new()
    {
        ApprovalAbove = policy.ApprovalAbove,
        MostRows = policy.MostRows,
        DaysKept = policy.DaysKept,
        PlainContacts = policy.PlainContacts,
    };

    /// <summary>The policy, and which fields were left empty.</summary>
    public (ExportPolicy Policy, IReadOnlyList<FieldError> Errors) Read(ExportPolicy stored)
    {
        List<FieldError> errors = [];
        int Given(int? value, string field, int otherwise)
        {
            if (value is null)
            {
                errors.Add(new FieldError(field, "required"));
            }

            return value ?? otherwise;
        }

        return (stored with
        {
            ApprovalAbove = Given(ApprovalAbove, "approvalAbove", stored.ApprovalAbove),
            MostRows = Given(MostRows, "mostRows", stored.MostRows),
            DaysKept = Given(DaysKept, "daysKept", stored.DaysKept),
            PlainContacts = PlainContacts,
        }, errors);
    }
}
