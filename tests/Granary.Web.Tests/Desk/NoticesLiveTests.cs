using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.RegularExpressions;
using Granary.Testing;
using Granary.Web.Tests.People;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Desk;

/// <summary>The bell's stream over HTTP.</summary>
public sealed partial class NoticesLiveTests
{
    [Theory, OnBothDatabases]
    public async Task The_bell_rings_for_whom_it_concerns_and_goes_on_where_it_was_lost(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        await office.Hire("Zhang");
        await office.Hire("Li", "operations");
        using var seller = await Signed(office, "zhang@example.com");
        using var other = await Signed(office, "li@example.com");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Office.Ct);
        end.CancelAfter(TimeSpan.FromMinutes(5));

        // What comes between the page and its stream is told too: a page knows what it was made with.
        var (page, stranger) = (await LastOf(seller), await LastOf(other));
        await office.Submit(office.Lead(company: "甲公司"));
        await using var bell = await Listen(seller, page, null, end.Token);
        await using var silence = await Listen(other, stranger, null, end.Token);
        var rung = await Next(bell);
        Assert.Equal((1, true), (Data(rung).GetProperty("unread").GetInt32(), Data(rung).GetProperty("fresh").GetBoolean()));
        Assert.Contains("甲公司", Data(rung).GetProperty("toasts")[0].GetProperty("text").GetString(), StringComparison.Ordinal);

        // What came while nobody listened is told on coming back, and nothing before it.
        await office.Submit(office.Lead(company: "乙公司"));
        await Next(bell);
        await using var back = await Listen(seller, page, rung.EventId, end.Token);
        var missed = Data(await Next(back));
        Assert.Equal(2, missed.GetProperty("unread").GetInt32());
        Assert.Contains("乙公司", Assert.Single(missed.GetProperty("toasts").EnumerateArray()).GetProperty("text").GetString(), StringComparison.Ordinal);

        // Who was told nothing hears how it stands, and no more.
        var stands = Data(await Ring(silence));
        Assert.Equal((0, false), (stands.GetProperty("unread").GetInt32(), stands.GetProperty("fresh").GetBoolean()));
        var quiet = Ring(silence);
        Assert.NotSame(quiet, await Task.WhenAny(quiet, Task.Delay(TimeSpan.FromSeconds(5), Office.Ct)));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quiet);
    }

    [Fact]
    public async Task Nobody_listens_without_signing_in()
    {
        await using var office = await Office.Open(DatabaseKind.Sqlite);
        using var nobody = office.Granary.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await nobody.GetAsync(new Uri("/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Office.Ct);
        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    // The stream is for browsers: they send a cookie and no key.
    private static async Task<HttpClient> Signed(Office office, string mail)
    {
        var http = office.Granary.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = true });
        var browser = new Browser(http);
        browser.Speak("en");
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(mail, Office.Password)).Status);
        return http;
    }

    private static async Task<Guid> LastOf(HttpClient client) =>
        Guid.Parse(Last().Match(await client.GetStringAsync(new Uri("/", UriKind.Relative), Office.Ct)).Groups[1].Value);

    // The address stays what the page made of it; a browser that lost the stream names the last ring besides.
    private static async Task<IAsyncEnumerator<SseItem<string>>> Listen(HttpClient client, Guid after, string? heard, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/live?after={after}");
        if (heard is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", heard);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(ct)).EnumerateAsync(ct).GetAsyncEnumerator(ct);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("hello", events.Current.EventType);
        return events;
    }

    // The next ring that tells something new.
    private static async Task<SseItem<string>> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        var ring = await Ring(events);
        return Data(ring).GetProperty("fresh").GetBoolean() ? ring : await Next(events);
    }

    // Signs of life are passed over.
    private static async Task<SseItem<string>> Ring(IAsyncEnumerator<SseItem<string>> events)
    {
        do
        {
            Assert.True(await events.MoveNextAsync());
        }
        while (events.Current.EventType != "bell");

        return events.Current;
    }

    private static JsonElement Data(SseItem<string> ring) => JsonSerializer.Deserialize<JsonElement>(ring.Data);

    [GeneratedRegex("data-last=\"([^\"]+)\"")]
    private static partial Regex Last();
}
