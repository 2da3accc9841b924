using Granary.Application.People;
using Granary.Application.Storage;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Hosting;

/// <summary>Whether the process lives, and whether it can serve.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().ExcludeFromDescription()
            .WithMetadata(new UnlimitedAttribute("Probes ask often, and their answer costs at most one indexed row."));
        health.MapGet("/live", () => "live");
        health.MapGet("/ready", async (Store store, ILogger<Store> log, CancellationToken ct) =>
        {
            try
            {
                await using var db = store.Open();
                return await db.Set<Organisation>().AnyAsync(ct) ? Results.Text("ready") : Results.Text("not prepared", statusCode: 503);
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
            {
                log.LogWarning(e, "The database does not answer.");
                return Results.Text("database unavailable", statusCode: 503);
            }
        });
    }
}
