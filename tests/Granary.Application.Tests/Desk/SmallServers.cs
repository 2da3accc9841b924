using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Granary.Application.Integration;

namespace Granary.Application.Tests.Desk;

/// <summary>A mail server and a webhook of the test's own, on ports of the loopback.</summary>
internal sealed class SmallServers : IAsyncDisposable
{
    private readonly TcpListener _mail = new(IPAddress.Loopback, 0), _web = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    public SmallServers()
    {
        _mail.Start();
        _web.Start();
        _running = Task.WhenAll(Serve(_mail, Mail), Serve(_web, Web));
        Sender = new WebhookSender(new WebhookOptions(new HashSet<string> { $"localhost:{Port(_web)}" }));
    }

    /// <summary>What was said in each mail session.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    /// <summary>The bodies that were posted.</summary>
    public ConcurrentQueue<string> Posts { get; } = [];

    /// <summary>What the webhook answers.</summary>
    public int Status { get; init; } = 200;

    public WebhookSender Sender { get; }

    public string Webhook => $"http://localhost:{Port(_web)}/hook";

    public MailOptions MailOptions => new("localhost", Port(_mail), "granary@example.com", null, null, false);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _mail.Dispose();
        _web.Dispose();
        await _running;
        Sender.Dispose();
        _end.Dispose();
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private async Task Serve(TcpListener listener, Func<StreamReader, StreamWriter, Task> talk)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(_end.Token);
                _ = Task.Run(async () =>
                {
                    using var _ = client;
                    using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                    await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                    await talk(reader, writer);
                });
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Mail(StreamReader reader, StreamWriter writer)
    {
        var said = new StringBuilder();
        await writer.WriteLineAsync("220 small");
        for (var data = false; await reader.ReadLineAsync(_end.Token) is { } line;)
        {
            said.AppendLine(line);
            if (data && line != ".")
            {
                continue;
            }

            data = line == "DATA";
            if (line == ".")
            {
                Mails.Enqueue(said.ToString());
            }

            await writer.WriteLineAsync(data ? "354 go on" : line.StartsWith("QUIT", StringComparison.Ordinal) ? "221 bye" : "250 ok");
        }
    }

    private async Task Web(StreamReader reader, StreamWriter writer)
    {
        while (await reader.ReadLineAsync(_end.Token) is not null)
        {
            var length = 0;
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } head)
            {
                length = head.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(head["Content-Length:".Length..]) : length;
            }

            var body = new StringBuilder();
            var one = new char[1];
            for (var read = 0; read < length && await reader.ReadAsync(one) == 1; read += Encoding.UTF8.GetByteCount(one))
            {
                body.Append(one[0]);
            }

            Posts.Enqueue(body.ToString());
            await writer.WriteAsync($"HTTP/1.1 {Status} said\r\nContent-Length: 2\r\n\r\n{{}}");
        }
    }
}
