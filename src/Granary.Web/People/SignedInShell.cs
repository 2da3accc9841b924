using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.People;
using Granary.Web.Components.Layout;
using Granary.Web.Components.Ui;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.People;

/// <summary>What the shell shows of whoever is signed in.</summary>
internal sealed class SignedInShell(IHttpContextAccessor http, Store store)
{
    public async ValueTask<ShellModel> Get()
    {
        if (http.HttpContext?.ViewerOrNull() is not { } viewer)
        {
            return ShellModel.Guest;
        }

        await using var db = store.Open();
        var notices = db.Set<Notice>().Where(n => n.UserId == viewer.UserId);
        var bell = await db.Users.Where(u => u.Id == viewer.UserId).Select(_ => new
        {
            Unread = notices.Where(n => n.SeenAt == null).Take(100).Count(),
            Last = notices.OrderByDescending(n => n.Id).Select(n => n.Id).FirstOrDefault(),
        }).SingleOrDefaultAsync();
        return new ShellModel(viewer.Name, Avatar.Of(viewer.Name), viewer.Grants.Keys.Where(viewer.May).ToHashSet(), bell?.Unread ?? 0)
        {
            LastNotice = bell?.Last ?? Guid.Empty,
            Everywhere = viewer.Grants.Keys.Where(p => viewer.Scope(p).HasFlag(DataScope.All)).ToHashSet(),
        };
    }
}
