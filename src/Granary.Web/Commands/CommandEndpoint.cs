using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Granary.Web.Hosting;

namespace Granary.Web.Commands;

/// <summary>Carries out commands that were typed while this server has the data folder; only for this machine and who may read the folder.</summary>
internal static class CommandEndpoint
{
    public static void MapCommands(this IEndpointRouteBuilder app, Func<IReadOnlyList<Verb>> verbs) =>
        app.MapPost(CarryRequest.Path, async (HttpContext http, CarryRequest request, DataFolder folder) =>
        {
            if (!Allowed(http, folder))
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            http.Response.ContentType = "application/x-ndjson";
            var lines = Channel.CreateUnbounded<CarryLine>();
            var work = Run(request, verbs(), http.RequestServices, lines.Writer, http.RequestAborted);
            await foreach (var line in lines.Reader.ReadAllAsync(http.RequestAborted))
            {
                await http.Response.WriteAsync(JsonSerializer.Serialize(line) + "\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }

            await work;
        }).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription()
            .WithMetadata(
                new UnlimitedAttribute("Whoever may not read the data folder gets nothing but a 404."),
                new OwnGuardAttribute("The token in the data folder, and only from this machine."));

    private static async Task Run(CarryRequest request, IReadOnlyList<Verb> verbs, IServiceProvider services, ChannelWriter<CarryLine> lines, CancellationToken ct)
    {
        await using var output = new ChannelText(text => lines.TryWrite(new CarryLine(Out: text)));
        await using var error = new ChannelText(text => lines.TryWrite(new CarryLine(Error: text)));
        try
        {
            var exit = await Carrying.Run(CommandLine.Read(request.Arguments, verbs), new Workplace(services, request.Directory, output, error), ct);
            lines.TryWrite(new CarryLine(Exit: exit));
        }
        finally
        {
            lines.Complete();
        }
    }

    private static bool Allowed(HttpContext http, DataFolder folder) =>
        http.Connection.RemoteIpAddress is { } asker && IPAddress.IsLoopback(asker)
        && folder.Card is { } card
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(card.Token), Encoding.UTF8.GetBytes(http.Request.Headers[CarryRequest.TokenHeader].ToString()));

    /// <summary>Hands on what is written, piece by piece.</summary>
    private sealed class ChannelText(Action<string> write) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => write(new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (value is { Length: > 0 })
            {
                write(value);
            }
        }

        public override void WriteLine(string? value) => write(value + "\n");

        public override Task WriteAsync(string? value)
        {
            Write(value);
            return Task.CompletedTask;
        }

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
