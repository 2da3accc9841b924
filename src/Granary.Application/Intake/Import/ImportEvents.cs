using Granary.Application.Storage;

namespace Granary.Application.Intake.Import;

/// <summary>Kinds of events of an import, as the log keeps them.</summary>
public static class ImportEvent
{
    /// <summary>Somebody confirmed it.</summary>
    public const string Confirmed = "import.confirmed";

    /// <summary>It ended.</summary>
    public const string Ended = "import.ended";

    /// <summary>Somebody took it back.</summary>
    public const string Reverted = "import.reverted";

    internal static EventRecord Of<T>(Guid importId, string kind, DateTimeOffset at, Guid? actorId, T data) =>
        new() { SubjectId = importId, Kind = kind, At = at, ActorId = actorId, Data = Json.Write(data) };
}
