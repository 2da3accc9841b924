using System.Text.Json;
using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>
/// Reads days from JSON: <c>{"days": [{"date": "2026-10-01", "name": "国庆节", "isOffDay": true}]}</c> as public lists write it, or with
/// <c>"kind": "holiday"</c> or <c>"workday"</c> as the API does.
/// </summary>
internal static class CalendarJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    public static void Read(string text, CalendarFile.DaysRead into)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Options);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("days", out var days) || days.ValueKind != JsonValueKind.Array)
            {
                into.Refuse(new FieldError("file", "not_a_calendar"));
                return;
            }

            foreach (var (i, day) in days.EnumerateArray().Index())
            {
                if (into.Hopeless)
                {
                    return;
                }

                Read(day, $"days[{i}]", into);
            }
        }
        catch (JsonException)
        {
            into.Refuse(new FieldError("file", "not_a_calendar"));
        }
        catch (InvalidOperationException)
        {
            // A text that is no text, such as half of a surrogate pair.
            into.Refuse(new FieldError("file", "not_a_calendar"));
        }
    }

    private static void Read(JsonElement day, string field, CalendarFile.DaysRead into)
    {
        if (day.ValueKind != JsonValueKind.Object)
        {
            into.Refuse(new FieldError(field, "wrong_type"));
            return;
        }

        var worked = Text(day, "kind") switch
        {
            "workday" => true,
            "holiday" => false,
            null when day.TryGetProperty("isOffDay", out var off) && off.ValueKind is JsonValueKind.True or JsonValueKind.False => !off.GetBoolean(),
            _ => (bool?)null,
        };
        if (worked is not { } isWorkingDay)
        {
            into.Refuse(new FieldError($"{field}.kind", "unknown_value"));
        }
        else if (into.Date($"{field}.date", Text(day, "date") ?? "", "yyyy-MM-dd") is { } date)
        {
            into.Add($"{field}.date", date, isWorkingDay, Text(day, "name") ?? "");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
