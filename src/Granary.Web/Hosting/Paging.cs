using System.Buffers.Text;
using System.ComponentModel;
using System.Text.Json;
using Granary.Domain.Policies;
using Microsoft.AspNetCore.Mvc;

namespace Granary.Web.Hosting;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Cursor of the next page (<c>?after=</c>); null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Making pages.</summary>
public static class Page
{
    /// <summary>Cuts what was read, one more than asked for, into a page.</summary>
    public static Page<T> Cut<T>(IReadOnlyList<T> read, int limit, Func<T, string> cursor) =>
        read.Count > limit ? new([.. read.Take(limit)], cursor(read[limit - 1])) : new(read, null);
}

/// <summary>Which page is asked for; bound by <c>[AsParameters]</c>.</summary>
public sealed record PageQuery
{
    /// <summary>Most items, 1 to 200.</summary>
    [DefaultValue(50)]
    [FromQuery(Name = "limit")]
    public int? Limit { get; init; }

    /// <summary>The cursor that the page before gave as <c>next</c>.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>How many items to give.</summary>
    public int Size => Limit ?? 50;

    /// <summary>Whether the limit is within its bounds.</summary>
    public Problem? Refusal => Size is >= 1 and <= 200
        ? null
        : Problem.BadParameter(new FieldError("limit", "out_of_range", "200"));
}

/// <summary>Cursors: the sort values of the last item, opaque to clients.</summary>
public static class Cursor
{
    /// <summary>What is answered to a cursor that we did not give.</summary>
    public static Problem Bad => new("bad_cursor", StatusCodes.Status400BadRequest, Errors: [new FieldError("after", "bad_cursor")]);

    /// <summary>Writes a cursor.</summary>
    public static string Write<T>(T position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(position, WireJson.Options));

    /// <summary>Reads a cursor; false when it is not one of ours. No cursor is the beginning: true, with the default.</summary>
    public static bool TryRead<T>(string? cursor, out T? position)
    {
        position = default;
        if (string.IsNullOrEmpty(cursor))
        {
            return true;
        }

        try
        {
            position = JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(cursor), WireJson.Options);
            return position is not null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }
}
