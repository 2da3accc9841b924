using System.Security.Claims;
using System.Text;
using Granary.Application.Storage;
using Granary.Domain.Policies;

namespace Granary.Web.Hosting;

/// <summary>
/// <c>Idempotency-Key</c> (§3): the same key and body within 24 hours gives the first answer, another body 422. A write that
/// keeps its own record in its own transaction, as taking in leads does, is not marked <see cref="IdempotentAttribute"/>.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, FirstAnswers answers, Vault vault)
{
    public const string Header = "Idempotency-Key";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var given)
            || http.GetEndpoint()?.Metadata.GetMetadata<IdempotentAttribute>() is null)
        {
            await next(http);
            return;
        }

        if (given.ToString() is not { Length: >= 1 and <= 255 } key)
        {
            await new Problem("bad_idempotency_key", StatusCodes.Status400BadRequest, Errors: [new FieldError(Header, "too_long", "255")]).ExecuteAsync(http);
            return;
        }

        http.Request.EnableBuffering();
        var asked = (Key: KeyOf(http, key), Request: await vault.Digest(http.Request, http.RequestAborted));
        switch (await answers.Begin(asked.Key, asked.Request, http.RequestAborted))
        {
            case FirstAnswer.Other:
                await new Problem("idempotency_key_reused", StatusCodes.Status422UnprocessableEntity).ExecuteAsync(http);
                break;
            case FirstAnswer.Awaited:
                http.Response.Headers.RetryAfter = "1";
                await new Problem("idempotency_in_progress", StatusCodes.Status409Conflict).ExecuteAsync(http);
                break;
            case FirstAnswer.Given first:
                await Repeat(http, first);
                break;
            default:
                await Record(http, asked.Key);
                break;
        }
    }

    private static async Task Repeat(HttpContext http, FirstAnswer.Given first)
    {
        http.Response.StatusCode = first.Status;
        if (first.Body.Length > 0)
        {
            http.Response.ContentType = first.Status >= 400 ? Problem.MediaType : "application/json; charset=utf-8";
            await http.Response.WriteAsync(first.Body, http.RequestAborted);
        }
    }

    private async Task Record(HttpContext http, Guid key)
    {
        var answer = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Body = kept;
        var told = false;
        try
        {
            await next(http);
            told = http.Response.StatusCode < 500;
        }
        finally
        {
            http.Response.Body = answer;
            // A fault is no answer: the same request may be tried again.
            await (told ? answers.Keep(key, http.Response.StatusCode, Encoding.UTF8.GetString(kept.ToArray())) : answers.Forget(key));
        }

        kept.Position = 0;
        await kept.CopyToAsync(answer, http.RequestAborted);
    }

    // The key is the caller's own: two callers may use the same one.
    private Guid KeyOf(HttpContext http, string key) => vault.Digest($"{http.User.FindFirst(ClaimTypes.NameIdentifier)?.Value}\n{key}");
}

/// <summary>Marks a POST whose first answer is kept for its <c>Idempotency-Key</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;

/// <summary>Marking endpoints.</summary>
public static class IdempotentEndpoints
{
    /// <summary>Keeps the first answers of the POSTs of an endpoint or group.</summary>
    public static TBuilder Idempotent<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotentAttribute());
}
