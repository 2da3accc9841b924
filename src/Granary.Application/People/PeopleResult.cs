using Granary.Domain.Policies;

namespace Granary.Application.People;

/// <summary>What became of a change of users, departments, roles or keys.</summary>
public abstract record PeopleResult
{
    /// <summary>It was done.</summary>
    /// <param name="Id">Id of what was made or changed.</param>
    public sealed record Done(Guid Id) : PeopleResult;

    /// <summary>It is refused; nothing was written.</summary>
    /// <param name="Errors">The fields and why.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : PeopleResult
    {
        /// <summary>One refused field.</summary>
        public Refused(string field, string code, string? limit = null)
            : this([new FieldError(field, code, limit)])
        {
        }
    }

    /// <summary>There is no such record.</summary>
    public sealed record Missing : PeopleResult;

    /// <summary>Somebody changed the record meanwhile.</summary>
    /// <param name="Version">The version it has now.</param>
    public sealed record Stale(string Version) : PeopleResult;
}
