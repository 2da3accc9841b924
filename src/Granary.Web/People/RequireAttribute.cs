using Granary.Domain.People;
using Granary.Web.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace Granary.Web.People;

/// <summary>What somebody must hold, at any scope, to use a page: <c>@attribute [Require(Permission.ViewLeads)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequireAttribute(Permission permission) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    /// <summary>The permission.</summary>
    public Permission Permission => permission;

    IEnumerable<IAuthorizationRequirement> IAuthorizationRequirementData.GetRequirements() => [this];
}

/// <summary>Asking for permissions where routes are made.</summary>
public static class RequiredPermissions
{
    /// <summary>Lets only those use an endpoint or group who hold a permission at any scope; the scope itself filters what they reach.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequireAttribute(permission));

    /// <summary>Refuses a key that is narrowed to some permissions: with what is behind, it could make itself more.</summary>
    public static TBuilder WholeKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.AddEndpointFilter(
            static async (call, next) => call.HttpContext.ViewerOrNull()?.Only is null ? await next(call) : Problem.Forbidden());
}

/// <summary>Asks the viewer.</summary>
internal sealed class PermissionHandler(IHttpContextAccessor http) : AuthorizationHandler<RequireAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequireAttribute requirement)
    {
        if (http.HttpContext?.ViewerOrNull()?.May(requirement.Permission) == true)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
