namespace Granary.Application.Storage;

/// <summary>Instants as both databases keep them: UTC, whole milliseconds.</summary>
public static class Clock
{
    extension(TimeProvider time)
    {
        /// <summary>The present instant in whole milliseconds.</summary>
        public DateTimeOffset Now => Truncate(time.GetUtcNow());

        /// <summary>A new time-ordered id.</summary>
        public Guid NewId() => Guid.CreateVersion7(time.GetUtcNow());
    }

    /// <summary>An instant in UTC without its part below a millisecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
