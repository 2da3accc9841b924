using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Granary.Application.Desk;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Web.Components.Ui;
using Granary.Web.Hosting;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Granary.Web.Desk;

/// <summary>
/// The bell's stream. It ends by itself after some minutes, so that a node can be drained, and when the node stops; browsers
/// come back with the id of the last notice they heard of.
/// </summary>
internal static class NoticesLive
{
    private const int LongestMinutes = 5;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15), Back = TimeSpan.FromSeconds(3);

    public static void MapNoticesLive(this IEndpointRouteBuilder app)
    {
        app.MapGet(Urls.Live, Live);
        app.MapGet(Urls.NoticesLatest, () => new RazorComponentResult(typeof(NoticesLatest)));
    }

    private static ServerSentEventsResult<string> Live(
        HttpContext http, string? after, NoticesFeed feed, NoticeWords words, Viewer viewer, StillSignedIn signedIn, IHostApplicationLifetime life, TimeProvider time)
    {
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var heard = Guid.TryParse(http.Request.Headers["Last-Event-ID"], out var last) || Guid.TryParse(after, out last) ? last : (Guid?)null;
        return TypedResults.ServerSentEvents(Events(feed, words, viewer.UserId, ct => signedIn.ViewerOf(http.User, ct), heard, time, life.ApplicationStopping, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> Events(
        NoticesFeed feed, NoticeWords words, Guid user, Func<CancellationToken, ValueTask<Viewer?>> still, Guid? heard, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        // Some sooner, some later: they do not all come back at once.
        var until = time.Now.AddMinutes(LongestMinutes * (0.8 + (0.4 * Random.Shared.NextDouble())));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        await using var beats = feed.Listen(user, heard, end.Token).GetAsyncEnumerator(end.Token);
        var next = beats.MoveNextAsync().AsTask();
        try
        {
            yield return new SseItem<string>("", "hello") { ReconnectionInterval = Back };
            while (time.Now < until)
            {
                var ready = await Task.WhenAny(next, Task.Delay(Heartbeat, time, end.Token));
                // A stream outlives the request's look at who asks: whoever was signed out hears nothing more.
                if (end.IsCancellationRequested || await still(end.Token) is null)
                {
                    yield break;
                }

                if (ready != next)
                {
                    yield return new SseItem<string>("", "alive");
                    continue;
                }

                if (!await next)
                {
                    yield break;
                }

                yield return Bell(beats.Current, words);
                next = beats.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // What is still waiting ends before the stream does.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static SseItem<string> Bell(NoticeBeat beat, NoticeWords words) => new(
        JsonSerializer.Serialize(
            new
            {
                beat.Unread,
                Fresh = beat.New.Count > 0,
                Toasts = beat.New.Where(n => NoticeWords.Urgent(n.Notice.Kind)).Reverse()
                    .Select(n => new { Tone = n.Notice.Kind == NoticeKind.DeadlineMissed ? Tone.Danger.Css() : Tone.Primary.Css(), Text = words.Toast(n.Notice.Kind, n.Company) }),
            },
            WireJson.Options),
        "bell")
    { EventId = beat.Last.ToString() };
}
