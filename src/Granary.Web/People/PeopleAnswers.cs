using Granary.Application.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>Answers of the people API.</summary>
internal static class PeopleAnswers
{
    /// <summary>The answer to a change.</summary>
    public static async Task<IResult> Answer(this PeopleResult result, Func<Guid, Task<IResult>> done) => result switch
    {
        PeopleResult.Done(var id) => await done(id),
        PeopleResult.Refused { Errors: [{ Field: "", Code: var code }] } => new Problem(code, StatusCodes.Status409Conflict),
        PeopleResult.Refused(var errors) => Problem.Invalid(errors),
        PeopleResult.Stale(var version) => RecordVersion.Stale(null, version),
        _ => Problem.NotFound(),
    };
}
