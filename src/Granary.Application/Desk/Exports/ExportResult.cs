using Granary.Application.Privacy.Exports;
using Granary.Domain.Policies;

namespace Granary.Application.Desk.Exports;

/// <summary>Why an export is refused.</summary>
public enum ExportRefusal
{
    /// <summary>Too many of theirs wait or run.</summary>
    ExportsOpen,

    /// <summary>It was decided already, or taken back.</summary>
    ExportDecided,

    /// <summary>It has ended already.</summary>
    ExportEnded,

    /// <summary>Its file is not there: not yet, or not any more.</summary>
    ExportNotReady,
}

/// <summary>How asking for an export, or deciding about one, ended.</summary>
public abstract record ExportResult
{
    /// <summary>It was done.</summary>
    public sealed record Done(ExportRequest Export) : ExportResult;

    /// <summary>What was given cannot be used.</summary>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ExportResult;

    /// <summary>It cannot be done as things stand.</summary>
    public sealed record Refused(ExportRefusal Code) : ExportResult;

    /// <summary>There is none for this viewer.</summary>
    public sealed record NotFound : ExportResult;

    /// <summary>They may not do it: it is their own, or holds records beyond their reach.</summary>
    public sealed record Forbidden(bool Own) : ExportResult;
}
