using System.Collections.Frozen;
using Granary.Domain.People;
using Granary.Domain.Policies;
using Granary.Domain.Scoring;

namespace Granary.Domain.FollowUp;

/// <summary>Who a lead's channel speaks to: which duplicate policy it has.</summary>
public enum Audience
{
    /// <summary>Companies.</summary>
    Business = 1,

    /// <summary>Single customers.</summary>
    Consumer = 2,
}

/// <summary>A lead that somebody owns, as deadlines see it (§10). Every instant is the server's, but for the next step.</summary>
public sealed record DeadlineFacts : IFacts
{
    // What depends on the moment of looking would make a deadline come and go.
    private static readonly FrozenSet<string> OfTheMoment = new[] { "hour", "weekday", "purchase.days" }.ToFrozenSet();

    private static readonly IReadOnlyList<FactField> Own =
        [FactField.Choice<Audience>("audience"), FactField.Text("owner.role"), FactField.Text("pool")];

    /// <summary>The facts of the lead itself, with its score.</summary>
    public required LeadFacts Lead { get; init; }

    /// <summary>Who its channel speaks to.</summary>
    public Audience Audience { get; init; } = Audience.Business;

    /// <summary>The owner, whose roles, hours, duty and leave count.</summary>
    public required Representative Owner { get; init; }

    /// <summary>Key of the pool it came from; null when it came from none.</summary>
    public string? Pool { get; init; }

    /// <summary>When the owner got it.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Their first counted follow-up; null when there was none.</summary>
    public DateTimeOffset? FirstFollowUpAt { get; init; }

    /// <summary>Their last counted follow-up; null when there was none.</summary>
    public DateTimeOffset? LastFollowUpAt { get; init; }

    /// <summary>When they decided about it; null while they have not.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When their next step is due; null when none is planned.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Until when they are protected from flow rules; null when they are not.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>Whether a manager locked it for them, or it is incubated after its review: no clock takes it away.</summary>
    public bool Locked { get; init; }

    /// <summary>Every fact that conditions of deadlines may name, in the order editors show them; custom fields come besides.</summary>
    public static IReadOnlyList<FactField> Fields { get; } = [.. Own, .. LeadFacts.Fields.Where(field => !OfTheMoment.Contains(field.Name))];

    /// <summary>The field of a name; null when there is none.</summary>
    public static FactField? Field(string name) =>
        OfTheMoment.Contains(name) ? null : Own.FirstOrDefault(field => field.Name == name) ?? LeadFacts.Field(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> Values(string field) => field switch
    {
        "audience" => WireName.FactOf(Audience),
        "owner.role" => Owner.Roles,
        "pool" => Pool is null ? [] : [Pool],
        _ => Lead.Values(field),
    };

    /// <inheritdoc/>
    public FactKind Kind(string field) => Own.FirstOrDefault(own => own.Name == field)?.Kind ?? Lead.Kind(field);
}
