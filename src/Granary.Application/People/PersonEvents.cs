using Granary.Application.Storage;

namespace Granary.Application.People;

/// <summary>How what concerns somebody's account stands in the event log (§0 History): about the person, without what was typed.</summary>
internal static class PersonEvents
{
    /// <summary>An entry of the log.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="actor">Who did it; null for somebody not known to be the person.</param>
    /// <param name="person">Whom it concerns.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="data">More about it.</param>
    public static EventRecord Event(this TimeProvider time, Guid? actor, Guid person, string kind, object? data = null) =>
        new() { At = time.Now, ActorId = actor, SubjectId = person, Kind = kind, Data = data is null ? "{}" : Json.Write(data) };
}
