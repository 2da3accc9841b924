using System.Net;
using System.Net.Sockets;
using System.Text;
using Granary.Testing;
using Granary.Web.Hosting;
using Granary.Web.Tests.People;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Granary.Web.Tests.Hosting;

public sealed class RequestBoundsTests
{
    [Fact]
    public async Task Every_body_that_says_it_is_too_long_is_refused_before_any_of_it_is_sent()
    {
        await using var office = await Office.Listening(DatabaseKind.Sqlite);
        // However slow the machine is, the server has its say first.
        using var patient = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1), AllowAutoRedirect = false }) { BaseAddress = office.Api.BaseAddress };
        patient.DefaultRequestHeaders.Authorization = office.Api.DefaultRequestHeaders.Authorization;
        var routes = Route.All(office.Granary).SelectMany(r => r.Changing.Select(method => (Route: r, Method: method))).ToList();
        List<string> wrong = [];
        foreach (var (route, method) in routes)
        {
            var most = route.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? BodyLimits.Ordinary;
            var body = new Announced(most + 1);
            using var request = new HttpRequestMessage(new HttpMethod(method), route.Path) { Content = body };
            request.Headers.ExpectContinue = true;
            using var answer = await patient.SendAsync(request, Office.Ct);
            var code = answer.Content.Headers.ContentType?.MediaType == Problem.MediaType ? await answer.Content.ReadAsStringAsync(Office.Ct) : "";
            if (answer.StatusCode != HttpStatusCode.RequestEntityTooLarge || body.Sent > 0 || (route.IsApi && !code.Contains("\"body_too_large\"", StringComparison.Ordinal)))
            {
                wrong.Add($"{method} {route.Pattern}: {answer.StatusCode}, {body.Sent} bytes sent {code}");
            }
        }

        Assert.True(routes.Count > 150, $"{routes.Count} were found.");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/api/v1/departments", 1)]
    [InlineData("/api/v1/leads", 1)]
    [InlineData("/api/v1/leads/batch", 16)]
    public async Task A_body_that_never_ends_is_cut_off_at_the_limit(string path, int megabytes)
    {
        await using var office = await Office.Listening(DatabaseKind.Sqlite);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, office.Api.BaseAddress!.Port, Office.Ct);
        await using var line = client.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {office.Api.DefaultRequestHeaders.Authorization}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"), Office.Ct);
        var answer = Answer(line);
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string(' ', 0x10000)}\r\n");
        var sent = 0L;
        try
        {
            for (; !answer.IsCompleted && sent < 64 << 20; sent += 0x10000)
            {
                await line.WriteAsync(chunk, Office.Ct);
            }
        }
        catch (IOException)
        {
            // Hung up on: what it said before counts.
        }

        var said = await answer;
        Assert.StartsWith("HTTP/1.1 413", said, StringComparison.Ordinal);
        Assert.Contains("body_too_large", said, StringComparison.Ordinal);
        Assert.InRange(sent >> 20, 0, (megabytes * 2) + 8);
    }

    [Fact]
    public async Task A_query_has_its_bounds()
    {
        await using var office = await Office.Listening(DatabaseKind.Sqlite);
        foreach (var (path, repeated, times, status, code) in new[]
        {
            ("/api/v1/leads?", "status=working&", 10_000, 400, "too_many_parameters"), ("/api/v1/leads?", "status=&", 201, 400, "too_many_parameters"),
            ("/api/v1/leads?q=", "x", 17_000, 414, "query_too_long"), ("/leads?", "status=working&", 10_000, 400, null),
            ("/sign-in?next=", "x", 17_000, 414, null), ("/api/v1/leads?", "status=working&", 199, 200, null),
        })
        {
            var answer = await office.Api.Get(path + string.Concat(Enumerable.Repeat(repeated, times)));
            Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Json_is_not_nested_deeper_than_anybody_means_it()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        foreach (var (path, member) in new[] { ("/api/v1/leads", "custom"), ("/api/v1/departments", "name") })
        {
            var body = $"{{\"{member}\":{new string('[', 40)}{new string(']', 40)}}}";
            var answer = await office.Api.Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.InRange((int)answer.Status, 400, 422);
            Assert.Contains(answer.Code, new[] { "broken_json", "invalid", "wrong_type" });
        }
    }

    [Theory]
    [InlineData("/settings/people?after=%22%3E%3Cb%3E")]
    [InlineData("/settings/undertaking/confirmations?version=x")]
    [InlineData("/settings/undertaking/confirmations?missing=perhaps")]
    [InlineData("/settings/departments?edit=%27")]
    public async Task A_word_where_a_page_expects_an_id_or_a_number_is_the_askers_fault(string address)
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);

        var answer = await browser.Open(address);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("error-page", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_more_fields_than_any_of_ours_is_refused()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var browser = office.Browser();
        await browser.SignIn(Office.Administrator, Office.Password);
        var token = (await browser.Open("/settings/me")).Token;
        var answer = await browser.Post("/leads/columns", token, [.. Enumerable.Range(0, 17_000).Select(i => ("c", "1"))]);
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task The_server_waits_for_nobody_who_dawdles_and_takes_no_endless_head()
    {
        await using var office = await Office.Listening(DatabaseKind.Sqlite);
        var limits = office.Service<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.NotNull(limits.MinRequestBodyDataRate);
        Assert.NotNull(limits.MinResponseDataRate);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Long", new string('x', 40_000));
        using var answer = await office.Api.SendAsync(request, Office.Ct);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    private static async Task<string> Answer(NetworkStream line)
    {
        var said = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (!said.ToString().Contains("traceId", StringComparison.Ordinal) && await line.ReadAsync(buffer, Office.Ct) is > 0 and var read)
            {
                said.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            // Hung up on after the answer.
        }

        return said.ToString();
    }

    /// <summary>A body that names its length and counts what it had to give.</summary>
    private sealed class Announced(long length) : HttpContent
    {
        public long Sent { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            Headers.ContentType ??= new("application/json");
            for (var left = length; left > 0; left -= 4096)
            {
                await stream.WriteAsync(new byte[Math.Min(left, 4096)], Office.Ct);
                Sent += 4096;
            }
        }

        protected override bool TryComputeLength(out long size)
        {
            size = length;
            return true;
        }
    }
}
