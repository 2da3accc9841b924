using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Granary.Web.Hosting;

/// <summary>How often one address may ask routes that need no sign-in.</summary>
public static class PublicLimit
{
    /// <summary>Name of the policy: <c>RequireRateLimiting(PublicLimit.Anonymous)</c>, on pages <c>[EnableRateLimiting(PublicLimit.Anonymous)]</c>.</summary>
    public const string Anonymous = "anonymous";

    internal static IServiceCollection AddPublicLimit(this IServiceCollection services, IConfiguration configuration)
    {
        var perMinute = Math.Max(1, configuration.GetValue<int>("Granary:AnonymousRequestsPerMinute"));
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Anonymous, http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = perMinute,
                    TokensPerPeriod = Math.Max(1, perMinute / 6),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(10),
                }));
            options.OnRejected = (rejected, ct) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "10";
                return ValueTask.CompletedTask;
            };
        });
    }
}
