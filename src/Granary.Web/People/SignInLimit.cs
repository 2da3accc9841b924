using System.Threading.RateLimiting;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>
/// How often a sign-in may fail: <c>Granary:FailedSignInsPerMinute</c> from one address, and ten times in ten minutes for one account,
/// whether it exists or not. Who succeeds spends nothing, so that an office behind one address comes in at nine.
/// </summary>
internal sealed class SignInLimit(IConfiguration configuration) : IDisposable
{
    private const int LongestAccount = 256;

    private readonly PartitionedRateLimiter<string> _addresses =
        Limiter(Math.Max(1, configuration.GetValue<int>("Granary:FailedSignInsPerMinute")), TimeSpan.FromMinutes(1));

    private readonly PartitionedRateLimiter<string> _accounts = Limiter(10, TimeSpan.FromMinutes(10));

    /// <summary>Whether another try is allowed.</summary>
    public bool Allows(HttpContext http, string? account) => Take(_addresses, ClientAddress.Of(http), 0) && Take(_accounts, Key(account), 0);

    /// <summary>Counts a failure.</summary>
    public void Failed(HttpContext http, string? account)
    {
        Take(_addresses, ClientAddress.Of(http), 1);
        Take(_accounts, Key(account), 1);
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _accounts.Dispose();
    }

    private static string Key(string? account)
    {
        var key = account?.Trim().ToUpperInvariant() ?? "";
        return key.Length > LongestAccount ? key[..LongestAccount] : key;
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, string key, int permits)
    {
        using var lease = limiter.AttemptAcquire(key, permits);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }));
}
