using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;
using Granary.Web.People;

namespace Granary.Web.Settings;

/// <summary>A pool.</summary>
/// <param name="Id">Id.</param>
/// <param name="Key">Stable key by which policies and leads name it.</param>
/// <param name="Name">Name; empty for a built-in one, whose name is in the reader's language.</param>
/// <param name="BuiltIn">Whether it came with the product.</param>
/// <param name="Members">Its members.</param>
/// <param name="Leads">Leads in it.</param>
public sealed record PoolView(Guid Id, string Key, string Name, bool BuiltIn, IReadOnlyList<Guid> Members, int Leads);

/// <summary>The pools API.</summary>
public static class PoolsApi
{
    internal static void MapPools(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/pools", List).WithTags("Pools").Require(Permission.ViewLeads).Produces<Page<PoolView>>();

    /// <summary>Lists all pools with what lies in them.</summary>
    /// <param name="list">The list.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(ListPools list, CancellationToken ct) =>
        TypedResults.Ok(new Page<PoolView>([.. (await list.All(ct)).Select(p => new PoolView(p.Pool.Id, p.Pool.Key, p.Pool.Name, p.Pool.BuiltIn, p.Members, p.Leads))], null));
}
