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

    /// <summary>Adds what it knows of the person to the work: names, and records that are theirs. All parts are asked before any row is changed.</summary>
    public virtual Task Learn(PersonWork work, CancellationToken ct) => Task.CompletedTask;

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
    /// <summary>What stands where words about a person stood.</summary>
    public const string Gone = "—";

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

    /// <summary>Names and contact points by which rooms know the person, besides <see cref="Values"/>; empty where leads alone are meant.</summary>
    public ISet<string> Names { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records of rooms, besides leads, that are the person or stand near them, such as a contact and its account.</summary>
    public ISet<Guid> Records { get; } = new HashSet<Guid>();

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

    /// <summary>Whether words name the person: by a name, or by a contact point however it is spaced.</summary>
    public bool Named(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || (Names.Count == 0 && Values.Length == 0))
        {
            return false;
        }

        var closed = string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '(' or ')' or '.')));
        return Names.Concat(Values).Any(v => text.Contains(v, StringComparison.OrdinalIgnoreCase) || closed.Contains(v.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>JSON in which every text that names the person is gone; the same where none does.</summary>
    public string Struck(string json)
    {
        if (!Named(json) || JsonNode.Parse(json) is not { } node)
        {
            return json;
        }

        var struck = false;
        Strike(node, ref struck);
        return struck ? node.ToJsonString(Json.Options) : json;
    }

    private void Strike(JsonNode node, ref bool struck)
    {
        foreach (var value in node switch { JsonObject members => members.Select(m => m.Value).ToList(), JsonArray items => items.ToList(), _ => [] })
        {
            if (value is JsonObject or JsonArray)
            {
                Strike(value, ref struck);
            }
            else if (value is JsonValue text && text.TryGetValue<string>(out var words) && Named(words))
            {
                text.ReplaceWith(Gone);
                struck = true;
            }
        }
    }

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
