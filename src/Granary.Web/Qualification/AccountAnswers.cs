using Granary.Application.Qualification;
using Granary.Web.Hosting;

namespace Granary.Web.Qualification;

/// <summary>Answers of changes of accounts and contacts.</summary>
internal static class AccountAnswers
{
    /// <summary>The problem of what was not done; null when it was.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="http">The request.</param>
    /// <param name="record">The record as it stands, beside both versions.</param>
    public static Problem? Problem<T>(this AccountResult<T> result, HttpContext http, object? record = null) => result switch
    {
        AccountResult<T>.Done => null,
        AccountResult<T>.NotFound => Hosting.Problem.NotFound(),
        AccountResult<T>.Stale(var current) => RecordVersion.Stale(RecordVersion.Seen(http), $"{current}", record),
        AccountResult<T>.Invalid(var errors) => Hosting.Problem.Invalid(errors),
        AccountResult<T>.Refused("forbidden") => Hosting.Problem.Forbidden(),
        AccountResult<T>.Refused("reason_required") => new Problem("reason_required", StatusCodes.Status422UnprocessableEntity),
        AccountResult<T>.Refused(var code) => new Problem(code, StatusCodes.Status409Conflict),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    /// <summary>The version the caller has seen; one that is no version was never seen.</summary>
    public static int? Seen(HttpContext http) => RecordVersion.Seen(http) is { } tag ? int.TryParse(tag, out var version) ? version : 0 : null;
}
