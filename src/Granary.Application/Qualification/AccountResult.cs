using Granary.Domain.Policies;

namespace Granary.Application.Qualification;

/// <summary>What became of a change of an account or a contact.</summary>
/// <typeparam name="T">The record.</typeparam>
public abstract record AccountResult<T>
{
    /// <summary>It is done; the record as it stands now.</summary>
    public sealed record Done(T Record) : AccountResult<T>;

    /// <summary>There is none for this viewer.</summary>
    public sealed record NotFound : AccountResult<T>;

    /// <summary>Somebody changed it meanwhile.</summary>
    /// <param name="Current">The version it has now.</param>
    public sealed record Stale(int Current) : AccountResult<T>;

    /// <summary>As it stands, it cannot be done.</summary>
    /// <param name="Code">A stable code.</param>
    public sealed record Refused(string Code) : AccountResult<T>
    {
        /// <summary>What is missing, by stable ids; empty where nothing is.</summary>
        public IReadOnlyList<string> Missing { get; init; } = [];
    }

    /// <summary>Fields are wrong.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : AccountResult<T>;
}
