using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Granary.Web.Hosting;

/// <summary>JSON as the API reads and writes it: strict when reading, so that a misspelt member is not lost in silence.</summary>
public static class WireJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Strict(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Strict(JsonSerializerOptions options)
    {
        options.MaxDepth = 32;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.RespectNullableAnnotations = true;
        options.PropertyNameCaseInsensitive = false;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Instant());
        options.Converters.Add(new Money());
        return options;
    }

    /// <summary>Instants name their offset when read, and are written in UTC.</summary>
    private sealed class Instant : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } text || !NamesOffset(text) || !reader.TryGetDateTimeOffset(out var at))
            {
                throw new JsonException();
            }

            return at.ToUniversalTime();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));

        private static bool NamesOffset(string text) =>
            text.IndexOf('T', StringComparison.Ordinal) is > 0 and var t && (text.EndsWith('Z') || text.AsSpan(t).IndexOfAny('+', '-') > 0);
    }

    /// <summary>Every number with decimals is money: at most two.</summary>
    private sealed class Money : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var amount) && decimal.Round(amount, 2) == amount
                ? amount
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
