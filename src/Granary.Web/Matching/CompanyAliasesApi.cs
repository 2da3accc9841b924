using Granary.Application.Matching;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;
using Granary.Web.Settings;

namespace Granary.Web.Matching;

/// <summary>Another name of a company.</summary>
/// <param name="Alias">The other name, such as a product's.</param>
/// <param name="Company">The company's name.</param>
public sealed record CompanyAliasBody(string? Alias = null, string? Company = null);

/// <summary>Other names of companies, by which they match.</summary>
public static class CompanyAliasesApi
{
    internal static void MapCompanyAliases(this IEndpointRouteBuilder app)
    {
        var aliases = app.MapGroup("/api/v1/company-aliases").WithTags("Lists").Require(Permission.MaintainLists).Idempotent();
        aliases.MapGet("/", List).Produces<Page<CompanyAliasBody>>();
        aliases.MapPost("/", Add).Produces<CompanyAliasBody>(StatusCodes.Status201Created);
        aliases.MapDelete("/{alias}", Remove).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists aliases by company.</summary>
    /// <param name="store">The database.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Store store, CancellationToken ct) =>
        TypedResults.Ok(new Page<CompanyAliasBody>([.. (await SaveCompanyAlias.All(store, ct)).Select(a => new CompanyAliasBody(a.Alias, a.Company))], null));

    /// <summary>Adds an alias, or leads a known one to another company.</summary>
    /// <param name="body">The alias.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Add(CompanyAliasBody body, SaveCompanyAlias save, Viewer viewer, CancellationToken ct) =>
        save.Add(viewer.UserId, body.Alias ?? "", body.Company ?? "", ct)
            .Answer(alias => Task.FromResult<IResult>(TypedResults.Created($"/api/v1/company-aliases/{Uri.EscapeDataString(alias)}", body)));

    /// <summary>Takes an alias off the list.</summary>
    /// <param name="alias">The alias.</param>
    /// <param name="save">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static Task<IResult> Remove(string alias, SaveCompanyAlias save, Viewer viewer, CancellationToken ct) => save.Remove(viewer.UserId, alias, ct).Answer();
}
