using Granary.Application.Privacy;
using Granary.Web.Hosting;

namespace Granary.Web.Privacy;

/// <summary>Answers of privacy's use cases.</summary>
internal static class PrivacyAnswers
{
    /// <summary>The answer when it is done, or the problem.</summary>
    public static IResult Answer<T>(this PrivacyResult<T> result, HttpContext http, Func<T, IResult> done) => result switch
    {
        PrivacyResult<T>.Done(var value) => done(value),
        PrivacyResult<T>.Forbidden => Problem.Forbidden(),
        PrivacyResult<T>.Stale(var current) => RecordVersion.Stale(RecordVersion.Seen(http), $"{current}"),
        PrivacyResult<T>.Refused(var code) => new Problem(code, StatusCodes.Status409Conflict),
        PrivacyResult<T>.Invalid(var errors) => Problem.Invalid(errors),
        _ => Problem.NotFound(),
    };
}
