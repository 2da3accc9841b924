namespace Granary.Application.Tests.Capture.Import;

/// <summary>The most memory in use, beyond what was in use before. Tests that watch run while no others do.</summary>
[CollectionDefinition(nameof(MemoryWatch), DisableParallelization = true)]
public sealed class MemoryWatch : IDisposable
{
    private readonly long _before = GC.GetTotalMemory(true);
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch() => _timer = new Timer(_ => Look(), null, 1, 1);

    public long Most
    {
        get
        {
            Look();
            return _most;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look() => _most = Math.Max(_most, GC.GetTotalMemory(false) - _before);
}
