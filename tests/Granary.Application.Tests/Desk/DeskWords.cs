using Granary.Application.People;

namespace Granary.Application.Tests.Desk;

/// <summary>Words of the desk's tests.</summary>
internal static class DeskWords
{
    /// <summary>Somebody new with a role.</summary>
    public static async Task<Viewer> Viewer(this Shop shop, string role)
    {
        var id = await shop.Hire(role, role);
        return (await shop.Settings.Get(Shop.Ct)).ViewerOf(id)!;
    }

    /// <summary>The rights of somebody who was hired before.</summary>
    public static async Task<Viewer> Viewer(this Shop shop, Guid id) => (await shop.Settings.Get(Shop.Ct)).ViewerOf(id)!;
}
