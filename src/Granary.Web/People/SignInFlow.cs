using System.Security.Claims;
using Granary.Application.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>How far a sign-in came.</summary>
internal enum SignInStep
{
    /// <summary>Signed in.</summary>
    Done,

    /// <summary>A code of the authenticator app comes next.</summary>
    Code,

    /// <summary>Refused; one answer for every reason, so that addresses cannot be probed.</summary>
    Refused,

    /// <summary>Too many at once.</summary>
    Busy,
}

/// <summary>Takes a browser through signing in: password, second step, and the cookie that carries the session.</summary>
internal sealed class SignInFlow(IHttpContextAccessor accessor, CheckPassword passwords, CheckCode codes, Sessions sessions)
{
    private const string Stamp = "stamp", Stay = "stay";

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Only a request signs in.");

    /// <summary>The first step.</summary>
    public async Task<SignInStep> Password(string? email, string? password, bool stay)
    {
        switch (await passwords.Try(email, password, Http.RequestAborted))
        {
            case PasswordCheck.Right(var userId, var number):
                await Begin(userId, SignInMeans.Password, number, stay);
                return SignInStep.Done;
            case PasswordCheck.CodeNext(var userId, var stamp):
                await AskForCode(userId, stamp, stay);
                return SignInStep.Code;
            case PasswordCheck.Busy:
                return SignInStep.Busy;
            default:
                return SignInStep.Refused;
        }
    }

    /// <summary>Whether a password was right in this browser some minutes ago, so that a code may be typed.</summary>
    public async Task<bool> AwaitsCode() => await Waiting() is not null;

    /// <summary>The second step.</summary>
    public async Task<SignInStep> Code(string? code)
    {
        if (await Waiting() is not var (userId, stamp, stay) || await codes.Try(userId, stamp, code, Http.RequestAborted) is not { } right)
        {
            return SignInStep.Refused;
        }

        await Http.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await Begin(userId, right.Means, right.Number, stay);
        return SignInStep.Done;
    }

    /// <summary>Begins a session and gives the browser its cookie.</summary>
    /// <param name="userId">Who signs in.</param>
    /// <param name="means">How they proved it.</param>
    /// <param name="number">The number of the try; null where none was taken.</param>
    /// <param name="stay">Whether the cookie outlives the browser.</param>
    public async Task Begin(Guid userId, SignInMeans means, int? number = null, bool stay = false)
    {
        var session = await sessions.Begin(userId, means, number, Http.Request.Headers.UserAgent, Http.Connection.RemoteIpAddress?.ToString(), Http.RequestAborted);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, userId.ToString()), new(SessionClaims.Session, session.Id.ToString())], IdentityConstants.ApplicationScheme);
        await Http.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = stay });
    }

    /// <summary>Remembers for some minutes that a password was right.</summary>
    public Task AskForCode(Guid userId, string stamp, bool stay)
    {
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, userId.ToString()), new(Stamp, stamp), new(Stay, stay ? "true" : "false")], IdentityConstants.TwoFactorUserIdScheme);
        return Http.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    private async Task<(Guid UserId, string Stamp, bool Stay)?> Waiting()
    {
        var known = await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return known.Principal is { } waiting && waiting.UserId() is { } id && waiting.FindFirstValue(Stamp) is { } stamp
            ? (id, stamp, waiting.FindFirstValue(Stay) == "true")
            : null;
    }
}
