using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Granary.Application.Storage;

/// <summary>A short list of texts kept as a JSON array in one column of text, the same in both databases.</summary>
internal sealed class TextList() : ValueConverter<List<string>, string>(l => Write(l), s => Read(s))
{
    private const string Empty = "[]";

    public static ValueComparer<List<string>> Comparer { get; } = new(
        (a, b) => a!.SequenceEqual(b!), l => l.Aggregate(0, (h, s) => HashCode.Combine(h, s)), l => l.ToList());

    private static string Write(List<string> list) => list.Count == 0 ? Empty : JsonSerializer.Serialize(list, Json.Options);

    private static List<string> Read(string json) => json == Empty ? [] : JsonSerializer.Deserialize<List<string>>(json, Json.Options)!;
}
