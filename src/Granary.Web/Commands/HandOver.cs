using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Text.Json;
using Granary.Web.Hosting;

namespace Granary.Web.Commands;

/// <summary>Hands a command to the server that has the data folder, and shows its answer as if it had been done here.</summary>
internal static class HandOver
{
    /// <summary>The exit code; null when that server does not answer (it is starting, or has just died).</summary>
    public static async Task<int?> Try(ServerCard card, string[] arguments, TextWriter output, TextWriter error, CancellationToken ct)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) };
        // The address stands in a file that only its owner can write; on this machine a certificate's name adds nothing.
        var here = new Uri(card.Address).IsLoopback;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => here || errors == SslPolicyErrors.None;
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, card.Address.TrimEnd('/') + CarryRequest.Path)
        {
            Content = JsonContent.Create(new CarryRequest(arguments, Environment.CurrentDirectory)),
        };
        request.Headers.Add(CarryRequest.TokenHeader, card.Token);
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException)
        {
            return null;
        }

        using (response)
        {
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }

            response.EnsureSuccessStatusCode();
            return await Show(response, output, error, ct);
        }
    }

    private static async Task<int> Show(HttpResponseMessage response, TextWriter output, TextWriter error, CancellationToken ct)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct));
        while (await reader.ReadLineAsync(ct) is { } text)
        {
            var line = JsonSerializer.Deserialize<CarryLine>(text)!;
            await output.WriteAsync(line.Out);
            await error.WriteAsync(line.Error);
            if (line.Exit is { } exit)
            {
                return exit;
            }
        }

        await error.WriteLineAsync("The server stopped before the command had ended.");
        return 1;
    }
}
