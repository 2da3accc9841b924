using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Granary.Web.Hosting;

/// <summary>How often one address may ask routes that need no sign-in.</summary>
public static class PublicLimit
{
    /// <summary>Name of the policy: <c>RequireRateLimiting(PublicLimit.Anonymous)</c>, on pages <c>[EnableRateLimiting(PublicLimit.Anonymous)]</c>.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>Name of the policy of pages that report what visitors do: behind one address there can be a whole company.</summary>
    public const string Collect = "collect";

    internal static IServiceCollection AddPublicLimit(this IServiceCollection services, IConfiguration configuration)
    {
        var perMinute = Math.Max(1, configuration.GetValue<int>("Granary:AnonymousRequestsPerMinute"));
        var collected = Math.Max(1, configuration.GetValue<int>("Granary:CollectRequestsPerMinute"));
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Anonymous, http => PerAddress(http, perMinute));
            options.AddPolicy(Collect, http => PerAddress(http, collected));
            options.OnRejected = (rejected, ct) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "10";
                return ValueTask.CompletedTask;
            };
        });
    }

    private static RateLimitPartition<string> PerAddress(HttpContext http, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(
        ClientAddress.Of(http),
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = perMinute,
            TokensPerPeriod = Math.Max(1, perMinute / 6),
            ReplenishmentPeriod = TimeSpan.FromSeconds(10),
        });
}

/// <summary>Leaves a route that needs no sign-in without a limit, for a reason; every other one has a limit.</summary>
/// <param name="reason">Why none is needed.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnlimitedAttribute(string reason) : Attribute
{
    /// <summary>Why none is needed.</summary>
    public string Reason => reason;
}
