using Granary.Application.Privacy.Audit;

namespace Granary.Web.Privacy;

/// <summary>Writes the looks that have gathered when the product stops, after the last request.</summary>
internal sealed class LastLooks(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<SeenLeads>().Flush(cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            // A host may be stopped once more after its end; then everything has been written.
        }
    }
}
