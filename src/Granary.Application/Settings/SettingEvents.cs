using Granary.Application.Storage;

namespace Granary.Application.Settings;

/// <summary>How changes of what an administrator sets stand in the event log (§0 History).</summary>
internal static class SettingEvents
{
    /// <summary>Subject of what has no id of its own: the organisation, a policy, a word.</summary>
    public static readonly Guid Organisation = Guid.Empty;

    /// <summary>An entry of the log.</summary>
    public static EventRecord Event(this TimeProvider time, Guid actor, Guid subject, string kind, object data) =>
        new() { At = time.Now, ActorId = actor, SubjectId = subject, Kind = kind, Data = Json.Write(data) };
}
