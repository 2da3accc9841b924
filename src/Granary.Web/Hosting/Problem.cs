using System.Text.Json;
using System.Text.Json.Nodes;
using Granary.Domain.Policies;

namespace Granary.Web.Hosting;

/// <summary>An error answer of the API: <c>application/problem+json</c> with a stable code and words in the reader's language.</summary>
/// <param name="Code">Stable snake_case code; its words are <c>{code}</c> and <c>{code}.detail</c> in ProblemTexts.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">Words for this very case; null takes those of the code.</param>
/// <param name="Errors">The refused fields.</param>
public sealed record Problem(string Code, int Status, string? Detail = null, IReadOnlyList<FieldError>? Errors = null) : IResult, IStatusCodeHttpResult
{
    /// <summary>Media type of problems.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>More members, by name.</summary>
    public IReadOnlyDictionary<string, JsonNode?> More { get; init; } = new Dictionary<string, JsonNode?>();

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>Parameters of an address that cannot be understood: 400.</summary>
    public static Problem BadParameter(params IReadOnlyList<FieldError> errors) => new("bad_parameter", StatusCodes.Status400BadRequest, Errors: errors);

    /// <summary>Refused fields: 422.</summary>
    public static Problem Invalid(IReadOnlyList<FieldError> errors) => new("invalid", StatusCodes.Status422UnprocessableEntity, Errors: errors);

    /// <summary>What is not there, or not for this viewer: 404.</summary>
    public static Problem NotFound() => new("not_found", StatusCodes.Status404NotFound);

    /// <summary>A verb that the viewer lacks: 403.</summary>
    public static Problem Forbidden() => new("forbidden", StatusCodes.Status403Forbidden);

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = MediaType;
        var body = httpContext.RequestServices.GetRequiredService<ProblemWords>().Body(this, httpContext.TraceIdentifier);
        await JsonSerializer.SerializeAsync(httpContext.Response.Body, body, WireJson.Options, httpContext.RequestAborted);
    }
}
