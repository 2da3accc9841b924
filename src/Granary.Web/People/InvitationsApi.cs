using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Domain.People;
using Granary.Web.Hosting;

namespace Granary.Web.People;

/// <summary>Somebody to invite.</summary>
/// <param name="Name">Name, up to 100 characters.</param>
/// <param name="Email">E-mail; they sign in with it.</param>
/// <param name="Roles">Role keys, at least one.</param>
/// <param name="DepartmentId">Department.</param>
public sealed record InvitationRequest(string Name, string Email, IReadOnlyList<string> Roles, Guid? DepartmentId = null);

/// <summary>An open link as the API shows it; the link itself was shown once.</summary>
/// <param name="UserId">Whom it lets in.</param>
/// <param name="Reset">Whether it replaces a password.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it can be used.</param>
public sealed record InvitationView(Guid UserId, bool Reset, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);

/// <summary>Invitations, and links by which somebody sets another password.</summary>
public static class InvitationsApi
{
    internal static void MapInvitations(this IEndpointRouteBuilder app)
    {
        // Without kept answers: a link is shown once, also to whoever repeats the request.
        var invitations = app.MapGroup("/api/v1/invitations").WithTags("People").Require(Permission.ManagePeople);
        invitations.MapGet("/", List).Produces<Page<InvitationView>>();
        invitations.MapPost("/", Invite).Produces<InvitationLink>(StatusCodes.Status201Created);
        var one = app.MapGroup("/api/v1/users/{id:guid}/invitation").WithTags("People").Require(Permission.ManagePeople);
        one.MapGet("/", Get).Produces<InvitationView>();
        one.MapPost("/", Offer).Produces<InvitationLink>(StatusCodes.Status201Created);
        one.MapDelete("/", Withdraw).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Lists open links.</summary>
    /// <param name="invite">The use case.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> List(InvitePerson invite, Setting setting, CancellationToken ct) =>
        TypedResults.Ok(new Page<InvitationView>([.. (await invite.Open([.. setting.People.Keys], ct)).Values.OrderBy(i => i.CreatedAt).Select(View)], null));

    /// <summary>Adds somebody who sets their own password by a link, valid for seven days and once; the link is in this answer only.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="invite">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="links">Makes the link.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Invite(InvitationRequest request, InvitePerson invite, Viewer viewer, InvitationLinks links, CancellationToken ct)
    {
        var input = new UserInput { Name = request.Name, Email = request.Email, Roles = request.Roles, DepartmentId = request.DepartmentId };
        var (made, result) = await invite.Invite(viewer.UserId, input, ct);
        return await result.Answer(_ => Made(made!, links, ct));
    }

    /// <summary>The open link of somebody.</summary>
    /// <param name="id">The user.</param>
    /// <param name="invite">The use case.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Get(Guid id, InvitePerson invite, CancellationToken ct) =>
        (await invite.Open([id], ct)).GetValueOrDefault(id) is { } open ? TypedResults.Ok(View(open)) : Problem.NotFound();

    /// <summary>Makes another link for somebody: an invitation while they have never set a password, else one for a new password. Earlier ones end.</summary>
    /// <param name="id">The user.</param>
    /// <param name="invite">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="links">Makes the link.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Offer(Guid id, InvitePerson invite, Viewer viewer, InvitationLinks links, CancellationToken ct)
    {
        var (made, result) = await invite.Offer(viewer.UserId, id, ct);
        return await result.Answer(_ => Made(made!, links, ct));
    }

    /// <summary>Withdraws the open link of somebody; who was only invited is departed then.</summary>
    /// <param name="id">The user.</param>
    /// <param name="invite">The use case.</param>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ct">Cancellation.</param>
    public static async Task<IResult> Withdraw(Guid id, InvitePerson invite, Viewer viewer, CancellationToken ct) =>
        await (await invite.Withdraw(viewer.UserId, id, ct)).Answer(static _ => Task.FromResult<IResult>(TypedResults.NoContent()));

    private static async Task<IResult> Made(NewInvitation made, InvitationLinks links, CancellationToken ct) =>
        TypedResults.Created($"/api/v1/users/{made.UserId}/invitation", await links.HandOver(made, ct));

    private static InvitationView View(Invitation open) => new(open.UserId, open.Reset, open.CreatedAt, open.ExpiresAt);
}
