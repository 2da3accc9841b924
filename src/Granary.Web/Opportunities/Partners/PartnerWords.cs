using Granary.Application.Settings;
using Granary.Domain.Opportunities;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities.Partners;

/// <summary>Says what partners, registrations and what stands against them are called.</summary>
public sealed class PartnerWords(IStringLocalizer<PartnerTexts> texts, Setting setting)
{
    public string Kind(PartnerKind kind) => texts[$"kind.{WireName.Of(kind)}"];

    public string Kind(RegistrationKind kind) => texts[$"registration.{WireName.Of(kind)}"];

    public string State(RegistrationState state) => texts[$"state.{WireName.Of(state)}"];

    public string Conflict(ConflictKind kind) => texts[$"conflict.{WireName.Of(kind)}"];

    public string? Person(Guid? id) => id is { } person ? setting.People.GetValueOrDefault(person)?.Name : null;

    public string Refusal(string code) => texts[$"refused.{code}"] is { ResourceNotFound: false } said ? said.Value : code;

    public IReadOnlyList<Choice> Kinds => [.. Enum.GetValues<PartnerKind>().Select(k => new Choice(WireName.Of(k), Kind(k)))];

    public static Tone ToneOf(RegistrationState state) => state switch
    {
        RegistrationState.Asked => Tone.Warning,
        RegistrationState.Accepted => Tone.Ok,
        RegistrationState.Refused => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>A member by its name in addresses; null where it is none.</summary>
    public static T? Member<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>().Where(m => WireName.Of(m) == name).Select(m => (T?)m).FirstOrDefault();
}
