using Granary.Domain.People;

namespace Granary.Web.Components.Layout;

/// <summary>What the shell shows of the signed-in person.</summary>
/// <param name="UserName">The name as colleagues know it.</param>
/// <param name="Initials">One or two characters for the avatar.</param>
/// <param name="Permissions">What the person may do; decides which rooms are offered.</param>
/// <param name="Unread">Notices not yet read.</param>
public sealed record ShellModel(string UserName, string Initials, IReadOnlySet<Permission> Permissions, int Unread = 0)
{
    /// <summary>Nobody: pages outside a sign-in.</summary>
    public static ShellModel Guest { get; } = new("", "", new HashSet<Permission>());

    /// <summary>What the person may do with everything there is.</summary>
    public IReadOnlySet<Permission> Everywhere { get; init; } = new HashSet<Permission>();

    /// <summary>The latest notice the page knows of; empty when there is none.</summary>
    public Guid LastNotice { get; init; }

    public bool IsGuest => UserName.Length == 0;

    /// <summary>Whether the person holds the permission.</summary>
    public bool Can(Permission permission) => Permissions.Contains(permission);

    /// <summary>Whether the room is offered: it is everybody's, or the person holds one of its permissions.</summary>
    public bool Enters(NavItem room) => room.AnyOf.Count == 0 || room.AnyOf.Any(room.Everywhere ? Everywhere.Contains : Can);
}

/// <summary>Gives the shell of the current request; asked once per page, never for fragments.</summary>
public delegate ValueTask<ShellModel> ShellSource();
