namespace Granary.Domain.People;

/// <summary>What a duration runs on (§10 Calendar). Numbers are stored and never reused.</summary>
public enum DeadlineClock
{
    /// <summary>Wall time 自然时间.</summary>
    Elapsed = 1,

    /// <summary>The whole of each working day 工作日.</summary>
    WorkingDays = 2,

    /// <summary>Working hours only 工作时间.</summary>
    WorkingHours = 3,
}
