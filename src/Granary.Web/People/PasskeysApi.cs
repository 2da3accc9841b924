using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>Another name.</summary>
/// <param name="Name">What it is called, 1 to 60 characters.</param>
public sealed record NameRequest(string Name);

/// <summary>One's own passkeys, and taking away somebody's lost second step. A passkey is added in a browser, which makes it.</summary>
public static class PasskeysApi
{
    internal static void MapPasskeys(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/me/passkeys").WithTags("People").WholeKey();
        mine.MapGet("/", List).Produces<Page<Passkey>>();
        mine.MapPatch("/{id}", Rename).Produces<Passkey>();
        mine.MapDelete("/{id}", Remove).Produces(StatusCodes.Status204NoContent);
        app.MapDelete("/api/v1/users/{id:guid}/second-factor", ResetSecondFactor).WithTags("People").Require(Permission.ManagePeople).Produces(StatusCodes.Status204NoContent);
        var rules = app.MapGroup("/api/v1/sign-in-rules").WithTags("People").Require(Permission.ManagePolicies);
        rules.MapGet("/", Rules).Produces<SignInRules>();
        rules.MapPut("/", SetRules).Produces<SignInRules>();
    }

    /// <summary>Lists one's own passkeys.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="passkeys">The passkeys.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(Viewer viewer, Passkeys passkeys, CancellationToken ct) =>
        TypedResults.Ok(new Page<Passkey>(await passkeys.Of(viewer.UserId, ct), null));

    /// <summary>Calls one of one's own passkeys something else.</summary>
    /// <param name="id">The passkey.</param>
    /// <param name="request">What it is called.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="passkeys">The passkeys.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Rename(string id, NameRequest request, Viewer viewer, Passkeys passkeys, CancellationToken ct) =>
        await (await passkeys.Rename(viewer.UserId, id, request.Name, ct)).Answer(async _ => TypedResults.Ok((await passkeys.Of(viewer.UserId, ct)).Single(p => p.Id == id)));

    /// <summary>Takes one of one's own passkeys away.</summary>
    /// <param name="id">The passkey.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="passkeys">The passkeys.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Remove(string id, Viewer viewer, Passkeys passkeys, CancellationToken ct) =>
        await (await passkeys.Remove(viewer.UserId, id, ct)).Answer(static _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    /// <summary>Takes somebody's lost authenticator app away and ends their sessions.</summary>
    /// <param name="id">The user.</param>
    /// <param name="enrol">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> ResetSecondFactor(Guid id, EnrolSecondFactor enrol, Viewer viewer, CancellationToken ct) =>
        await enrol.Reset(viewer.UserId, id, ct) ? TypedResults.NoContent() : Problem.NotFound();

    /// <summary>Tells whose people need a second factor.</summary>
    /// <param name="setting">The setting.</param>
    public static IResult Rules(Setting setting) => TypedResults.Ok(SaveSignInRules.Of(setting.Organisation));

    /// <summary>Says whose people need a second factor; they are led to setting one up with their next page.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="save">The use case.</param>
    /// <param name="settings">The setting.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> SetRules(SignInRules rules, SaveSignInRules save, SettingCache settings, Viewer viewer, CancellationToken ct) =>
        await save.Change(viewer.UserId, rules, ct) is SettingResult.Refused(var errors)
            ? Problem.Invalid(errors)
            : TypedResults.Ok(SaveSignInRules.Of((await settings.Latest(ct)).Organisation));
}
