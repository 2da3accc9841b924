using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Application.Policies;

/// <summary>
/// How reasons are stored: each a list of its step, code, rule, and the names and values of its facts. There are a dozen of them for every
/// lead, and names of members would be a third of what is written. What was stored as objects before is read too.
/// </summary>
internal sealed class ReasonLines : JsonConverter<IReadOnlyList<Reason>>
{
    private static readonly JsonWriterOptions Written = new() { Encoder = Json.Options.Encoder, SkipValidation = true };

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer)? _own;

    /// <summary>Reasons without the brackets around them, in UTF-8.</summary>
    public static byte[] Piece(IReadOnlyList<Reason> reasons)
    {
        if (reasons.Count == 0)
        {
            return [];
        }

        var (buffer, writer) = _own ??= New();
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        Write(writer, reasons);
        writer.Flush();
        return buffer.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>Pieces that hold something, with commas between them and texts around.</summary>
    public static string Join(string before, ReadOnlySpan<byte[]> pieces, string behind)
    {
        var (buffer, _) = _own ??= New();
        buffer.ResetWrittenCount();
        Encoding.UTF8.GetBytes(before, buffer);
        var first = true;
        foreach (var piece in pieces)
        {
            if (piece.Length > 0)
            {
                buffer.Write(first ? default : ","u8);
                buffer.Write(piece);
                first = false;
            }
        }

        Encoding.UTF8.GetBytes(behind, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Reason> value, JsonSerializerOptions options) => Write(writer, value);

    /// <inheritdoc/>
    public override IReadOnlyList<Reason> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var reasons = new List<Reason>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reasons.Add(reader.TokenType == JsonTokenType.StartArray
                ? Line(ref reader)
                : JsonSerializer.Deserialize<Reason>(ref reader, options) ?? throw new JsonException("A reason is null."));
        }

        return reasons;
    }

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Writer) New()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        return (buffer, new Utf8JsonWriter(buffer, Written));
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Reason> reasons)
    {
        writer.WriteStartArray();
        for (var i = 0; i < reasons.Count; i++)
        {
            var reason = reasons[i];
            writer.WriteStartArray();
            writer.WriteStringValue(reason.Step);
            writer.WriteStringValue(reason.Code);
            writer.WriteStringValue(reason.Rule);
            foreach (var (name, value) in reason.Facts)
            {
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Reason Line(ref Utf8JsonReader reader)
    {
        var (step, code, rule) = (Text(ref reader), Text(ref reader), Text(ref reader));
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (Text(ref reader) is { } name)
        {
            facts[name] = Text(ref reader) ?? throw new JsonException($"Fact {name} of a reason has no value.");
        }

        return new Reason(step ?? "", code ?? "", rule, facts);
    }

    // The end of a line gives no text either.
    private static string? Text(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
