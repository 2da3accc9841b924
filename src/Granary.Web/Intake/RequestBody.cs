using System.Buffers;
using System.Text.Json;
using Granary.Application.Intake;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Hosting;

namespace Granary.Web.Intake;

/// <summary>Reads bodies whole, because an idempotency key is settled with what came byte by byte.</summary>
internal static class RequestBody
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 32 };

    /// <summary>The body, read to its end.</summary>
    /// <exception cref="BadHttpRequestException">It is not JSON, or longer than the endpoint takes.</exception>
    public static async Task<ReadOnlySequence<byte>> Read(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("A JSON body is expected.", StatusCodes.Status415UnsupportedMediaType);
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                // A copy: what is left unread when a caller hangs up is a fault to the server.
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return new ReadOnlySequence<byte>(body);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Reads a value, and nothing after it.</summary>
    /// <exception cref="JsonException">It does not fit.</exception>
    public static T As<T>(in ReadOnlySequence<byte> body, JsonSerializerOptions options)
    {
        var reader = new Utf8JsonReader(body, Strict);
        var value = JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException("A value is expected.", "$", null, null);
        return reader.Read() ? throw new JsonException() : value;
    }

    /// <summary>The key in the header, tied to the caller and to what was sent; null without one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="body">What was sent.</param>
    /// <param name="item">Place in a batch, whose items are settled one by one.</param>
    public static IdempotencyKey? Key(HttpContext http, Viewer viewer, in ReadOnlySequence<byte> body, int? item = null)
    {
        if (!http.Request.Headers.TryGetValue(Idempotency.Header, out var given))
        {
            return null;
        }

        var vault = http.RequestServices.GetRequiredService<Vault>();
        return new IdempotencyKey(vault.Digest($"{viewer.UserId}\n{given}{(item is { } place ? $"\n{place}" : "")}"), vault.Digest(http.Request, body));
    }

    /// <summary>The problem of a key that cannot be kept.</summary>
    public static Problem? BadKey(HttpContext http) =>
        http.Request.Headers.TryGetValue(Idempotency.Header, out var given) && given.ToString().Length is 0 or > 255
            ? new Problem("bad_idempotency_key", StatusCodes.Status400BadRequest, Errors: [new FieldError(Idempotency.Header, "too_long", "255")])
            : null;
}
