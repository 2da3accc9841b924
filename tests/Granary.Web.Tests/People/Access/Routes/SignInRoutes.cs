using Granary.Domain.People;

namespace Granary.Web.Tests.People.Access.Routes;

/// <summary>Signing in, what keeps an account safe, invitations and the undertaking.</summary>
internal sealed class SignInRoutes : RouteTable
{
    public override IEnumerable<RouteRule> Rules =>
    [
        Page("/sign-in").Public("the way in"),
        Page("/sign-in/code").Public("the second step on the way in"),
        Post("/sign-in/passkey").Public("another way in"),
        Post("/sign-in/passkey/options").Public("what a passkey signs to come in"),
        Page("/setup").Public("makes the first administrator, and leads away once there is one"),
        Post("/sign-out").Public("ends the session of who sends it"),
        Page("/invitation/{Token}").Public("the token in the address lets who was invited set their password"),

        Page("/settings/me/security").SignedIn(),
        Page("/settings/me/keys").SignedIn(),
        Post("/settings/me/sessions/{id:guid}/end").SignedIn(),
        Post("/settings/me/sessions/end").SignedIn(),
        Post("/settings/me/passkeys").SignedIn(),
        Post("/settings/me/passkeys/options").SignedIn(),
        Post("/settings/me/passkeys/{id}/name").SignedIn(),
        Post("/settings/me/passkeys/{id}/removal").SignedIn(),
        Get("/api/v1/me/passkeys").SignedIn(),
        Patch("/api/v1/me/passkeys/{id}").SignedIn().Sends(new { name = "walk" }).OrMissing(),
        Delete("/api/v1/me/passkeys/{id}").SignedIn().OrMissing(),
        Get("/api/v1/me/sessions").SignedIn(),
        Delete("/api/v1/me/sessions").SignedIn(),
        Delete("/api/v1/me/sessions/{id:guid}").SignedIn().OrMissing(),
        // Tried passwords count towards the lockout.
        Post("/api/v1/me/password").SignedIn().Unharmed(),
        Get("/api/v1/api-keys").SignedIn(),
        Post("/api/v1/api-keys").SignedIn().Sends(new { name = "walk" }),
        Post("/api/v1/api-keys/{id:guid}/rotation").SignedIn().On(Samples.ApiKey),
        Delete("/api/v1/api-keys/{id:guid}").SignedIn().On(Samples.ApiKey),

        Get("/api/v1/users/{id:guid}/sessions").Needs(Permission.ManagePeople).On(Samples.Person),
        Delete("/api/v1/users/{id:guid}/sessions").Needs(Permission.ManagePeople).On(Samples.Person),
        Delete("/api/v1/users/{id:guid}/second-factor").Needs(Permission.ManagePeople).On(Samples.Person).OrMissing(),
        Post("/settings/people/{id:guid}/sessions/end").Needs(Permission.ManagePeople).On(Samples.Person),
        Post("/settings/people/{id:guid}/second-factor/reset").Needs(Permission.ManagePeople).On(Samples.Person),
        Post("/settings/people/{id:guid}/invitation/withdrawal").Needs(Permission.ManagePeople).On(Samples.Person),
        Page("/settings/people/invite").Needs(Permission.ManagePeople),
        Get("/api/v1/invitations").Needs(Permission.ManagePeople),
        Post("/api/v1/invitations").Needs(Permission.ManagePeople).Sends(_ => new { name = "New", email = $"{Guid.NewGuid():N}@example.com", roles = new[] { "sdr" } }),
        Get("/api/v1/users/{id:guid}/invitation").Needs(Permission.ManagePeople).On(Samples.Person).OrMissing(),
        Post("/api/v1/users/{id:guid}/invitation").Needs(Permission.ManagePeople).On(Samples.Person),
        Delete("/api/v1/users/{id:guid}/invitation").Needs(Permission.ManagePeople).On(Samples.Person).OrMissing(),
        // What it sets would keep those who walk out.
        Get("/api/v1/sign-in-rules").Needs(Permission.ManagePolicies),
        Put("/api/v1/sign-in-rules").Needs(Permission.ManagePolicies).Unharmed(),

        Page("/undertaking").SignedIn(),
        Page("/settings/undertaking").Needs(Permission.ManagePrivacy),
        Page("/settings/undertaking/confirmations").Needs(Permission.ViewAudit),
        Post("/settings/undertaking/confirmations/export").Needs(Permission.ViewAudit),
        Get("/api/v1/undertaking/versions").Needs(Permission.ManagePrivacy),
        Post("/api/v1/undertaking/publication").Needs(Permission.ManagePrivacy).Unharmed(),
        Delete("/api/v1/undertaking/publication").Needs(Permission.ManagePrivacy).OrMissing(),
        Get("/api/v1/undertaking/confirmations").Needs(Permission.ViewAudit),
    ];
}
