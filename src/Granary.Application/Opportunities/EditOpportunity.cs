using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Domain.Policies;

namespace Granary.Application.Opportunities;

/// <summary>Fields of an opportunity that its owner writes.</summary>
/// <param name="Name">Name.</param>
/// <param name="ProductLine">Product line.</param>
/// <param name="Amount">Amount in the organisation's currency.</param>
/// <param name="ExpectedOn">When it is expected to be won.</param>
public sealed record OpportunityEdit(string? Name, string? ProductLine, decimal? Amount, DateOnly? ExpectedOn)
{
    /// <summary>Custom fields by key.</summary>
    public IReadOnlyDictionary<string, string> Custom { get; init; } = new Dictionary<string, string>();

    /// <summary>The fields of an opportunity as they are.</summary>
    public static OpportunityEdit Of(Opportunity o) => new(o.Name, o.ProductLine, o.Amount, o.ExpectedOn) { Custom = CustomOf(o) };

    /// <summary>The custom fields of an opportunity by key.</summary>
    public static Dictionary<string, string> CustomOf(Opportunity o) => o.Custom is null ? [] : Json.Read<Dictionary<string, string>>(o.Custom);

    internal bool Same(OpportunityEdit other) =>
        this == (other with { Custom = Custom }) && Custom.Count == other.Custom.Count && Custom.All(c => other.Custom.TryGetValue(c.Key, out var value) && value == c.Value);
}

/// <summary>Changes fields of an opportunity, or whose it is.</summary>
public sealed class EditOpportunity(OpportunityVerb verb)
{
    /// <summary>Changes fields.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="change">From the fields as they are to the fields as they shall be.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Edit(Viewer viewer, Guid id, Func<OpportunityEdit, OpportunityEdit> change, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, (work, o) => Task.FromResult(Edit(work, o, change)), ct);

    /// <summary>Gives it to somebody else.</summary>
    /// <param name="viewer">Who.</param>
    /// <param name="id">The opportunity.</param>
    /// <param name="to">Who gets it; somebody active.</param>
    /// <param name="reason">Why; must be given.</param>
    /// <param name="seen">The version the viewer has seen.</param>
    /// <param name="ct">Cancellation.</param>
    public Task<OpportunityResult> Transfer(Viewer viewer, Guid id, Guid to, string? reason, int? seen = null, CancellationToken ct = default) =>
        verb.Run(viewer, id, Permission.EditOpportunities, seen, (work, o) => Task.FromResult(OpportunityReason.Missing(reason) ?? Transfer(work, o, to, reason!.Trim())), ct);

    internal static OpportunityResult Edit(OpportunityWork work, Opportunity o, Func<OpportunityEdit, OpportunityEdit> change)
    {
        var before = OpportunityEdit.Of(o);
        var (after, errors) = Checked(work.Setting, change(before), before.Custom);
        if (errors.Count > 0)
        {
            return new OpportunityResult.Invalid(errors);
        }

        if (o.ClosedAt is not null)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.Closed);
        }

        if (after.Same(before))
        {
            return new OpportunityResult.Done(o);
        }

        (o.Name, o.ProductLine, o.Amount, o.ExpectedOn) = (after.Name!, after.ProductLine, after.Amount!.Value, after.ExpectedOn);
        o.Custom = after.Custom.Count == 0 ? null : Json.Write(after.Custom);
        work.Happened(o, OpportunityEvent.Edited, new { before, after });
        return work.Changed(o);
    }

    /// <summary>Fields as they are kept, and what is wrong with them.</summary>
    internal static (OpportunityEdit After, IReadOnlyList<FieldError> Errors) Checked(Setting setting, OpportunityEdit asked, IReadOnlyDictionary<string, string> kept)
    {
        var (custom, wrong) = OpportunityFields.Custom(setting, asked.Custom, kept);
        var after = asked with { Name = asked.Name?.Trim(), ProductLine = OpportunityReason.Kept(asked.ProductLine), Custom = custom };
        return (after,
        [
            .. string.IsNullOrEmpty(after.Name) ? [new FieldError("name", "required")] : OpportunityFields.Text(after.Name, "name", Opportunity.LongestName),
            .. OpportunityFields.Text(after.ProductLine, "productLine", Opportunity.LongestProduct),
            .. after.Amount is null ? [new FieldError("amount", "required")] : OpportunityFields.Amount(after.Amount, "amount"),
            .. wrong,
        ]);
    }

    private static OpportunityResult Transfer(OpportunityWork work, Opportunity o, Guid to, string reason)
    {
        if (!work.Setting.People.ContainsKey(to))
        {
            return new OpportunityResult.Invalid([new FieldError("to", "unknown_value")]);
        }

        if (!work.Setting.CanOwn(to))
        {
            return new OpportunityResult.Refused(OpportunityRefusal.InactiveUser);
        }

        if (to == o.OwnerId)
        {
            return new OpportunityResult.Refused(OpportunityRefusal.NoChange);
        }

        var from = o.OwnerId;
        o.OwnerId = to;
        work.Happened(o, OpportunityEvent.Transferred, new { from, ownerId = to, reason });
        work.Tell(to, NoticeKind.OpportunityAssigned, o);
        return work.Changed(o);
    }
}
