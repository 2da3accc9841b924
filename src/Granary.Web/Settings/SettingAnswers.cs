using Granary.Application.Settings;
using Granary.Web.Hosting;

namespace Granary.Web.Settings;

/// <summary>Answers to changes of what an administrator sets.</summary>
internal static class SettingAnswers
{
    /// <summary>The answer to a change.</summary>
    public static async Task<IResult> Answer(this Task<SettingResult> change, Func<string, Task<IResult>> done) => await change switch
    {
        SettingResult.Done(var key) => await done(key),
        SettingResult.Refused(var errors) => Problem.Invalid(errors),
        _ => Problem.NotFound(),
    };

    /// <summary>The answer to a change after which there is nothing to show.</summary>
    public static Task<IResult> Answer(this Task<SettingResult> change) => change.Answer(static _ => Task.FromResult<IResult>(TypedResults.NoContent()));
}
