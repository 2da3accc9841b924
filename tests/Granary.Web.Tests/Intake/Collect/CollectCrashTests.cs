using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Intake.Collect;

/// <summary>Kills the served process while pages report touches: whatever was answered is there. GRANARY_CRASHES sets how often (eng/crash: 50).</summary>
public sealed class CollectCrashTests
{
    private const int Callers = 8;

    private static readonly int Crashes = int.Parse(Environment.GetEnvironmentVariable("GRANARY_CRASHES") ?? "2", CultureInfo.InvariantCulture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task No_accepted_touch_is_lost_however_often_the_process_is_killed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        await Found(database);
        var port = FreePort();
        ConcurrentBag<Guid> accepted = [];
        for (var crash = 0; crash < Crashes; crash++)
        {
            using var process = Typing.Start(database, "--urls", $"http://127.0.0.1:{port}");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var callers = Enumerable.Range(0, Callers).Select(_ => Report(port, accepted, stop.Token)).ToList();
            var before = accepted.Count;
            for (var waited = Stopwatch.StartNew(); accepted.Count < before + 100 && waited.Elapsed < TimeSpan.FromSeconds(180);)
            {
                await Task.Delay(5, Ct);
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Ct);
            await stop.CancelAsync();
            await Task.WhenAll(callers);
            Assert.True(accepted.Count > before, $"The process answered nothing before it was killed: {await output}{await error}");
        }

        await using var store = new Store(database.Options);
        await using var db = store.Open();
        var stored = await db.Set<VisitorTouch>().Select(t => t.VisitorId).ToHashSetAsync(Ct);
        Assert.DoesNotContain(accepted, visitor => !stored.Contains(visitor));
    }

    // Each report is a visitor of its own, so that it is known again.
    private static async Task Report(int port, ConcurrentBag<Guid> accepted, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0");
        http.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var visitor = Guid.NewGuid();
                using var body = new StringContent($$"""{"visitor":"{{visitor}}","url":"https://www.example.com/","consent":true}""", Encoding.UTF8, "text/plain");
                using var answer = await http.PostAsync(new Uri("/collect", UriKind.Relative), body, stop);
                if (answer.StatusCode == HttpStatusCode.NoContent)
                {
                    accepted.Add(visitor);
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static async Task Found(TestDatabase database)
    {
        await using var store = new Store(database.Options);
        await store.Prepare(TimeProvider.System, Ct);
        using var settings = new SettingCache(store, await store.OpenVault(Ct), TimeProvider.System);
        await new CreateFirstAdministrator(settings, TimeProvider.System).Create("Crash", "Admin", "admin@example.com", "a-long-password", Ct);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
