using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Granary.Application.Capture;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Testing;
using Granary.Web.Tests.Commands;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.Tests.Intake;

/// <summary>
/// Kills the served process in the middle of intake, again and again. Callers repeat what was not answered, under the same
/// idempotency key: in the end every lead is there, once. GRANARY_CRASHES sets how often (eng/crash: 50).
/// </summary>
public sealed class CrashTests
{
    private const int Callers = 8;

    private static readonly int Crashes = int.Parse(Environment.GetEnvironmentVariable("GRANARY_CRASHES") ?? "3", CultureInfo.InvariantCulture);

    // A process that starts beside much other work takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Every_acknowledged_lead_is_there_once_however_often_the_process_is_killed(DatabaseKind kind)
    {
        await using var database = await TestDatabase.Open(kind);
        var key = await Key(database);
        var port = FreePort();
        ConcurrentDictionary<string, Guid> acknowledged = new();
        var numbers = 0;
        for (var crash = 0; crash < Crashes; crash++)
        {
            using var process = Typing.Start(database, "--urls", $"http://127.0.0.1:{port}");
            var (output, error) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var callers = Enumerable.Range(0, Callers).Select(_ => Call(port, key, () => Interlocked.Increment(ref numbers), acknowledged, stop.Token)).ToList();
            var before = acknowledged.Count;
            for (var waited = Stopwatch.StartNew(); acknowledged.Count < before + 40 && waited.Elapsed < Patience;)
            {
                await Task.Delay(5, Ct);
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(Ct);
            await stop.CancelAsync();
            await Task.WhenAll(callers);
            Assert.True(acknowledged.Count > before, $"The process answered nothing before it was killed: {await output}{await error}");
        }

        await using var store = new Store(database.Options);
        await using var db = store.Open();
        var stored = await db.Set<Lead>().Where(l => l.ExternalId != null).Select(l => new { l.Id, l.ExternalId }).ToListAsync(Ct);
        Assert.Equal(stored.Count, stored.Select(l => l.ExternalId).Distinct().Count());
        Assert.DoesNotContain(acknowledged, a => stored.TrueForAll(l => l.Id != a.Value));
    }

    // One caller: the lead it has in hand is sent until it is acknowledged, through crashes, and never given up silently.
    private static async Task Call(int port, string key, Func<int> next, ConcurrentDictionary<string, Guid> acknowledged, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var number = next();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var name = $"crash-{number}";
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/leads") { Content = JsonContent.Create(Lead(name, number)) };
                request.Headers.Add("Idempotency-Key", name);
                using var answer = await http.SendAsync(request, stop);
                if (answer.StatusCode is HttpStatusCode.Created)
                {
                    using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
                    acknowledged[name] = body.RootElement.GetProperty("id").GetGuid();
                    number = next();
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static object Lead(string externalId, int number) => new
    {
        channel = "官网/百度搜索",
        externalId,
        company = new { name = "北京纷扬科技有限公司", size = "large" },
        contact = new { name = "张三", phones = new[] { $"139{number:00000000}" } },
    };

    private static async Task<string> Key(TestDatabase database)
    {
        await using var store = new Store(database.Options);
        await store.Prepare(TimeProvider.System, Ct);
        using var settings = new SettingCache(store, await store.OpenVault(Ct), TimeProvider.System);
        await new CreateFirstAdministrator(settings, TimeProvider.System).Create("Crash", "Admin", "admin@example.com", "a-long-password", Ct);
        return (await new CreateApiKey(settings, TimeProvider.System).ForEmail("admin@example.com", "crash", Ct))!.Key;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
