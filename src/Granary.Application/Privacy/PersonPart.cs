using System.Text.Json.Nodes;
using Granary.Application.Storage;

namespace Granary.Application.Privacy;

/// <summary>
/// What one room keeps about persons. Each room that keeps any brings its own, so that nothing has to be remembered here: search,
/// copies, correction and erasure go through all of them.
/// </summary>
public abstract class PersonPart
{
    /// <summary>Stable snake_case name: the table it speaks of.</summary>
    public abstract string Name { get; }

    /// <summary>Everything it keeps about a person, as they may get it.</summary>
    public abstract Task<IReadOnlyList<JsonObject>> Read(PersonWork work, CancellationToken ct);

    /// <summary>Takes out everything that tells who it is about; counts, dates, money and states stay.</summary>
    /// <returns>How many rows were changed.</returns>
    public abstract Task<int> Erase(PersonWork work, CancellationToken ct);

    /// <summary>Corrects what is wrong.</summary>
    /// <returns>How many rows were changed.</returns>
    public virtual Task<int> Correct(PersonWork work, PersonCorrection correction, CancellationToken ct) => Task.FromResult(0);

    /// <summary>A row as a person gets it: members by name, those without a value left out.</summary>
    protected static JsonObject Row(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var row = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null and not "")
            {
                row[name] = value is JsonNode node ? node : System.Text.Json.JsonSerializer.SerializeToNode(value, Json.Options);
            }
        }

        return row;
    }
}

/// <summary>A person as they are known here, and the transaction in which something is done about their data.</summary>
public sealed class PersonWork
{
    /// <summary>The database.</summary>
    public required GranaryDb Db { get; init; }

    /// <summary>The transaction; null while it is only read.</summary>
    public WriteScope? Scope { get; init; }

    /// <summary>Opens what is sealed.</summary>
    public required Vault Vault { get; init; }

    /// <summary>Blind indexes of their contact points; empty where leads alone are meant, as at the end of a retention period.</summary>
    public required Guid[] Keys { get; init; }

    /// <summary>Leads that are about them.</summary>
    public required Guid[] Leads { get; init; }

    /// <summary>Their contact points as they may stand in texts; those of their leads.</summary>
    public required string[] Values { get; init; }

    /// <summary>Reads contact points out of a text.</summary>
    public required PersonReading Reading { get; init; }

    /// <summary>The instant.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who does it; null for the product itself.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The request or run it is done for.</summary>
    public Guid ReasonId { get; init; }

    /// <summary>Whether a text speaks of the person: of one of their leads, or with one of their contact points.</summary>
    public bool Speaks(string text) =>
        Leads.Any(id => text.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase)) || Values.Any(v => text.Contains(v, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a typed text is one of their contact points.</summary>
    public bool Means(string? text) => Keys.Length > 0 && !string.IsNullOrWhiteSpace(text) && Reading(Vault, text).Any(t => Keys.Contains(t.Key));
}

/// <summary>A contact point that was read out of a text.</summary>
/// <param name="Key">Its blind index.</param>
/// <param name="Value">As it is stored.</param>
public readonly record struct PersonTrace(Guid Key, string Value);

/// <summary>Reads a text that may be a phone number, an e-mail address or a WeChat id; nothing where it is none.</summary>
public delegate IReadOnlyList<PersonTrace> PersonReading(Vault vault, string text);

/// <summary>What is corrected.</summary>
/// <param name="Name">The right name; null leaves it.</param>
/// <param name="Title">The right title; null leaves it.</param>
/// <param name="Replace">Contact points that are replaced.</param>
public sealed record PersonCorrection(string? Name, string? Title, IReadOnlyList<ContactReplacement> Replace)
{
    /// <summary>Whether it corrects nothing.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Name) && string.IsNullOrWhiteSpace(Title) && Replace.Count == 0;
}

/// <summary>A contact point that is wrong, and the right one.</summary>
/// <param name="From">As it is kept.</param>
/// <param name="To">As it should be.</param>
public sealed record ContactReplacement(string From, string To);
