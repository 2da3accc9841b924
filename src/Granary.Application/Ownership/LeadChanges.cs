using Granary.Application.Assignment;
using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Scoring;
using Granary.Application.Storage;
using Granary.Domain.People;

namespace Granary.Application.Ownership;

/// <summary>Rows that changes of leads append: explanations, ledger, ownerships, events, notices, touches.</summary>
internal sealed class LeadChanges
{
    public List<Decision> Decisions { get; } = [];

    public List<AssignmentRecord> Assignments { get; } = [];

    public List<OwnershipRecord> Ownerships { get; } = [];

    public List<EventRecord> Events { get; } = [];

    public List<Notice> Notices { get; } = [];

    public List<Touch> Touches { get; } = [];

    /// <summary>Records what happened to a lead.</summary>
    public void Happened<T>(Guid subjectId, string kind, DateTimeOffset at, Guid? actorId, T data) => Happened(Events.Count, subjectId, kind, at, actorId, data);

    /// <summary>Records what happened to a lead before what was recorded from a place on.</summary>
    public void Happened<T>(int place, Guid subjectId, string kind, DateTimeOffset at, Guid? actorId, T data) =>
        Events.Insert(place, new EventRecord { SubjectId = subjectId, Kind = kind, At = at, ActorId = actorId, Data = Json.Write(data) });

    /// <summary>Tells somebody; not what they did themselves.</summary>
    public void Tell(Guid userId, NoticeKind kind, Guid subjectId, DateTimeOffset at, Guid? actorId = null)
    {
        if (userId != actorId)
        {
            Notices.Add(new Notice { Id = Clock.NewId(at), UserId = userId, Kind = kind, SubjectId = subjectId, At = at });
        }
    }

    /// <summary>Counts the touches by day, when everything else has been written: these rows are shared by all who write.</summary>
    public Task Count(WriteScope scope, WorkingCalendar calendar, CancellationToken ct) => TouchDays.Add(scope, Touches, calendar, ct);

    /// <summary>Adds all rows to a round trip.</summary>
    public BulkInsert Into(BulkInsert insert) =>
        insert.Add(Decisions).Add(Assignments).Add(Ownerships).Add(Events).Add(Notices).Add(Touches);
}
