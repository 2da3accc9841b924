using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Granary.Web.Hosting;

/// <summary>The OpenAPI document at /openapi/v1.json, made from the endpoints and their XML comments, and the page to read it on.</summary>
internal static class ApiDescription
{
    private const string Scheme = "apiKey", ProblemName = "Problem";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = api => api.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Granary 归仓", Version = "v1", Description = "Everything the interface does. Errors are application/problem+json with a stable code." };
            document.Components ??= new OpenApiComponents();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            document.Components.Schemas[ProblemName] = ProblemSchema();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, made by `api-key create` or in the settings." },
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(Complete);
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().RequireRateLimiting(PublicLimit.Anonymous);
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "api/docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            ui.DocumentTitle = "Granary API";
        });
    }

    // What holds for every endpoint is said once, here.
    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        operation.Responses ??= [];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            operation.Responses.TryAdd("401", Answer(context, "No API key, or one that is not valid."));
            operation.Responses.TryAdd("403", Answer(context, "The viewer lacks the permission."));
        }

        if (context.Description.RelativePath!.Contains('{', StringComparison.Ordinal))
        {
            operation.Responses.TryAdd("404", Answer(context, "Not there, or outside the viewer's scope."));
        }

        if (context.Description.HttpMethod is "POST" or "PATCH" or "PUT")
        {
            operation.Responses.TryAdd("400", Answer(context, "The body cannot be read."));
            operation.Responses.TryAdd("422", Answer(context, "Refused, with the fields and why."));
        }

        if (metadata.OfType<IdempotentAttribute>().Any() && context.Description.HttpMethod == "POST")
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Idempotency.Header,
                In = ParameterLocation.Header,
                Description = "The same key and body within 24 hours gives the first answer; another body 422.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
            });
        }

        return Task.CompletedTask;
    }

    private static OpenApiResponse Answer(OpenApiOperationTransformerContext context, string words) => new()
    {
        Description = words,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ProblemName, context.Document) },
        },
    };

    private static OpenApiSchema ProblemSchema() => Object(
        ("type", Text("urn:granary:problem: and the code")),
        ("title", Text("What is wrong, in the language of Accept-Language")),
        ("status", new OpenApiSchema { Type = JsonSchemaType.Integer }),
        ("code", Text("Stable snake_case code")),
        ("detail", Text("What to do about it")),
        ("errors", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = Object(("field", Text("Path, such as contact.phones[0]")), ("code", Text("Stable snake_case code")), ("message", Text("In words"))),
        }),
        ("traceId", Text("For support")));

    private static OpenApiSchema Object(params (string Name, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(m => m.Name, m => (IOpenApiSchema)m.Schema),
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
