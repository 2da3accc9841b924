using Granary.Domain.Policies;

namespace Granary.Application.Settings;

/// <summary>What became of a change to channels, forms, hooks, lists, policies or the organisation.</summary>
public abstract record SettingResult
{
    /// <summary>It was done.</summary>
    /// <param name="Key">What was made or changed: an id, a word, a version.</param>
    public sealed record Done(string Key) : SettingResult
    {
        /// <summary>By id.</summary>
        public Done(Guid id)
            : this(id.ToString())
        {
        }
    }

    /// <summary>It is refused; nothing was written.</summary>
    /// <param name="Errors">The fields and why.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : SettingResult
    {
        /// <summary>One refused field.</summary>
        public Refused(string field, string code, string? limit = null)
            : this([new FieldError(field, code, limit)])
        {
        }
    }

    /// <summary>There is no such record.</summary>
    public sealed record Missing : SettingResult;
}
