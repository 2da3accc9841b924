using System.Globalization;
using Granary.Application.Capture;
using Granary.Application.Privacy;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Privacy;

/// <summary>Says in the reader's language what the privacy desk shows.</summary>
public sealed class PrivacyWords(IStringLocalizer<PrivacyTexts> texts)
{
    private static readonly char[] Separators = ['\n', ',', '，', ';', '；', '、'];

    /// <summary>What is asked for.</summary>
    public string Kind(PersonRequestKind kind) => texts[$"kind.{WireName.Of(kind)}"];

    /// <summary>How far a request is.</summary>
    public string State(PersonRequestState state) => texts[$"requestState.{WireName.Of(state)}"];

    /// <summary>Its colour.</summary>
    public static Tone ToneOf(PersonRequestState state) => state switch
    {
        PersonRequestState.Done => Tone.Ok,
        PersonRequestState.Open => Tone.Primary,
        PersonRequestState.Deferred => Tone.Warning,
        _ => Tone.Neutral,
    };

    /// <summary>Where a lead stands.</summary>
    public string Status(LeadStatus status) => texts[$"status.{WireName.Of(status)}"];

    /// <summary>A table; its name where a room has brought one without words.</summary>
    public string Part(string part) => texts[$"part.{part}"] is { ResourceNotFound: false } known ? known.Value : part;

    /// <summary>A member of a row.</summary>
    public string Member(string name) => texts[$"member.{name}"] is { ResourceNotFound: false } known ? known.Value : name;

    /// <summary>The counts of a proof in one line.</summary>
    public string Counts(string counts) =>
        Json.Read<Dictionary<string, int>>(counts) is { Count: > 0 } read ? string.Join(" · ", read.Select(c => $"{Part(c.Key)} {c.Value.ToString("N0", CultureInfo.CurrentCulture)}")) : texts["counts.none"].Value;

    /// <summary>What somebody typed, one text for each.</summary>
    public static IReadOnlyList<string> Lines(string? text) => (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
